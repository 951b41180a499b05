/// A lane's key as numbers.
struct LaneNumbers: Hashable, BitwiseCopyable, Sendable {
  var account: UInt32
  var actor: UInt32
  var event: UInt32
  var source: UInt32
  var region: UInt32

  init(account: UInt32, actor: UInt32, event: UInt32, source: UInt32, region: UInt32) {
    self.account = account
    self.actor = actor
    self.event = event
    self.source = source
    self.region = region
  }

  init(_ key: LaneKey, table: inout StringTable) {
    account = table.intern(key.account)
    actor = table.intern(key.actor)
    event = table.intern(key.event)
    source = table.intern(key.source)
    region = table.intern(key.region)
  }

  func unpacked(_ table: StringTable) -> LaneKey {
    LaneKey(
      account: table[account], actor: table[actor], event: table[event], source: table[source],
      region: table[region])
  }

  @inline(__always)
  func renumbered(_ number: (UInt32) -> UInt32) -> LaneNumbers {
    LaneNumbers(
      account: number(account), actor: number(actor), event: number(event), source: number(source),
      region: number(region))
  }
}

extension Observation {
  /// What identifies the session; the day where the log names none.
  var sessionDigest: UInt64 {
    identity.sessionStart.map { SessionCounter.digest(actorAccountID, $0) }
      ?? SessionCounter.digest(String(eventTime.day))
  }
}
