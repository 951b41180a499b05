/// Logs of AWS that are no CloudTrail events, named so that nobody has to guess why a file gave nothing.
enum OtherLogs {
  /// What an object without an event's name is; `nil` for one that nothing tells.
  static func name(_ tape: JSONTape, _ node: JSONTape.Index) -> String? {
    func text(_ path: StaticString...) -> String? {
      path.reduce(Optional(node)) { node, key in node.flatMap { tape.member($0, key) } }.flatMap {
        tape.text($0)
      }
    }
    func has(_ keys: StaticString...) -> Bool { keys.allSatisfy { tape.member(node, $0) != nil } }
    if text("eventType") == "AwsAggregatedEvent" {
      return "a CloudTrail aggregated event, which counts calls and is no call"
    }
    if let type = text("detail-type") {
      return "an EventBridge event (\(type.prefix(60))) that holds no CloudTrail record"
    }
    if text("service", "serviceName") == "guardduty" || text("Service", "ServiceName") == "guardduty" {
      return "a GuardDuty finding, which is no CloudTrail event"
    }
    if has("ProductArn", "SchemaVersion") { return "a Security Hub finding, which is no CloudTrail event" }
    if has("Findings") { return "findings, which are no CloudTrail events" }
    if has("webaclId") { return "a log of AWS WAF, which is no CloudTrail event" }
    if has("query_name", "srcaddr") {
      return "a query log of Route 53 Resolver, which is no CloudTrail event"
    }
    if has("srcaddr", "dstaddr") { return "a VPC flow log, which is no CloudTrail event" }
    if has("configurationItems") || has("configurationItem") || has("configurationItemStatus") {
      return "a record of AWS Config, which is no CloudTrail event"
    }
    if text("apiVersion")?.hasPrefix("audit.k8s.io/") == true {
      return "a Kubernetes audit event, which is no CloudTrail event"
    }
    if let source = text("eventSource"), source.hasPrefix("aws:"), has("eventName") {
      return "a notification of \(source.prefix(60)), which holds no CloudTrail record"
    }
    if has("class_uid"), let name = text("class_name") {
      return "an OCSF event of another class (\(name.prefix(60))), which is no API activity"
    }
    return nil
  }

  /// What a file of text is, by the start of its first line.
  static func name(ofText start: UnsafeBufferPointer<UInt8>) -> String? {
    let line = String(decoding: start.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    if line.hasPrefix("#Version: ") || line.hasPrefix("#Fields: ") { return "an access log of CloudFront" }
    let words = line.split(separator: " ")
    guard words.count > 2 else { return nil }
    if words.contains("interface-id") || words.contains(where: { $0.hasPrefix("eni-") }) {
      return "a VPC flow log"
    }
    if words[0].utf8.count == 64, words[0].allSatisfy(\.isHexDigit), words[2].hasPrefix("[") {
      return "an access log of S3"
    }
    if ["http", "https", "h2", "grpcs", "ws", "wss"].contains(words[0]), words[1].hasPrefix("20") {
      return "an access log of a load balancer"
    }
    return nil
  }
}
