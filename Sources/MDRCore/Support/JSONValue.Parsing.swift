extension JSONTape {
  /// The tape of one JSON text, which must end where its value ends; the text's bytes stay with it.
  package convenience init(parsing text: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
    self.init()
    let bytes = keep(text)
    let hasMark = text.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    switch parse(bytes, from: hasMark ? 3 : 0, count: text.count) {
    case .value(let end):
      let rest = JSONText.skipSpace(bytes, end, text.count)
      if rest != text.count { throw JSONFault(offset: rest, reason: "more text after the value") }
    case .incomplete: throw JSONFault(offset: text.count, reason: "the text ends too early")
    case .invalid(let fault): throw fault
    }
  }

  /// The same for a text.
  package static func parsed(_ text: String) throws(JSONFault) -> JSONTape {
    var text = text
    let result: Result<JSONTape, JSONFault> = text.withUTF8 { bytes in
      Result { () throws(JSONFault) in try JSONTape(parsing: bytes) }
    }
    return try result.get()
  }
}

extension JSONValue {
  /// Reads one JSON text, which must end where its value ends.
  package init(parsing text: String) throws(JSONFault) {
    self = try JSONTape.parsed(text).value(0)
  }

  /// Reads one JSON text from its bytes.
  package init(parsing bytes: [UInt8]) throws(JSONFault) {
    self = try bytes.withUnsafeBufferPointer { (text) throws(JSONFault) in try JSONTape(parsing: text) }
      .value(0)
  }
}
