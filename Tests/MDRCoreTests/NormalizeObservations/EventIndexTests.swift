import Testing

@testable import MDRCore

@Suite struct EventIndexTests {
  @Test func `an id counts once, and ids that only look alike apart`() {
    var index = EventIndex()
    let ids = [
      "8e6ffb2a-af42-47e6-9da9-8d90adbdc937", "8e6ffb2a-af42-47e6-9da9-8d90adbdc938",
      "8E6FFB2A-AF42-47E6-9DA9-8D90ADBDC937", "8e6ffb2aaf4247e69da98d90adbdc937", "", "content:00", "x",
      "8e6ffb2a-af42-47e6-9da9-8d90adbdc93é",
    ]
    #expect(ids.map { index.insert(EventDigest($0)) } == ids.map { _ in true })
    #expect(ids.map { index.insert(EventDigest($0)) } == ids.map { _ in false })
  }

  @Test func `each call of an id counts once, that of nothing too, while the index grows`() {
    var index = EventIndex()
    let calls = ["CreateUser", "ListUsers", "DeleteUser"].map {
      CallMark(eventSource: "iam.amazonaws.com", eventName: $0)
    }
    let ids = (0..<9_000).map { EventDigest(high: $0 % 3, low: $0) }
    for (call, expected) in zip(calls, [.first, .firstOfSharedID, .firstOfSharedID] as [EventIndex.Delivery])
    {
      #expect(ids.allSatisfy { index.insert(EventKey(id: $0, call: call)) == expected })
      #expect(ids.allSatisfy { index.insert(EventKey(id: $0, call: call)) == .again })
    }
    #expect(ids.allSatisfy { index.insert(EventKey(id: $0, call: calls[0])) == .again })
  }

  @Test func `many ids are told apart while the index grows`() {
    var random = SplitMix(state: 3)
    var index = EventIndex(key: 7)
    var known: Set<EventDigest> = []
    for _ in 0..<200 {
      // A third are there already, some twice in one batch; the digest of nothing is among them.
      let batch = (0..<300).map { _ in
        switch Int.random(in: 0..<3, using: &random) {
        case 0: known.randomElement(using: &random) ?? EventDigest(high: 0, low: 0)
        default: EventDigest(high: UInt64.random(in: 0..<40, using: &random), low: random.next() >> 48)
        }
      }
      index.approach(batch)
      for digest in batch { #expect(index.insert(digest) == known.insert(digest).inserted) }
    }
  }
}
