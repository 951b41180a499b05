@testable import MDRCore

/// Records as AWS writes them, and as nobody should, from a seed.
struct RandomRecords {
  private var generator: SplitMix

  init(seed: UInt64) { generator = SplitMix(state: seed) }

  /// Some records; a few share their event id, with the same content or another.
  mutating func records(_ count: Int) -> [String] {
    var records: [String] = []
    for number in 0..<count {
      if number > 4, chance(8) {
        records.append(records[Int(generator.next() % UInt64(records.count))])
      } else {
        let id = chance(12) ? max(0, number - 3) : number
        records.append(record(id: "0000000\(id % 10)-1111-4222-a333-\(String(444_444_444_444 + id))"))
      }
    }
    return records
  }

  private mutating func record(id: String) -> String {
    var members = [
      #""eventVersion":"1.08""#, #""eventName":\#(pick(Self.names))"#,
      #""eventSource":\#(pick(Self.sources))"#,
      #""awsRegion":\#(pick(["\"us-east-1\"", "\"eu-west-1\"", "null"]))"#,
      #""sourceIPAddress":\#(pick(Self.addresses))"#, #""userAgent":\#(pick(Self.agents))"#,
      #""recipientAccountId":"\#(pick(["111111111111", "222222222222"]))""#,
      #""userIdentity":\#(identity())"#,
      #""eventTime":"\#(time())""#, #""requestParameters":\#(pick(Self.requests))"#,
    ]
    if !chance(20) { members.append(#""eventID":"\#(id)""#) }
    if chance(3) { members.append(#""readOnly":\#(pick(["true", "false", "null", "\"true\""]))"#) }
    if chance(5) {
      members.append(#""errorCode":\#(pick(["\"AccessDenied\"", "\"Throttling\"", "null", "\"\""]))"#)
    }
    if chance(8) { members.append(#""errorMessage":\#(pick(["\"no\"", "null"]))"#) }
    if chance(4) { members.append(#""responseElements":\#(pick(Self.responses))"#) }
    if chance(4) { members.append(#""resources":\#(pick(Self.resources))"#) }
    if chance(6) { members.append(#""additionalEventData":\#(pick(Self.additions))"#) }
    if chance(5) { members.append(#""tlsDetails":\#(pick(Self.connections))"#) }
    if chance(9) { members.append(#""vpcEndpointId":"vpce-0\#(generator.next() % 3)""#) }
    if chance(9) { members.append(#""eventType":\#(pick(Self.types))"#) }
    if chance(30) { members.append(#""userAgent":"again""#) }
    if chance(20) { members.append("\"\(pick(Self.repeated))\":null") }
    if chance(25) { members.append(#""\u0065ventName":"Escaped""#) }
    if chance(3) { members.shuffle(using: &generator) }
    return "{" + members.joined(separator: chance(4) ? " ,\n " : ",") + "}"
  }

  private mutating func time() -> String {
    let day = 1 + Int(generator.next() % 28)
    let hour = Int(generator.next() % 24)
    let text =
      "2026-0\(1 + generator.next() % 3)-\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour):11:12"
    if chance(40) { return pick(["1767600060", "1767600060000", "31/01/2026, 10:11:12"]) }
    return chance(40) ? "not a time" : text + pick(["Z", "Z", "Z", "+11:00", ".123Z"])
  }

  private mutating func identity() -> String {
    let account = pick(["111111111111", "222222222222", "333333333333"])
    let session = pick([
      "i-0123456789abcdef0", "password=hunter2", "2FdyLbq5TiJ8fZ0VEVGcTVqIJ9M", "person@example.com", "job-7",
      "a\\\"b", "botocore-session-1",
    ])
    let start = "2026-01-0\(1 + generator.next() % 9)T0\(generator.next() % 9):00:00Z"
    let role = pick([
      "build-server", "AWSReservedSSO_Admin_0123456789abcdef", "aws-service-role/x.amazonaws.com/X",
    ])
    switch generator.next() % 9 {
    case 0...4:
      return #"""
        {"type":"AssumedRole","principalId":"AROAEXAMPLE:\#(session)",
        "arn":"arn:aws:sts::\#(account):assumed-role/\#(role.split(separator: "/").last ?? "")/\#(session)",
        "accountId":"\#(account)","accessKeyId":"ASIA\#(generator.next() % 5)","sessionContext":{
        "sessionIssuer":{"type":"Role","arn":"arn:aws:iam::\#(account):role/\#(role)","accountId":"\#(account)"},
        "attributes":{"creationDate":"\#(start)","mfaAuthenticated":"\#(chance(2) ? "true" : "false")"}}
        \#(chance(4) ? #","invokedBy":"cloudformation.amazonaws.com""# : "")}
        """#
    case 5:
      return #"{"type":"IAMUser","arn":"arn:aws:iam::\#(account):user/u","accountId":"\#(account)","#
        + #""userName":"u","accessKeyId":"\#(pick(["AKIA1", "ASIA1"]))"}"#
    case 6: return #"{"type":"Root","arn":"arn:aws:iam::\#(account):root","accountId":"\#(account)"}"#
    case 7:
      return pick([#"{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}"#, "null", "{}", #""text""#])
    default: return #"{"type":"AWSAccount","accountId":"\#(account)","principalId":"AIDA:x"}"#
    }
  }

  /// Members that may come once more, and say nothing then.
  static let repeated = [
    "eventID", "eventTime", "eventSource", "eventName", "eventType", "awsRegion", "sourceIPAddress",
    "userAgent",
    "errorCode", "errorMessage", "recipientAccountId", "vpcEndpointId", "readOnly", "userIdentity",
    "requestParameters", "responseElements", "additionalEventData", "resources", "tlsDetails",
  ]
  private static let names = [
    "\"CreateAccessKey\"", "\"DescribeInstances\"", "\"PutBucketPolicy\"", "\"ConsoleLogin\"",
    "\"RunInstances\"",
    "\"DeleteTrail\"", "\"UpdateFunctionCode20150331v2\"", "\"AssumeRole\"", "null",
  ]
  private static let sources = [
    "\"iam.amazonaws.com\"", "\"ec2.amazonaws.com\"", "\"s3.amazonaws.com\"", "\"signin.amazonaws.com\"",
    "\"lambda.amazonaws.com.cn\"", "\"aws:s3\"",
    "\"sts.amazonaws.com\"", "\"sts.amazonaws.com.cn\"",
  ]
  private static let addresses = [
    "\"198.51.100.7\"", "\"10.1.2.3\"", "\"AWS Internal\"", "\"ec2.amazonaws.com\"", "\"2001:db8::1\"",
    "null", "\"\"",
    "\"nowhere\"",
  ]
  private static let agents = [
    "\"aws-cli/2.1\"", "\"Boto3/1.2\"", "\"quoted \\\"agent\\\"\"", "null", "\"\"", "\"ec2.amazonaws.com\"",
    "\"ü\"",
  ]
  private static let types = [
    "\"AwsApiCall\"", "\"AwsServiceEvent\"", "\"AwsConsoleSignIn\"", "\"AwsCloudTrailInsight\"",
  ]
  private static let requests = [
    "null", "{}", #"{"userName":"u-123456"}"#,
    #"{"bucketName":"logs","bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}]}}"#,
    #"{"bucketName":"data","bucketPolicy":"{\"Statement\":[]}"}"#,
    #"{"name":"trail","userName":"ü \u00e9 \ud83d\ude00"}"#,
    #"{"instancesSet":{"items":[{"instanceId":"i-0123456789abcdef0"},{"instanceId":"i-1"},"bare"]},"cidrIp":"0.0.0.0/0"}"#,
    #"{"functionName":"f","":{"userName":"x"},"deep":[[[{"bucketName":"b"}]]]}"#,
    #""{\"userName\":\"text\"}""#, #""plain""#,
    #"{"environment":{"variables":{"userName":"hidden","":{"bucketName":"b2"}}},"":"x","userName":"shown"}"#,
    #"{"password":"x","secrets":[{"userName":"hidden"},"bare"],"bucketName":"password=hunter2"}"#,
    #"{"instanceIds":["# + (0..<30).map { "\"i-\($0)\"" }.joined(separator: ",") + "]}",
  ]
  private static let responses = [
    "null", #"{"ConsoleLogin":"Success"}"#, #"{"ConsoleLogin":"Failure"}"#,
    #"{"inner":{"ConsoleLogin":"Failure"}}"#,
    #"{"accessKey":{"accessKeyId":"AKIAEXAMPLE","userName":"other"}}"#,
  ]
  private static let resources = [
    "[]", "null", #"[{"ARN":"arn:aws:s3:::data/2026/01/01"},{"resourceName":"x","type":"y"},{"ARN":null}]"#,
    #"[{"ARN":"arn:aws:lambda:us-east-1:111111111111:function:f:7"},{"ARN":"arn:aws:s3:::b/k?X-Amz-Signature=s"}]"#,
    #"[{"ARN":"arn:aws:iam::111111111111:role/r","accountId":"1"}]"#, #"{"ARN":"odd"}"#,
  ]
  private static let connections = [
    "null", "{}", #""text""#, #"{"clientProvidedHostHeader":"sts.amazonaws.com"}"#,
    #"{"tlsVersion":"TLSv1.3","clientProvidedHostHeader":"sts.eu-west-1.amazonaws.com"}"#,
    #"{"clientProvidedHost\u0048eader":"sts\u002eamazonaws.com"}"#,
  ]
  private static let additions = [
    "null", #"{"MFAUsed":"No"}"#, #"{"MFAUsed":"Yes","x":[1,2.5e3,true]}"#,
    #"{"RequestDetails":{"awsServingRegion":"eu-west-1","endpointType":"global"}}"#,
    #"{"RequestDetails" : {"endpointType" : "regional"}}"#,
    #"{"ExtendedRequestId":"x"}"#,
  ]

  private mutating func chance(_ one: UInt64) -> Bool { generator.next() % one == 0 }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int(generator.next() % UInt64(choices.count))]
  }
}

/// SplitMix64: the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
