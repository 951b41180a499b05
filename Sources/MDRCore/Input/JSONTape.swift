/// The structure of one JSON value, written once and read many times.
///
/// A tape is a flat list of nodes that point into the bytes it was parsed from; nothing is copied or decoded
/// until somebody asks. A tape is reused for record after record and belongs to one thread.
package final class JSONTape {
  /// What a node is.
  package enum Kind: UInt8 {
    case null, falseValue, trueValue, number, string, array, object
  }

  struct Node {
    /// Bytes of the value; a string's without its quotes.
    var start: UInt32
    var end: UInt32
    /// Bytes of the member's key, without quotes; empty in arrays and at the root.
    var keyStart: UInt32
    var keyEnd: UInt32
    /// Index of the first node after this one and all it contains.
    var next: UInt32
    var kind: Kind
    var hasEscapes: Bool
    var keyHasEscapes: Bool
  }

  /// The deepest nesting that is read; CloudTrail's own events stay far below.
  static let depthLimit = 256

  var nodes: UnsafeMutablePointer<Node>
  private var capacity: Int
  private(set) package var count = 0
  /// The bytes that the nodes point into; valid as long as the caller keeps them.
  private(set) var bytes: UnsafePointer<UInt8>
  /// Indices of the open containers while parsing.
  var open: UnsafeMutablePointer<UInt32>

  package init() {
    capacity = 512
    nodes = .allocate(capacity: capacity)
    open = .allocate(capacity: Self.depthLimit + 1)
    own = .allocate(capacity: 1)
    bytes = UnsafePointer(own)
  }

  /// Bytes that the tape keeps itself, where nobody else does.
  private var own: UnsafeMutablePointer<UInt8>

  deinit {
    nodes.deallocate()
    open.deallocate()
    own.deallocate()
  }

  func reset(over bytes: UnsafePointer<UInt8>) {
    count = 0
    self.bytes = bytes
  }

  /// Copies a text to where it stays as long as the tape, with the bytes behind it that parsing asks for.
  func keep(_ text: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8> {
    own.deallocate()
    own = .allocate(capacity: text.count + 8)
    (own + text.count).initialize(repeating: 0, count: 8)
    if let start = text.baseAddress { own.initialize(from: start, count: text.count) }
    return UnsafePointer(own)
  }

  @inline(__always)
  func append(_ node: Node) {
    if count == capacity { grow() }
    (nodes + count).initialize(to: node)
    count += 1
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: nodes, count: count)
    nodes.deallocate()
    nodes = larger
    capacity *= 2
  }
}

// MARK: - Reading

extension JSONTape {
  /// A node's place on the tape.
  package typealias Index = Int

  /// The node's kind.
  @inline(__always)
  package func kind(_ index: Index) -> Kind { nodes[index].kind }

  /// Whether a string holds escapes.
  @inline(__always)
  func hasEscapes(_ index: Index) -> Bool { nodes[index].hasEscapes }

  /// The bytes of a value as they stand, a string's without quotes and still escaped.
  @inline(__always)
  package func slice(_ index: Index) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(start: bytes + Int(node.start), count: Int(node.end - node.start))
  }

  /// The bytes of a member's key as they stand, still escaped.
  @inline(__always)
  package func keySlice(_ index: Index) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(start: bytes + Int(node.keyStart), count: Int(node.keyEnd - node.keyStart))
  }

  /// The first node inside a container.
  @inline(__always)
  package func firstChild(_ index: Index) -> Index { index + 1 }

  /// The node after this one and everything in it: the sibling, or the container's end.
  @inline(__always)
  package func after(_ index: Index) -> Index { Int(nodes[index].next) }

  /// Calls back with each element of an array or member of an object.
  @inline(__always)
  package func forEachChild(_ index: Index, _ body: (Index) -> Void) {
    guard nodes[index].kind.rawValue >= Kind.array.rawValue else { return }
    let end = after(index)
    var child = index + 1
    while child < end {
      body(child)
      child = after(child)
    }
  }

  /// The member with a key; of repeated keys the last, like other readers do.
  package func member(_ index: Index, _ key: StaticString) -> Index? {
    guard index >= 0, nodes[index].kind == .object else { return nil }
    let end = after(index)
    var child = index + 1
    var found: Index?
    while child < end {
      if isKey(child, key) { found = child }
      child = after(child)
    }
    return found
  }

  /// The member at the end of a path of keys.
  package func member(_ index: Index, _ path: StaticString...) -> Index? {
    var current = index
    for key in path {
      guard let next = member(current, key) else { return nil }
      current = next
    }
    return current
  }

  @inline(__always)
  func isKey(_ index: Index, _ key: StaticString) -> Bool {
    let slice = keySlice(index)
    if nodes[index].keyHasEscapes { return decoded(slice) == key.description }
    return slice.hasBytes(of: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
  }

  /// The member with a key that is known beforehand; of repeated keys the last.
  func member(_ index: Index, _ key: MemberKey) -> Index? {
    guard nodes[index].kind == .object else { return nil }
    let end = after(index)
    var child = index + 1
    var found: Index?
    while child < end {
      if key.isKey(child, on: self) { found = child }
      child = after(child)
    }
    return found
  }

  @inline(__always)
  func keyHasEscapes(_ index: Index) -> Bool { nodes[index].keyHasEscapes }

  /// The text of a string, escapes decoded; `nil` for anything else and for the empty string.
  package func text(_ index: Index?) -> String? {
    guard let index, nodes[index].kind == .string, nodes[index].end > nodes[index].start else { return nil }
    return nodes[index].hasEscapes ? decoded(slice(index)) : String(decoding: slice(index), as: UTF8.self)
  }

  /// The text of a string, number or truth value.
  package func scalarText(_ index: Index?) -> String? {
    guard let index else { return nil }
    switch nodes[index].kind {
    case .string: return text(index)
    case .number, .trueValue, .falseValue: return String(decoding: slice(index), as: UTF8.self)
    default: return nil
    }
  }

  /// The key of a member, escapes decoded.
  package func key(_ index: Index) -> String {
    nodes[index].keyHasEscapes ? decoded(keySlice(index)) : String(decoding: keySlice(index), as: UTF8.self)
  }

  /// A truth value, also where an exporter wrote it as a string.
  package func flag(_ index: Index?) -> Bool? {
    guard let index else { return nil }
    switch nodes[index].kind {
    case .trueValue: return true
    case .falseValue: return false
    case .string:
      switch text(index)?.lowercased() {
      case "true", "yes": return true
      case "false", "no": return false
      default: return nil
      }
    default: return nil
    }
  }

  /// The whole value as a `JSONValue`.
  package func value(_ index: Index) -> JSONValue {
    switch nodes[index].kind {
    case .null: return .null
    case .trueValue: return .bool(true)
    case .falseValue: return .bool(false)
    case .string: return .string(text(index) ?? "")
    case .number:
      let text = String(decoding: slice(index), as: UTF8.self)
      return Int(text).map { .number($0) } ?? .decimal(Double(text) ?? 0)
    case .array:
      var elements: [JSONValue] = []
      elements.reserveCapacity(childCount(index))
      forEachChild(index) { elements.append(value($0)) }
      return .array(elements)
    case .object:
      var members = [String: JSONValue](minimumCapacity: childCount(index))
      forEachChild(index) { members[key($0)] = value($0) }
      return .object(members)
    }
  }

  private func childCount(_ index: Index) -> Int {
    var count = 0
    forEachChild(index) { _ in count += 1 }
    return count
  }

  private func decoded(_ slice: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: JSONText.unescaped(slice), as: UTF8.self)
  }
}
