import Foundation
import Testing

@testable import MDRCore

/// Records of megabytes are read; what no exporter writes is named, and the rest read.
@Suite struct SizeLimitTests {
  private static func record(_ id: String, padding: Int) -> String {
    RecordReaderTests.record(id).dropLast()
      + ",\"requestParameters\":{\"p\":\"\(String(repeating: "p", count: padding))\"}}"
  }

  @Test func `a record of several megabytes is read in every container`() throws {
    let (a, big, b) = (
      RecordReaderTests.record("a"), Self.record("big", padding: 5 << 20), RecordReaderTests.record("b")
    )
    for text in ["{\"Records\":[\(a),\(big),\(b)]}", "[\(a),\(big),\(b)]", "\(a)\n\(big)\n\(b)\n"] {
      #expect(try RecordReaderTests.read(text) == .init(ids: ["a", "big", "b"]))
    }
    let quoted = JSONValue.string(big).compactText
    #expect(try RecordReaderTests.read("{\"CloudTrailEvent\":\(quoted)}\n\(b)").ids == ["big", "b"])
  }

  @Test func `a record beyond the limit is named, and those after it read`() throws {
    let (a, b) = (RecordReaderTests.record("a"), RecordReaderTests.record("b"))
    let huge = Self.record("huge", padding: RecordWalker.itemLimit + 1)
    let reading = try RecordReaderTests.read("\(a)\n\(huge)\n\(b)\n")
    #expect(reading.ids == ["a", "b"])
    #expect(reading.reasons == ["a record larger than 64 MB"])
  }

  @Test func `compressed text that expands beyond all measure is no record, and costs only itself`() throws {
    let bomb = Gzip.compressed(
      "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[" + String(repeating: " ", count: 20 << 20) + "]}")
    let wrapped = "{\"awslogs\":{\"data\":\"\(Data(bomb).base64EncodedString())\"}}"
    let reading = try RecordReaderTests.read("\(wrapped)\n\(RecordReaderTests.record("b"))\n")
    #expect(reading.ids == ["b"])
    #expect(reading.reasons.count == 1)
  }

  @Test func `documents too large to keep are left out of the observation, which says so, and are judged`()
    throws
  {
    let padding = String(repeating: "p", count: 70 << 10)
    let observed = try CanonicalisationTests.observation(
      #""eventName":"PutUserPolicy","requestParameters":{"userName":"bob","pad":"\#(padding)","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}"#
    )
    #expect(observed.details.isTruncated)
    #expect(observed.details.request.isEmpty)
    #expect(observed.targets["user"] == ["bob"])
    #expect(observed.overrides.contains { $0.id == "admin-policy-written" })
  }
}
