/// Why bytes are no JSON, and where.
package struct JSONFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// Bytes from the start of the text.
  package let offset: Int
  package let reason: String

  package var description: String { "\(reason) at byte \(offset)" }
}

/// How an attempt to read one value ended.
enum JSONParse: Equatable {
  /// The value ends before this offset.
  case value(end: Int)
  /// The bytes end within the value.
  case incomplete
  case invalid(JSONFault)
}

extension JSONTape {
  /// Reads the one value that starts at `start`.
  ///
  /// `bytes` must be followed by eight readable bytes, whatever they hold: strings are scanned in words.
  func parse(_ bytes: UnsafePointer<UInt8>, from start: Int, count: Int) -> JSONParse {
    reset(over: bytes)
    var position = start
    var depth = 0
    var expectsKey = false

    value: while true {
      position = JSONText.skipSpace(bytes, position, count)
      guard position < count else { return .incomplete }
      var key = (start: 0, end: 0, hasEscapes: false)
      if expectsKey {
        switch scanKey(bytes, position, count) {
        case .key(let start, let end, let hasEscapes, let after):
          key = (start, end, hasEscapes)
          position = JSONText.skipSpace(bytes, after, count)
        case .incomplete: return .incomplete
        case .invalid(let fault): return .invalid(fault)
        }
        guard position < count else { return .incomplete }
      }
      var node = Node(
        start: UInt32(truncatingIfNeeded: position), end: 0, keyStart: UInt32(truncatingIfNeeded: key.start),
        keyEnd: UInt32(truncatingIfNeeded: key.end), next: UInt32(truncatingIfNeeded: self.count + 1),
        kind: .null,
        hasEscapes: false, keyHasEscapes: key.hasEscapes)
      switch bytes[position] {
      case UInt8(ascii: "\""):
        switch JSONText.scanString(bytes, position + 1, count) {
        case .end(let end, let hasEscapes):
          node.kind = .string
          node.start += 1
          node.end = UInt32(truncatingIfNeeded: end)
          node.hasEscapes = hasEscapes
          position = end + 1
        case .incomplete: return .incomplete
        case .invalid(let fault): return .invalid(fault)
        }
        append(node)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let isObject = bytes[position] == UInt8(ascii: "{")
        guard depth < Self.depthLimit else {
          return .invalid(JSONFault(offset: position, reason: "nested deeper than \(Self.depthLimit) levels"))
        }
        node.kind = isObject ? .object : .array
        open[depth] = UInt32(truncatingIfNeeded: self.count)
        depth += 1
        append(node)
        position = JSONText.skipSpace(bytes, position + 1, count)
        guard position < count else { return .incomplete }
        guard bytes[position] == UInt8(ascii: isObject ? "}" : "]") else {
          expectsKey = isObject
          continue value
        }
        close(at: position, depth: &depth)
        position += 1
      default:
        switch JSONText.scanLiteral(bytes, position, count) {
        case .end(let kind, let end):
          node.kind = kind
          node.end = UInt32(truncatingIfNeeded: end)
          position = end
        case .incomplete: return .incomplete
        case .invalid(let fault): return .invalid(fault)
        }
        append(node)
      }

      // A value has ended: close what ends with it, or go on to the next member or element.
      while true {
        guard depth > 0 else { return .value(end: position) }
        position = JSONText.skipSpace(bytes, position, count)
        guard position < count else { return .incomplete }
        let isObject = nodes[Int(open[depth - 1])].kind == .object
        if bytes[position] == UInt8(ascii: ",") {
          position += 1
          expectsKey = isObject
          continue value
        }
        guard bytes[position] == UInt8(ascii: isObject ? "}" : "]") else {
          return .invalid(
            JSONFault(
              offset: position,
              reason: "a comma or the end of \(isObject ? "an object" : "an array") is missing"))
        }
        close(at: position, depth: &depth)
        position += 1
      }
    }
  }

  @inline(__always)
  private func close(at position: Int, depth: inout Int) {
    depth -= 1
    let container = Int(open[depth])
    nodes[container].end = UInt32(truncatingIfNeeded: position + 1)
    nodes[container].next = UInt32(truncatingIfNeeded: count)
  }

  private enum KeyScan {
    case key(start: Int, end: Int, hasEscapes: Bool, after: Int)
    case incomplete
    case invalid(JSONFault)
  }

  @inline(__always)
  private func scanKey(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> KeyScan {
    guard bytes[start] == UInt8(ascii: "\"") else {
      return .invalid(JSONFault(offset: start, reason: "a key in quotes is missing"))
    }
    switch JSONText.scanString(bytes, start + 1, count) {
    case .end(let end, let hasEscapes):
      let colon = JSONText.skipSpace(bytes, end + 1, count)
      guard colon < count else { return .incomplete }
      guard bytes[colon] == UInt8(ascii: ":") else {
        return .invalid(JSONFault(offset: colon, reason: "a colon after a key is missing"))
      }
      return .key(start: start + 1, end: end, hasEscapes: hasEscapes, after: colon + 1)
    case .incomplete: return .incomplete
    case .invalid(let fault): return .invalid(fault)
    }
  }
}
