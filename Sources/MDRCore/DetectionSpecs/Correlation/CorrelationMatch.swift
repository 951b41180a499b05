/// Events that a detection takes together: a threshold reached, a value changed, a chain walked or begun.
package struct CorrelationMatch: Equatable, Sendable {
  /// A part of the match, with the event that is it.
  package struct Part: Equatable, Sendable {
    package var name: String
    package var event: CorrelatedEvent
  }

  package var detection: Detection
  /// The detection's position in the test, since a customer's files may share an id.
  var position: Int
  /// What its events have in common.
  var subject: CorrelationGroup
  /// The number of a threshold's events that only this match tells of; 0 for other kinds.
  var unlisted = 0
  /// `threshold`, `change` or `chain`.
  package var kind: String
  /// The keys with the values that the events share.
  package var group: [String: String]
  package var parts: [Part]
  /// Steps of a chain that were not taken; empty where the match is whole.
  package var missing: [String]
  /// Events of a threshold, whole passes of a chain.
  package var count: Int
  package var first: Timestamp
  package var last: Timestamp
  package var reasons: [String]

  /// Whether all that the detection asks for happened; a chain that only began is not a match yet.
  package var isComplete: Bool { missing.isEmpty }

  /// The detection's; medium at most of a chain that only began, and one level less where nobody can say whether an
  /// account is the organisation's own.
  package var severity: Severity {
    let isUnsure = parts.contains { $0.event.causes.contains(.organisation) }
    let severity = isUnsure ? detection.severity.oneLess : detection.severity
    return isComplete ? severity : min(severity, .medium)
  }

  /// What was not known when the match was made.
  package var notes: [String] { Set(parts.flatMap(\.event.notes)).sorted() }

  /// What happened and, of a chain that only began, what did not, for a finding.
  package var sentence: String {
    let what = reasons.joined(separator: "; ")
    guard !isComplete else { return "\(detection.title) (\(detection.id)): \(what)." }
    let steps = parts.count + missing.count
    return "Chain begun, \(parts.count) of \(steps) steps of \(detection.title) (\(detection.id)): \(what); "
      + "not seen yet: \(missing.joined(separator: ", "))."
  }

  /// One line of `matches.jsonl`.
  var json: JSONValue {
    let event = parts.last?.event
    return [
      "detection": .string(detection.id), "title": .string(detection.title),
      "severity": .string(severity.rawValue), "kind": .string(kind), "complete": .bool(isComplete),
      "attempt": .bool(parts.allSatisfy { $0.event.outcome != .success }),
      "event_id": JSONValue(event?.eventID), "event_time": JSONValue(event?.time.iso8601),
      "account_id": JSONValue(event?.accountID), "region": JSONValue(event?.region),
      "event_source": JSONValue(event?.eventSource), "event_name": JSONValue(event?.eventName),
      "outcome": JSONValue(event?.outcome.rawValue), "actor": JSONValue(event?.actor),
      "source": JSONValue(event?.source), "group": .object(group.mapValues { .string($0) }),
      "count": .number(count), "first_seen": .string(first.iso8601), "last_seen": .string(last.iso8601),
      "reasons": JSONValue(reasons), "notes": JSONValue(notes),
      "tree": [
        "test": .string(kind), "answer": .string(isComplete ? "yes" : "partly"),
        "parts": .array(
          parts.map { part in
            var json = part.event.json
            json["test"] = .string(part.name)
            json["answer"] = "yes"
            return json
          } + missing.map { ["test": .string($0), "answer": "no"] }),
      ],
      "attack": .array(
        detection.attack.map {
          [
            "id": .string($0.id), "name": .string($0.name),
            "confidence": .string(isComplete && notes.isEmpty ? "medium" : "low"),
          ]
        }),
    ]
  }
}
