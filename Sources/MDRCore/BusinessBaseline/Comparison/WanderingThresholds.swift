/// When an actor comes from ever other networks, read from the reviewed content.
struct WanderingThresholds: Equatable, Sendable {
  /// Networks that it came from, at least.
  var networks: Int
  /// UTC days with calls in the newer half of the window, at least.
  var newerDays: Int
  /// How many of a hundred of those days brought a network that was new then, at least.
  var newNetworkPercent: Int

  /// The thresholds of the reviewed file.
  static let reviewed = Content.thresholds(
    "business-baseline/references/wandering.json", WanderingThresholds.init(json:))

  /// Reads thresholds, each with its `value`.
  init?(json: JSONValue) {
    guard let networks = json["networks"]?["value"]?.int, let newerDays = json["newer_days"]?["value"]?.int,
      let newNetworkPercent = json["new_network_percent"]?["value"]?.int
    else { return nil }
    self.networks = networks
    self.newerDays = newerDays
    self.newNetworkPercent = newNetworkPercent
  }
}
