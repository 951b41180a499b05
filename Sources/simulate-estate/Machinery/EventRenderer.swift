import MDRCore

/// Writes one event the way CloudTrail delivers it, in its order of keys.
struct EventRenderer {
  let estate: Estate
  let account: Account

  /// Appends the event's JSON and returns its id.
  func render(
    _ call: Call, by lanePrincipal: Principal, opened: Timestamp, in scene: inout Scene,
    failure: Call.Failure?, into output: inout JSONOutput
  ) -> [UInt8] {
    let principal = call.caller ?? lanePrincipal
    let invoker = invokingService(call, principal)
    output.append(raw: #"{"eventVersion":"1.11","userIdentity":"#)
    renderIdentity(principal, of: call, invoker: invoker, opened: opened, scene: &scene, into: &output)
    renderCall(call, by: principal, invoker: invoker, scene: &scene, into: &output)
    if let failure {
      put(#","errorCode":""#, Array(failure.code.utf8), into: &output)
      output.append(raw: #"","errorMessage":""#)
      scene.fill(failure.message, into: &output)
      output.append(raw: #"""#)
    }
    member(#","requestParameters":"#, call.request, orNull: true, scene: &scene, into: &output)
    let response = failure != nil || (call.isReadOnly && call.service != "sts") ? nil : call.response
    member(#","responseElements":"#, response, orNull: true, scene: &scene, into: &output)
    member(#","additionalEventData":"#, call.additional, scene: &scene, into: &output)
    if call.kind == .api { put(#","requestID":""#, scene.random.uuid() + #"""#.utf8, into: &output) }
    let id = scene.random.uuid()
    put(#","eventID":""#, id, into: &output)
    output.append(raw: #"","readOnly":"#)
    call.isReadOnly ? output.append(raw: "true") : output.append(raw: "false")
    member(#","resources":"#, call.resources, scene: &scene, into: &output)
    put(#","eventType":""#, Array(call.kind.rawValue.utf8), into: &output)
    put(#"","managementEvent":true,"recipientAccountId":""#, Array("\(account.id)\"".utf8), into: &output)
    member(#","serviceEventDetails":"#, call.serviceDetails, scene: &scene, into: &output)
    if isShared(call, by: principal) {
      put(#","sharedEventID":""#, scene.random.uuid() + #"""#.utf8, into: &output)
    }
    output.append(raw: #","eventCategory":"Management""#)
    if invoker == nil, call.kind != .service {
      put(
        #","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":""#,
        Array(#"\#(Self.host(of: call, region: scene.region))"}"#.utf8), into: &output)
    }
    output.append(raw: "}")
    return id
  }

  /// What was called, when, where and from where.
  private func renderCall(
    _ call: Call, by principal: Principal, invoker: String?, scene: inout Scene, into output: inout JSONOutput
  ) {
    put(#","eventTime":""#, Array(scene.time.iso8601.utf8), into: &output)
    put(#"","eventSource":""#, Array(call.service.utf8), into: &output)
    put(#".amazonaws.com","eventName":""#, Array(call.name.utf8), into: &output)
    put(#"","awsRegion":""#, Array(Self.region(of: call, in: scene.region).utf8), into: &output)
    put(
      #"","sourceIPAddress":""#,
      invoker.map { Array($0.utf8) } ?? scene.address(principal.source, of: home(of: principal)),
      into: &output)
    output.append(raw: #"","userAgent":""#)
    if let invoker {
      output.append(raw: Array(invoker.utf8))
    } else {
      scene.fill(principal.agent, into: &output)
    }
    output.append(raw: #"""#)
  }

  /// IAM, STS's global endpoint, Organizations and their like log in us-east-1.
  static func region(of call: Call, in region: String) -> String {
    if let named = call.region { return named }
    let global: Set<String> = [
      "iam", "organizations", "cloudfront", "route53", "signin", "sso-directory", "trustedadvisor",
    ]
    return global.contains(call.service) ? "us-east-1" : region
  }

  private static func host(of call: Call, region: String) -> String {
    switch call.service {
    case "iam", "organizations": "\(call.service).amazonaws.com"
    case "signin": "signin.aws.amazon.com"
    default: "\(call.service).\(Self.region(of: call, in: region)).amazonaws.com"
    }
  }

  private func invokingService(_ call: Call, _ principal: Principal) -> String? {
    if let via = call.via { return via }
    switch (principal.identity, principal.source) {
    case (.service(let name), _): return name
    case (_, .service(let name)): return name
    default: return nil
    }
  }

  /// The account that a principal belongs to.
  func home(of principal: Principal) -> Account {
    principal.home.flatMap(estate.account(named:)) ?? account
  }

  /// Calls that other accounts, or services' own, can see too.
  private func isShared(_ call: Call, by principal: Principal) -> Bool {
    if call.kind == .service { return false }
    return switch principal.identity {
    case .service, .outsider: true
    default: principal.home != nil
    }
  }

  private func member(
    _ key: StaticString, _ template: Template?, orNull: Bool = false, scene: inout Scene,
    into output: inout JSONOutput
  ) {
    guard template != nil || orNull else { return }
    output.append(raw: key)
    if let template { scene.fill(template, into: &output) } else { output.append(raw: "null") }
  }
}
