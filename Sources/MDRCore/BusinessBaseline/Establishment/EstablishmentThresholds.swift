/// The thresholds by which recurrence counts, read from the reviewed content.
package struct EstablishmentThresholds: Equatable, Sendable {
  /// UTC days that a lane has to be seen on.
  package var distinctDays: Int
  /// Sessions that a lane has to be seen in.
  package var sessions: Int
  /// Days that lie between a lane's first and last sighting, at least.
  package var spreadDays: Int
  /// The same as a share of the window; the lesser of both is asked.
  package var spreadPercent: Int
  /// UTC days that a critical outcome has to be seen on, unless a machine keeps a beat.
  package var overrideDays: Int
  /// The share of the window that a critical outcome has to be spread over.
  package var overrideSpreadPercent: Int
  /// The window's newest days, which establish nothing.
  package var quarantineDays: Int
  /// Days of a window from which on it has a quarantine.
  package var quarantineWindowDays: Int
  /// Days from which on an account, or a window, is old enough to call anything new.
  package var matureDays: Int
  /// The share of the median day's calls that no other day shows, from which on an account is thin.
  package var thinUnseenPercent: Int
  /// Dimensions of the tuple that may be new in a variant.
  package var variantDimensions: Int
  /// UTC days that are asked of a lane that is established in other accounts.
  package var pooledDays: Int
  /// Other accounts that a lane has to be established in.
  package var pooledAccounts: Int
  /// Runs that a beat is told from, at least.
  package var cadenceRuns: Int
  /// The share of gaps between runs that have to fit a beat.
  package var cadenceAgreementPercent: Int
  /// Resource patterns, targets, people and user agents that a lane lists of each.
  package var listedValues: Int

  /// The thresholds of the reviewed file.
  package static let reviewed = Content.thresholds(
    "business-baseline/references/establishment.json", EstablishmentThresholds.init(json:))

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
