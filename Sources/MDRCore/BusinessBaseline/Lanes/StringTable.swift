/// Numbers for strings, so that a lane costs a few words however long its names are.
struct StringTable: Sendable {
  private(set) var strings: [String] = []
  private var numbers: [String: UInt32] = [:]

  /// The string's number, a new one where it has none.
  mutating func intern(_ string: String) -> UInt32 {
    if let number = numbers[string] { return number }
    let number = UInt32(strings.count)
    strings.append(string)
    numbers[string] = number
    return number
  }

  /// The string's number, where it has one.
  func number(of string: String) -> UInt32? { numbers[string] }

  subscript(number: UInt32) -> String { strings[Int(number)] }
}
