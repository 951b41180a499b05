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
    #expect(ids.map { index.insert($0) } == ids.map { _ in true })
    #expect(ids.map { index.insert($0) } == ids.map { _ in false })
  }
}
