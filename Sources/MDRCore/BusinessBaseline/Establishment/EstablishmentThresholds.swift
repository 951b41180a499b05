/// The thresholds by which recurrence counts, read from the reviewed content.
package struct EstablishmentThresholds: Equatable, Sendable {
  package var distinctDays: Int
  package var sessions: Int
  package var spreadDays: Int
  package var spreadPercent: Int
  package var overrideDays: Int
  package var overrideSpreadPercent: Int
  package var quarantineDays: Int
  package var quarantineWindowDays: Int
  package var matureDays: Int
  package var thinUnseenPercent: Int
  package var variantDimensions: Int
  package var pooledDays: Int
  package var pooledAccounts: Int
  package var cadenceRuns: Int
  package var cadenceAgreementPercent: Int
  package var listedValues: Int

  /// The thresholds of the reviewed file.
  package static let reviewed: EstablishmentThresholds = {
    let name = "business-baseline/references/establishment.json"
    guard let values = try? JSONValue(parsing: Content.text(name)),
      let thresholds = EstablishmentThresholds(json: values)
    else { fatalError("\(name) lacks a threshold") }
    return thresholds
  }()

  /// Reads thresholds: plain numbers, or objects with a `value`.
  init?(json: JSONValue) {
    func value(_ name: String) -> Int? { json[name]?.int ?? json[name]?["value"]?.int }
    guard let distinctDays = value("distinct_days"), let sessions = value("sessions"),
      let spreadDays = value("spread_days"), let spreadPercent = value("spread_percent"),
      let overrideDays = value("override_days"), let overrideSpreadPercent = value("override_spread_percent"),
      let quarantineDays = value("quarantine_days"),
      let quarantineWindowDays = value("quarantine_window_days"), let matureDays = value("mature_days"),
      let thinUnseenPercent = value("thin_unseen_percent"),
      let variantDimensions = value("variant_dimensions"), let pooledDays = value("pooled_days"),
      let pooledAccounts = value("pooled_accounts"), let cadenceRuns = value("cadence_runs"),
      let cadenceAgreementPercent = value("cadence_agreement_percent"),
      let listedValues = value("listed_values")
    else { return nil }
    self.distinctDays = distinctDays
    self.sessions = sessions
    self.spreadDays = spreadDays
    self.spreadPercent = spreadPercent
    self.overrideDays = overrideDays
    self.overrideSpreadPercent = overrideSpreadPercent
    self.quarantineDays = quarantineDays
    self.quarantineWindowDays = quarantineWindowDays
    self.matureDays = matureDays
    self.thinUnseenPercent = thinUnseenPercent
    self.variantDimensions = variantDimensions
    self.pooledDays = pooledDays
    self.pooledAccounts = pooledAccounts
    self.cadenceRuns = cadenceRuns
    self.cadenceAgreementPercent = cadenceAgreementPercent
    self.listedValues = listedValues
  }

  var json: JSONValue {
    [
      "distinct_days": .number(distinctDays), "sessions": .number(sessions),
      "spread_days": .number(spreadDays), "spread_percent": .number(spreadPercent),
      "override_days": .number(overrideDays), "override_spread_percent": .number(overrideSpreadPercent),
      "quarantine_days": .number(quarantineDays), "quarantine_window_days": .number(quarantineWindowDays),
      "mature_days": .number(matureDays),
      "thin_unseen_percent": .number(thinUnseenPercent),
      "variant_dimensions": .number(variantDimensions),
      "pooled_days": .number(pooledDays),
      "pooled_accounts": .number(pooledAccounts), "cadence_runs": .number(cadenceRuns),
      "cadence_agreement_percent": .number(cadenceAgreementPercent),
      "listed_values": .number(listedValues),
    ]
  }
}
