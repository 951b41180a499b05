/// Where an object's record array begins, so that its elements pass one by one, however many there are.
extension RecordWalker {
  /// Keys whose array holds the records of a delivery, an API answer or an export.
  static let containerKeys = [
    "Records", "Events", "events", "logEvents", "results", "Items", "value", "Messages",
  ]
  /// How far into an object the key of its record array is looked for.
  private static let keyLength = 256

  /// What an answer says of itself before its list of results: nothing below these is a record.
  private static let answerKeys = [
    "preview", "init_offset", "post_process_count", "messages", "fields", "NextToken", "nextToken",
    "searchedLogStreams", "statistics", "queryLanguage", "status", "@odata.context", "Count", "count",
    "total",
  ]
  /// How much that may be.
  private static let answerLength = 1 << 16

  /// The place behind `{"Records":[`, if that is what stands here.
  func recordArrayStart(atKey: Bool = false) -> Int? {
    // A key, a colon and a bracket fit here; short of it only at the end of the file.
    fill(Self.keyLength)
    let bytes = window.bytes
    let count = min(window.count, position + Self.keyLength)
    let quote = atKey ? position : JSONText.skipSpace(bytes, position + 1, count)
    guard quote < count, bytes[quote] == UInt8(ascii: "\""),
      case .end(let end, false) = JSONText.scanString(bytes, quote + 1, count)
    else { return nil }
    let key = UnsafeBufferPointer(start: bytes + quote + 1, count: end - quote - 1)
    guard Self.containerKeys.contains(where: { $0.utf8.elementsEqual(key) }) else { return nil }
    let colon = JSONText.skipSpace(bytes, end + 1, count)
    guard colon < count, bytes[colon] == UInt8(ascii: ":") else { return nil }
    let bracket = JSONText.skipSpace(bytes, colon + 1, count)
    guard bracket < count, bytes[bracket] == UInt8(ascii: "[") else { return nil }
    return bracket + 1
  }

  /// The place behind the bracket of an answer's results, as a search of Splunk's gives them; the answer has to be the
  /// first item of its file.
  func answerArrayStart() -> Int? {
    guard itemCount == 0 else { return nil }
    fill(Self.answerLength)
    let bytes = window.bytes
    let count = min(window.count, position + Self.answerLength)
    var place = position + 1
    while true {
      let quote = JSONText.skipSpace(bytes, place, count)
      guard quote < count, bytes[quote] == UInt8(ascii: "\""),
        case .end(let end, false) = JSONText.scanString(bytes, quote + 1, count)
      else { return nil }
      let colon = JSONText.skipSpace(bytes, end + 1, count)
      guard colon < count, bytes[colon] == UInt8(ascii: ":") else { return nil }
      let value = JSONText.skipSpace(bytes, colon + 1, count)
      guard value < count else { return nil }
      let key = UnsafeBufferPointer(start: bytes + quote + 1, count: end - quote - 1)
      if bytes[value] == UInt8(ascii: "["), Self.containerKeys.contains(where: { $0.utf8.elementsEqual(key) })
      {
        return value + 1
      }
      guard Self.answerKeys.contains(where: { $0.utf8.elementsEqual(key) }),
        case .value(let valueEnd) = tape.parse(bytes, from: value, count: count)
      else { return nil }
      let comma = JSONText.skipSpace(bytes, valueEnd, count)
      guard comma < count, bytes[comma] == UInt8(ascii: ",") else { return nil }
      place = comma + 1
    }
  }
}
