extension JSONValue {
  /// Reads one JSON text, which must end where its value ends.
  package init(parsing text: String) throws(JSONFault) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Reads one JSON text from its bytes.
  package init(parsing bytes: [UInt8]) throws(JSONFault) {
    let tape = JSONTape()
    let padded = bytes + [UInt8](repeating: 0, count: 8)
    let result: Result<JSONValue, JSONFault> = padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        return .failure(JSONFault(offset: 0, reason: "nothing to read"))
      }
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      switch tape.parse(base, from: start, count: bytes.count) {
      case .value(let end):
        let rest = JSONText.skipSpace(base, end, bytes.count)
        guard rest == bytes.count else {
          return .failure(JSONFault(offset: rest, reason: "more text after the value"))
        }
        return .success(tape.value(0))
      case .incomplete: return .failure(JSONFault(offset: bytes.count, reason: "the text ends too early"))
      case .invalid(let fault): return .failure(fault)
      }
    }
    self = try result.get()
  }
}
