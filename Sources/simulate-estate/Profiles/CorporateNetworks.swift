extension CorporateNetwork {
  /// Three offices; nobody has come from the third yet.
  static let offices = [
    CorporateNetwork(
      name: "hq-egress", cidrs: ["203.0.113.0/26", "2001:db8:40::/48"],
      addresses: ["203.0.113.10", "203.0.113.11", "203.0.113.12"]),
    CorporateNetwork(
      name: "branch-egress", cidrs: ["203.0.113.64/27"], addresses: ["203.0.113.70", "203.0.113.71"]),
    CorporateNetwork(name: "apac-egress", cidrs: ["203.0.113.128/26"], addresses: ["203.0.113.140"]),
  ]
}
