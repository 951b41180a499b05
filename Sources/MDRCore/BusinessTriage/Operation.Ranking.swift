extension Operation {
  /// Each detection that matched once, the gravest first.
  ///
  /// Where calls went well and others didn't, the surer match speaks: it weighs more, and its techniques are the
  /// likelier ones.
  var rankedDetections: [DetectionSummary] {
    var seen: Set<String> = []
    return detections.sorted { one, other in
      (other.severity, one.id, other.sureness) < (one.severity, other.id, one.sureness)
    }.filter { seen.insert($0.id).inserted }
  }

  /// The tuples that a finding names, in order.
  var firstTuples: [(key: LaneKey, value: Tuple)] {
    Array(tuples.sorted { $0.key < $1.key }.prefix(Self.tupleLimit))
  }

  /// The events, those first whose gravest call weighs most, then the most frequent.
  var rankedEvents: [String] {
    var weights: [String: (Int, Int, Int)] = [:]
    for (key, tuple) in tuples {
      let name = String(key.event.drop { $0 != ":" }.dropFirst())
      weights[name] = weights[name].map { $0 < tuple.weight ? tuple.weight : $0 } ?? tuple.weight
    }
    let lead = lead.observation.eventName
    let none = (-1, -1, -1)
    let others = calls.events.filter { $0.key != lead }.sorted { one, other in
      let (first, second) = (weights[one.key] ?? none, weights[other.key] ?? none)
      return first == second ? (other.value, one.key) < (one.value, other.key) : first > second
    }
    return [lead] + others.map(\.key)
  }

  /// Whether there are more addresses, resources, targets or tuples than a finding names.
  var hasMoreNames: Bool {
    hasMoreTuples || tuples.count > Self.tupleLimit || sourceIPs.isCut || agents.isCut || resources.isCut
      || targets.values.contains(where: \.isCut)
  }
}
