/// Calls that several lanes make.
extension Call {
  static func createRole(_ name: String) -> Call {
    Call(
      "iam", "CreateRole",
      Template(
        #"{"path":"/","roleName":"\#(name)","assumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}"#
      ),
      response: Template(
        #"{"role":{"path":"/","roleName":"\#(name)","roleId":"${new AROA role}","arn":"arn:aws:iam::${account}:role/\#(name)","createDate":"${now}"}}"#
      ))
  }

  static func attachRolePolicy(_ name: String, _ policy: String) -> Call {
    Call("iam", "AttachRolePolicy", Template(#"{"roleName":"\#(name)","policyArn":"\#(policy)"}"#))
  }

  static func putRolePolicy(_ name: String, _ policy: String, statement: String) -> Call {
    Call(
      "iam", "PutRolePolicy",
      Template(
        #"{"roleName":"\#(name)","policyName":"\#(policy)","policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[\#(statement)]}"}"#
      ))
  }

  static func detachRolePolicy(_ name: String, _ policy: String) -> Call {
    Call("iam", "DetachRolePolicy", Template(#"{"roleName":"\#(name)","policyArn":"\#(policy)"}"#))
  }

  static func deleteRole(_ name: String) -> Call {
    Call("iam", "DeleteRole", Template(#"{"roleName":"\#(name)"}"#))
  }

  /// A service takes on a role; the answer carries a session token, which no artifact may repeat.
  static func assumeRole(_ role: String, by principal: Principal, session: String) -> Call {
    let name = sessionName(of: role)
    return Call(
      "sts", "AssumeRole",
      Template(
        #"{"roleArn":"arn:aws:iam::${account}:role/\#(role)","roleSessionName":"\#(session)","durationSeconds":3600}"#
      ),
      response: Template(
        #"{"credentials":{"accessKeyId":"${new ASIA session}","sessionToken":"${token}","expiration":"${later 3600}"},"assumedRoleUser":{"assumedRoleId":"${new AROA assumed}:\#(session)","arn":"arn:aws:sts::${account}:assumed-role/\#(name)/\#(session)"}}"#
      )
    )
    .by(principal)
    .on(
      Template(
        #"[{"accountId":"${account}","type":"AWS::IAM::Role","ARN":"arn:aws:iam::${account}:role/\#(role)"}]"#
      ))
  }

  /// The role's name without its path, as the ARN of a session has it.
  private static func sessionName(of role: String) -> String {
    role.split(separator: "/").last.map(String.init) ?? role
  }

  static func samlSignIn(_ role: String, provider: String) -> Call {
    let name = sessionName(of: role)
    return Call(
      "sts", "AssumeRoleWithSAML",
      Template(
        #"{"sAMLAssertionID":"_${new uuid assertion}","roleSessionName":"${session}","durationSeconds":3600,"roleArn":"arn:aws:iam::${account}:role/\#(role)","principalArn":"arn:aws:iam::${account}:saml-provider/\#(provider)"}"#
      ),
      response: Template(
        #"{"subjectType":"persistent","issuer":"https://sso.example.com/saml","credentials":{"accessKeyId":"${new ASIA session}","expiration":"${later 3600}","sessionToken":"${token}"},"assumedRoleUser":{"assumedRoleId":"${new AROA assumed}:${session}","arn":"arn:aws:sts::${account}:assumed-role/\#(name)/${session}"},"subject":"${session}","audience":"https://signin.aws.amazon.com/saml"}"#
      )
    )
    .by(.identityProvider)
    .in("us-east-1")
  }

  static let consoleLogin = Call("signin", "ConsoleLogin", response: #"{"ConsoleLogin":"Success"}"#)
    .with {
      $0.kind = .signIn
      $0.additional =
        #"{"LoginTo":"https://console.aws.amazon.com/console/home","MobileVersion":"No","MFAUsed":"No"}"#
    }

  static func createGrant(operations: String, grantee: String) -> Call {
    Call(
      "kms", "CreateGrant",
      Template(
        #"{"keyId":"arn:aws:kms:${region}:${account}:key/${own uuid volumes}","operations":[\#(operations)],"granteePrincipal":"\#(grantee)","constraints":{"encryptionContextSubset":{"aws:ebs:id":"${new vol grant}"}},"retiringPrincipal":"ec2.${region}.amazonaws.com"}"#
      ),
      response:
        #"{"grantId":"${new 64 grant}","keyId":"arn:aws:kms:${region}:${account}:key/${own uuid volumes}"}"#
    )
    .on(
      #"[{"accountId":"${account}","type":"AWS::KMS::Key","ARN":"arn:aws:kms:${region}:${account}:key/${own uuid volumes}"}]"#
    )
  }

  static func ingress(_ name: String, group: String, cidr: String, port: String, description: String = "")
    -> Call
  {
    Call(
      "ec2", name,
      Template(
        #"{"groupId":"\#(group)","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":\#(port),"toPort":\#(port),"groups":{},"ipRanges":{"items":[{"cidrIp":"\#(cidr)","description":"\#(description)"}]},"ipv6Ranges":{},"prefixListIds":{}}]}}"#
      ),
      response: Template(
        #"{"requestId":"${new uuid request}","_return":true,"securityGroupRuleSet":{"items":[{"groupOwnerId":"${account}","groupId":"\#(group)","securityGroupRuleId":"${new sgr rule}","isEgress":false,"ipProtocol":"tcp","fromPort":\#(port),"toPort":\#(port),"cidrIpv4":"\#(cidr)"}]}}"#
      ))
  }

  static func terminate(_ instance: String) -> Call { instanceChange("TerminateInstances", instance) }

  static func instanceChange(_ name: String, _ instance: String) -> Call {
    let states = [
      "StartInstances": (0, "pending", 80, "stopped"), "StopInstances": (64, "stopping", 16, "running"),
    ]
    let (code, state, before, previous) = states[name] ?? (32, "shutting-down", 16, "running")
    return Call(
      "ec2", name, Template(#"{"instancesSet":{"items":[{"instanceId":"\#(instance)"}]}}"#),
      response: Template(
        #"{"requestId":"${new uuid request}","instancesSet":{"items":[{"instanceId":"\#(instance)","currentState":{"code":\#(code),"name":"\#(state)"},"previousState":{"code":\#(before),"name":"\#(previous)"}}]}}"#
      ))
  }

  static func runInstances(_ type: String) -> Call {
    Call(
      "ec2", "RunInstances",
      Template(
        #"{"instancesSet":{"items":[{"imageId":"${pool ami base 6}","minCount":1,"maxCount":1}]},"instanceType":"\#(type)","blockDeviceMapping":{},"monitoring":{"enabled":false},"subnetId":"${pool subnet private 3}","disableApiTermination":false,"launchTemplate":{"launchTemplateId":"${own lt web}","version":"${number 1 40}"}}"#
      ),
      response: Template(
        #"{"requestId":"${new uuid request}","reservationId":"${new r reservation}","ownerId":"${account}","groupSet":{},"instancesSet":{"items":[{"instanceId":"${new i launched}","imageId":"${pool ami base 6}","instanceState":{"code":0,"name":"pending"},"instanceType":"\#(type)","launchTime":"${iso}","subnetId":"${pool subnet private 3}","vpcId":"${own vpc main}"}]}}"#
      ))
  }
}
