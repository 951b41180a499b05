extension Baseline {
  /// The head of the baseline: everything but the lanes, which `sum` adds up.
  func header(_ sum: EstateSum) -> JSONValue {
    var window: JSONValue = [
      "first_observation": .string(self.window.start.iso8601),
      "last_observation": .string(self.window.end.iso8601), "days": .number(self.window.days),
    ]
    if let cutOff = self.window.cutOff { window["cut_off"] = .string(cutOff.iso8601) }
    if let quarantineStart {
      window["quarantined_from"] = .string(Timestamp.startOfDay(quarantineStart).date)
    }
    return [
      "schema_version": .number(Self.schemaVersion), "window": window, "thresholds": thresholds.json,
      "totals": totals(sum),
      "families": .array(
        families.ranked.map { family, count in
          [
            "business_family": .string(family.rawValue), "title": .string(family.title),
            "observations": .number(count), "share": .decimal(Share(count, of: observations).rounded),
          ]
        }),
      "maturity": sum.maturity.json, "accounts": .array(accounts.map(\.json)), "caveats": JSONValue(caveats),
    ]
  }

  /// How much there is of everything.
  func totals(_ sum: EstateSum) -> JSONValue {
    [
      "observations": .number(observations), "observations_after_cut_off": .number(laterObservations),
      "lanes": .number(lanes.count),
      "established_lanes": .number(sum.established),
      "approved_lanes": .number(sum.approved), "accounts": .number(accounts.count),
    ]
  }

  init?(header: JSONValue, lanes: [Lane]) {
    guard let start = header["window"]?["first_observation"]?.time,
      let end = header["window"]?["last_observation"]?.time,
      let thresholds = header["thresholds"].flatMap(EstablishmentThresholds.init(json:)),
      let observations = header["totals"]?["observations"]?.int,
      let later = header["totals"]?["observations_after_cut_off"]?.int, let accounts = header["accounts"]
    else { return nil }
    let read = accounts.elements.compactMap(BaselineAccount.init(json:))
    guard read.count == accounts.elements.count else { return nil }
    self.init(
      window: ObservedWindow(start: start, end: end, cutOff: header["window"]?["cut_off"]?.time),
      thresholds: thresholds, lanes: lanes, accounts: read, observations: observations,
      laterObservations: later, caveats: header["caveats"]?.strings ?? [])
  }
}

extension BaselineAccount {
  var json: JSONValue {
    var value: JSONValue = [
      "account_id": .string(id), "first_seen": .string(firstSeen.iso8601),
      "last_seen": .string(lastSeen.iso8601), "days_observed": .number(daysObserved),
      "observations": .number(observations), "lanes": .number(lanes),
      "established_lanes": .number(establishedLanes), "families": .counts(families),
      "mature": .bool(isMature), "maturity": maturity.json,
    ]
    if let name { value["account_name"] = .string(name) }
    return value
  }

  init?(json: JSONValue) {
    guard let id = json["account_id"]?.string, let firstSeen = json["first_seen"]?.time,
      let lastSeen = json["last_seen"]?.time, let daysObserved = json["days_observed"]?.int,
      let observations = json["observations"]?.int, let lanes = json["lanes"]?.int,
      let establishedLanes = json["established_lanes"]?.int,
      let families = json["families"]?.keyedCounts(by: BusinessFamily.self),
      let isMature = json["mature"]?.bool, let maturity = json["maturity"].flatMap(Maturity.init(json:))
    else { return nil }
    self.init(
      id: id, name: json["account_name"]?.string, firstSeen: firstSeen, lastSeen: lastSeen,
      daysObserved: daysObserved, observations: observations, lanes: lanes,
      establishedLanes: establishedLanes, families: families, isMature: isMature,
      maturity: maturity)
  }
}

/// A part of a whole, as tables print it.
struct Share: Equatable {
  /// Thousandths, rounded half up: 46.1% is 461.
  let perMille: Int

  init(perMille: Int) { self.perMille = perMille }

  init(_ part: Int, of whole: Int) {
    // Counts come from files, which may say anything; of what is that large, a few in a trillion don't matter.
    let shift = whole > 1 << 50 ? 20 : 0
    let (part, whole) = (Swift.min(Swift.max(part, 0), whole) >> shift, whole >> shift)
    perMille = whole > 0 ? (part * 2_000 + whole) / (whole * 2) : 0
  }

  var rounded: Double { Double(perMille) / 1_000 }

  /// Such as `46.1%`.
  var percent: String { "\(perMille / 10).\(perMille % 10)%" }
}

extension [BusinessFamily: Int] {
  /// The families from the most frequent on, ties in the order of the taxonomy.
  package var ranked: [(family: BusinessFamily, count: Int)] {
    BusinessFamily.allCases.enumerated().compactMap { index, family in
      self[family].map { (index: index, family: family, count: $0) }
    }.sorted { ($1.count, $0.index) < ($0.count, $1.index) }.map { (family: $0.family, count: $0.count) }
  }
}
