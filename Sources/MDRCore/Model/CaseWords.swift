extension String {
  /// A case's raw value as words: "public_exposure" is "public exposure".
  var words: String {
    String(decoding: utf8.lazy.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
  }

  /// The same with its first letter, if that is one of ASCII, in upper case.
  var capitalisedFirst: String {
    guard let first = utf8.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") else { return self }
    return String(decoding: [first - 0x20], as: UTF8.self) + dropFirst()
  }
}
