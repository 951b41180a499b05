/// A pattern of a reviewed table, in which `*` stands for any letters: `Describe*`, `*Policy*`.
struct NamePattern: Sendable {
  /// What stands between the stars; one part where there is none.
  private let parts: [[UInt8]]

  init(_ pattern: String) {
    parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether the whole name fits.
  func matches(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { matches($0) }
  }

  /// Whether the whole of a name's bytes fits.
  func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = parts.first, let last = parts.last else { return name.isEmpty }
    guard parts.count > 1 else { return name.elementsEqual(first) }
    guard name.count >= first.count + last.count, name.starts(with: first),
      name[(name.count - last.count)...].elementsEqual(last)
    else { return false }
    var place = first.count
    for part in parts[1..<parts.count - 1] {
      guard let end = end(of: part, in: name, from: place, to: name.count - last.count) else { return false }
      place = end
    }
    return true
  }

  /// Where the first occurrence of a part between two places ends.
  private func end(
    of part: [UInt8], in name: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int
  ) -> Int? {
    var place = start
    while place + part.count <= limit {
      if name[place..<place + part.count].elementsEqual(part) { return place + part.count }
      place += 1
    }
    return nil
  }
}
