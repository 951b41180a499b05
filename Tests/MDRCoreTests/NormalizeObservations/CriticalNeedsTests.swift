import Testing

@testable import MDRCore

/// What judgements of critical outcomes are remembered by holds all that they depend on.
@Suite struct CriticalNeedsTests {
  private static func entry(_ number: Int, ports: String) -> String {
    #"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/u","accountId":"111111111111","userName":"u"},"eventTime":"2026-01-01T00:00:00Z","eventSource":"ec2.amazonaws.com","eventName":"CreateNetworkAclEntry","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"a","requestParameters":{"networkAclId":"acl-1","ruleAction":"allow","egress":false,"cidrBlock":"0.0.0.0/0","aclProtocol":"6","portRange":\#(ports)},"responseElements":null,"eventID":"00000000-0000-4000-a000-\#(100_000_000_000 + number)","recipientAccountId":"111111111111"}"#
  }

  @Test func `rules for other ports are judged by themselves, whichever comes first`() throws {
    let ports = [
      #"{"from":443,"to":443}"#, #"{"from":22,"to":22}"#, #"{"from":80,"to":80}"#, #"{"from":0,"to":65535}"#,
    ]
    for order in [ports, ports.reversed()] {
      let records = order.enumerated().map { Self.entry($0.offset, ports: $0.element) }
      try LogLaneReaderTests.withFiles([
        ("a.json", "{\"Records\":[" + records.joined(separator: ",") + "]}")
      ]) { folder in
        try ObservationLinesTests.expectSame([folder], "ports")
        var criticals: [Bool] = []
        _ = try ObservationReader(inputs: [.logs(folder)], jobs: 1).read {
          criticals.append(!$0.overrides.isEmpty)
        }
        let expected = order.map { !$0.contains("443") && !$0.contains("80}") }
        #expect(criticals == expected)
      }
    }
  }

  @Test func `ports of the request itself are among what a judgement depends on`() throws {
    let table = try OverrideTable.load()
    let needs = table.needs(
      eventName: "CreateNetworkAclEntry", rawEventName: "CreateNetworkAclEntry",
      eventSource: "ec2.amazonaws.com", actorType: .iamUser)
    #expect(needs?.request?.isSuperset(of: PortRange.members) == true)
  }
}
