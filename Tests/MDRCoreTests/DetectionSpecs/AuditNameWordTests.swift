import Testing

@testable import MDRCore

@Suite struct AuditNameWordTests {
  @Test func `names in ASCII give the words that Unicode's tables give`() {
    var random = SplitMix(state: 7)
    let letters = Array("abzABZ019-_./: @")
    for _ in 0..<2_000 {
      let name = String(
        (0..<Int(random.next() % 24)).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
      // A word beyond ASCII at the end sends the whole name the general way.
      #expect(
        AuditName.words(of: name + " \u{E9}t\u{E9}") == AuditName.words(of: name) + ["\u{E9}t\u{E9}"],
        "\(name)")
    }
  }

  @Test(arguments: [
    ("arn:aws:s3:::orgTrailLogs", true), ("prodCloudTrail-logs", true), ("AuditLog", true),
    ("auditorium", false),
    ("flow-logs", true), ("", false),
  ])
  func `tells names of audit trails`(name: String, isOne: Bool) {
    #expect(AuditName.fits(name) == isOne)
  }
}
