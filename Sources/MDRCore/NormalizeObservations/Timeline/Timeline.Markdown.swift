extension Timeline {
  private static let eventsLimit = 12

  /// The calls for people: a sentence, how often which, and a row for each.
  func blocks() -> [Block] {
    let shown = shown
    guard let first = shown.first else { return [.paragraph("No call matches.")] }
    let ranked = events.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let mostly = ranked.prefix(Self.eventsLimit).map { event, times -> Inline in
      "\(code: event) \(times.of("time"))"
    }
    let others = ranked.count - mostly.count
    let tail: Inline = others > 0 ? "\(others.of("other event"))" : ""
    var sentence: Inline =
      "\(count.of("call")) in \(accounts.count.of("account")), the first at \(first.time.shown)."
    if count > shown.count, let last = shown.last {
      sentence =
        "\(count.of("call")) in \(accounts.count.of("account")); the first \(shown.count) are listed, up to \(last.time.shown): go on with `--since`."
    }
    let list = others > 0 ? mostly + [tail] : mostly
    return [
      .paragraph(sentence), .list(list),
      .table(
        Table(
          ["Time", "Account", "Event", "Outcome", "Who", "From", "What", "Event id"], rows: shown.map(\.row))),
    ]
  }

  /// The calls for programs.
  var json: JSONValue {
    [
      "calls": .number(count), "events": .object(events.mapValues { .number($0) }),
      "shown": .array(shown.map(\.json)),
    ]
  }
}

extension Timeline.Call {
  fileprivate var row: [Inline] {
    let who: Inline = person.map { "\(code: actor) (\(code: $0))" } ?? .code(actor)
    return [
      "\(time.shown)", .code(account), .code(event),
      errorCode.map { "\(outcome.rawValue): \(code: $0)" } ?? "\(outcome.rawValue)", who, .code(source),
      touched.isEmpty ? "" : .codes(touched), .code(eventID),
    ]
  }

  fileprivate var json: JSONValue {
    [
      "time": time.json, "account_id": .string(account), "event": .string(event),
      "outcome": .string(outcome.rawValue), "error_code": errorCode.map { .string($0) } ?? .null,
      "actor": .string(actor), "person": person.map { .string($0) } ?? .null, "source": .string(source),
      "touched": JSONValue(touched), "event_id": .string(eventID),
    ]
  }
}
