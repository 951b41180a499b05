import Testing

@testable import MDRCore

/// Members named by paths are put back where the paths lead.
struct FlatMembersTests {
  @Test func `objects and lists come of paths, and the first of two values counts`() {
    let flat = FlatMembers()
    flat.add(["request", "user", "name"], "ana")
    flat.add(["request", "user", "name"], "bob")
    flat.add(["request", "user", "name", "first"], "eve")
    flat.add(["request", "items{}", "id"], .array(["a", "b"]))
    flat.add(["request", "tags", "0"], "x")
    #expect(
      flat.value("request")
        == ["user": ["name": "ana"], "items": .array([["id": "a"], ["id": "b"]]), "tags": .array(["x"])])
    #expect(flat.value("response") == nil)
  }

  /// Were what is there copied for each member, this would take hours.
  @Test func `a record of very many members is put together`() {
    let flat = FlatMembers()
    let count = 100_000
    for number in 0..<count { flat.add(["request", "k\(number)", "z"], "v") }
    #expect(flat.value("request")?.members.count == count)
  }

  @Test func `so is one in another shape`() {
    var record = MappedRecord(shape: "a test")
    let count = 100_000
    for number in 0..<count { record.set(["request", "k\(number)", "z"], "v") }
    record.set(["request", "k0"], "w")
    record.set(["request", "k0", "z", "deeper"], "w")
    #expect(record.record["request"]?.members.count == count)
    #expect(record.record["request"]?["k0"] == ["z": "v"])
  }
}
