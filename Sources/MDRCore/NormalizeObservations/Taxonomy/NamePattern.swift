/// A pattern for names, in which `*` stands for any letters.
struct NamePattern: Sendable {
  /// What stands between the stars.
  private let parts: [[UInt8]]

  init(_ pattern: String) {
    parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether a name fits.
  func matches(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { matches($0) }
  }

  private func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = parts.first, let last = parts.last else { return false }
    guard parts.count > 1 else { return name.elementsEqual(first) }
    guard name.starts(with: first) else { return false }
    var place = first.count
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = Self.place(of: part, in: name, from: place) else { return false }
      place = found + part.count
    }
    return name.count - place >= last.count && name.suffix(last.count).elementsEqual(last)
  }

  private static func place(of part: [UInt8], in name: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard name.count - start >= part.count else { return nil }
    return (start...name.count - part.count).first { place in
      name[place..<place + part.count].elementsEqual(part)
    }
  }
}
