import Testing

@testable import MDRCore

@Suite struct UnsureSeverityTests {
  private let shared = EventFacts.made(
    "ModifySnapshotAttribute", "ec2",
    request: #"{"createVolumePermission":{"add":{"items":[{"userId":"999988887777"}]}}}"#)

  private func match(_ lists: EvaluationLists) throws -> DetectionMatch? {
    try Detections.load(directory: nil).matches(EvaluationContext(shared, lists: lists))
      .first { $0.id == "disk-snapshot-shared" }
  }

  @Test func `what nobody can say without the accounts weighs one level less`() throws {
    let known = EvaluationLists(organisation: [shared.accountID])
    #expect(try match(known)?.severity == .critical)
    #expect(try match(EvaluationLists())?.severity == .high)
    #expect(try match(EvaluationLists(organisation: [shared.accountID, "999988887777"])) == nil)
    let overrides = try OverrideTable.load()
    #expect(overrides.matches(shared, lists: known).first?.severity == .critical)
    #expect(overrides.matches(shared).first?.severity == .high)
  }

  @Test func `a public share needs no list`() throws {
    let facts = EventFacts.made(
      "ModifySnapshotAttribute", "ec2",
      request: #"{"createVolumePermission":{"add":{"items":[{"group":"all"}]}}}"#)
    let match = try Detections.load(directory: nil).matches(EvaluationContext(facts))
      .first { $0.id == "disk-snapshot-shared" }
    #expect(match?.severity == .critical)
  }

  @Test func `a policy that can't be read weighs at most medium`() throws {
    let facts = EventFacts.made("PutBucketPolicy", "s3", request: #"{"bucketPolicy":"no policy at all"}"#)
    let matches = try Detections.load(directory: nil).matches(EvaluationContext(facts))
    #expect(matches.first { $0.id == "bucket-policy-public" }?.severity == .medium)
  }
}
