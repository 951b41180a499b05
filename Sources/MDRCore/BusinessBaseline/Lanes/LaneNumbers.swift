/// A lane's key as numbers.
struct LaneNumbers: Hashable, Sendable {
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

  func renumbered(_ numbers: [UInt32]) -> LaneNumbers {
    var copy = self
    copy.account = numbers[Int(account)]
    copy.actor = numbers[Int(actor)]
    copy.event = numbers[Int(event)]
    copy.source = numbers[Int(source)]
    copy.region = numbers[Int(region)]
    return copy
  }
}

extension Observation {
  /// What identifies the session; the day where the log names none.
  var sessionDigest: UInt64 {
    identity.sessionStart.map { SessionCounter.digest(actorAccountID, $0) }
      ?? SessionCounter.digest(String(eventTime.day))
  }
}
