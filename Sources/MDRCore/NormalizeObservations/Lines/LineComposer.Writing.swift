/// Putting a line together from pieces and from what the event has for its own.
extension LineComposer {
  /// Appends the line of the record at hand; `false`, and nothing written, where a document can't be copied.
  mutating func write(
    _ parts: Parts, of record: RecordPlace, at time: Timestamp, to line: inout LineCursor
  ) -> Bool {
    let (identity, call, nature, origin) = (parts.identity, parts.call, parts.nature, parts.origin)
    // What is copied from the record is copied once, and some texts once more as resources: four times is ample.
    lineSize = record.bytes.count * 4 + record.file.count + size(of: parts) + 4_096
    line.reserve(lineSize)
    let mark = line.count
    line.append(UInt8(ascii: "{"))
    line.append(identities.piece(.actor, of: identity))
    guard
      append(
        scanner[.additionalEventData].isEmpty ? .serviceEventDetails : .additionalEventData,
        as: ",\"additional\":", to: &line)
    else { return drop(&line, mark) }
    line.append(identities.piece(.archetype, of: identity))
    line.append(calls.piece(.awsRegion, of: call))
    line.append(
      parts.critical.map { criticals.piece(.business, of: $0) } ?? natures.piece(.business, of: nature))
    line.append(calls.piece(.error, of: call))
    line.append(",\"event_id\":\"")
    line.append(scanner.buffer(scanner[.eventID]))
    line.append("\"")
    line.append(calls.piece(.event, of: call))
    append(time, to: &line)
    line.append(calls.piece(.type, of: call))
    appendNotes(identity, call, origin, to: &line)
    line.append(identities.piece(.invoker, of: identity))
    line.append(calls.piece(.outcome, of: call))
    line.append(
      parts.critical.map { criticals.piece(.criticals, of: $0) } ?? natures.piece(.criticals, of: nature))
    line.append(identities.piece(.person, of: identity))
    line.append(calls.piece(.access, of: call))
    let digestPlace = append(record, to: &line)
    line.append(calls.piece(.region, of: call))
    guard append(.requestParameters, as: ",\"request\":", to: &line) else { return drop(&line, mark) }
    targets.appendResources(to: &line)
    guard append(.responseElements, as: ",\"response\":", to: &line) else { return drop(&line, mark) }
    line.append(identities.piece(.session, of: identity))
    let shared = scanner[.sharedEventID]
    if !shared.isEmpty {
      line.append(",\"shared_event_id\":\"")
      line.append(scanner.buffer(shared))
      line.append("\"")
    }
    line.append(origins.piece(.source, of: origin))
    targets.appendTargets(to: &line)
    line.append(origins.piece(.agent, of: origin))
    line.append("}\n")
    digests.add(record.bytes, for: digestPlace)
    if digests.isFull { writeDigests(in: &line) }
    return true
  }

  /// Writes the digests that are still missing in the lines so far.
  mutating func writeDigests(in line: inout LineCursor) {
    digests.finish { line.write(hex: $1, at: $0) }
  }

  private func drop(_ line: inout LineCursor, _ mark: Int) -> Bool {
    line.truncate(to: mark)
    return false
  }

  private func size(of parts: Parts) -> Int {
    identities.size(of: parts.identity) + calls.size(of: parts.call) + natures.size(of: parts.nature)
      + origins.size(of: parts.origin) + (parts.critical.map { criticals.size(of: $0) } ?? 0)
  }

  /// Says where the record stands; gives the place of its digest.
  private func append(_ record: RecordPlace, to line: inout LineCursor) -> Int {
    line.append(",\"record\":{\"file\":")
    line.append(record.file)
    line.append(",\"index\":")
    line.append(number: record.index)
    line.append(",\"sha256\":\"")
    let place = line.leave(64)
    line.append("\"}")
    return place
  }

  private mutating func append(_ time: Timestamp, to line: inout LineCursor) {
    if time.day != lastDay.day { lastDay = (time.day, Array(Timestamp.startOfDay(time.day).date.utf8)) }
    line.append(",\"event_time\":\"")
    lastDay.text.withUnsafeBufferPointer { line.append($0) }
    let second = time.seconds - time.day * 86_400
    func append(_ first: StaticString, _ value: Int) {
      line.append(first)
      line.append(0x30 + UInt8(value / 10))
      line.append(0x30 + UInt8(value % 10))
    }
    append("T", second / 3_600)
    append(":", second / 60 % 60)
    append(":", second % 60)
    line.append("Z\"")
  }

  private func appendNotes(_ identity: Int, _ call: Int, _ origin: Int, to line: inout LineCursor) {
    line.append(",\"generalisations\":[")
    var isFirst = true
    func append(_ piece: UnsafeBufferPointer<UInt8>) {
      guard !piece.isEmpty else { return }
      if !isFirst { line.append(UInt8(ascii: ",")) }
      isFirst = false
      line.append(piece)
    }
    append(identities.piece(.notes, of: identity))
    append(origins.piece(.notes, of: origin))
    append(calls.piece(.notes, of: call))
    line.append("]")
  }

  /// Appends a document as `SecretScrubber` leaves it; `false` where it is too long for that.
  private mutating func append(
    _ member: RecordMember, as key: StaticString, to line: inout LineCursor
  ) -> Bool {
    let slice = scanner[member]
    guard !slice.isEmpty else { return true }
    guard slice.count <= Normalizer.detailLimit else { return false }
    guard let document = documents.bytes(of: member, in: scanner) else { return false }
    if document.count > slice.count { line.reserve(document.count + lineSize) }
    line.append(key)
    line.append(document)
    return true
  }
}
