import Foundation

/// JSON that a string of a log holds: as text, in Base64, or compressed in Base64 as subscriptions deliver it.
enum JSONInText {
  /// What compressed text may expand to; subscriptions deliver a few megabytes.
  private static let inflatedLimit = 16 << 20

  /// Whether a string's first bytes are those of JSON in one of these forms.
  static func mayHoldJSON(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = slice.first(where: { $0 != 0x20 && $0 != 0x5C }) else { return false }
    return [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "n")].contains(first) || isBase64(slice)
  }

  /// The JSON text in a string, unescaped, decoded and inflated.
  static func json(in slice: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard mayHoldJSON(slice) else { return nil }
    guard isBase64(slice) else { return JSONText.unescaped(slice) }
    guard let data = Data(base64Encoded: Data(JSONText.unescaped(slice))) else { return nil }
    let bytes = Array(data)
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    return inflated(bytes)
  }

  /// What to say of a string that begins as JSON in one of these forms, where it can't be read.
  static func fault(in slice: UnsafeBufferPointer<UInt8>) -> String? {
    if slice.starts(with: "H4sI".utf8) {
      return "compressed text that is damaged or cut off, or expands to more than \(inflatedLimit >> 20) MB"
    }
    guard let first = slice.first(where: { $0 != 0x20 }), first == UInt8(ascii: "{") || isBase64(slice) else {
      return nil
    }
    return "a text with JSON that is damaged or cut off"
  }

  /// The beginnings that gzip, `{"` and `[{` have in Base64.
  private static func isBase64(_ slice: UnsafeBufferPointer<UInt8>) -> Bool {
    slice.starts(with: "H4sI".utf8) || slice.starts(with: "eyJ".utf8) || slice.starts(with: "W3s".utf8)
  }

  private static func inflated(_ bytes: [UInt8]) -> [UInt8]? {
    guard let producer = try? GzipProducer(source: MemoryProducer(bytes)) else { return nil }
    let window = ByteWindow(producer: producer, capacity: 1 << 16)
    while !window.isAtEnd, window.count <= inflatedLimit { _ = window.advance(keepingFrom: 0) }
    guard window.isAtEnd, window.fault == nil else { return nil }
    return Array(UnsafeBufferPointer(start: window.bytes, count: window.count))
  }
}

/// Bytes that are in memory already.
final class MemoryProducer: ByteProducer {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFault) -> Int {
    let count = min(buffer.count, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }
}
