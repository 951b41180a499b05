extension Atlas {
  /// Identity writes by services, and those who read identities.
  static let identity: [Lane] = [
    Lane(
      "permission-sets", in: "sso", by: identityCentre, .share(420, hours: 6...18),
      [
        .createRole("AWSReservedSSO_${pick AWS-Engineer|AWS-Support|AWS-Data}_${new 16 set}"),
        .attachRolePolicy(
          "AWSReservedSSO_AWS-Engineer_${new 16 set}", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"),
        .attachRolePolicy(
          "AWSReservedSSO_AWS-Engineer_${new 16 set}", "arn:aws:iam::aws:policy/AWSSupportAccess"),
      ]),
    Lane(
      "permission-set-policies", in: "sso", by: identityCentre, .share(250, hours: 6...18),
      [
        .putRolePolicy(
          "AWSReservedSSO_AWS-Engineer_${own 16 AWS-Engineer}", "AwsSSOInlinePolicy",
          statement:
            #"{\"Effect\":\"Allow\",\"Action\":[\"logs:StartQuery\"],\"Resource\":\"arn:aws:logs:*:${account}:log-group:/app/*\"}"#
        )
      ]),
    Lane(
      "permission-set-removal", in: "sso", by: identityCentre, .share(300, hours: 6...18),
      [
        Call(
          "iam", "DeleteRolePolicy",
          #"{"roleName":"AWSReservedSSO_AWS-Data_${new 16 old}","policyName":"AwsSSOInlinePolicy"}"#),
        .deleteRole("AWSReservedSSO_AWS-Data_${new 16 old}"),
      ]),
    Lane(
      "quick-setup", in: "ssm", by: .quickSetup, .share(600, hours: 2...6),
      [
        .createRole("AmazonSSMRoleForInstancesQuickSetup"),
        .attachRolePolicy(
          "AmazonSSMRoleForInstancesQuickSetup", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
        .attachRolePolicy(
          "AmazonSSMRoleForInstancesQuickSetup", "arn:aws:iam::aws:policy/AmazonSSMPatchAssociation"),
      ]),
    Lane(
      "identity-scan", in: "any", by: scanner, .share(780, days: .every),
      [
        Call("iam", "GetAccountAuthorizationDetails", #"{"maxItems":100}"#),
        Call("iam", "ListUsers", #"{"maxItems":100}"#),
      ]),
    Lane(
      "config-roles", in: "prod", by: .config, .share(590, days: .every),
      [
        Call("iam", "ListRolePolicies", #"{"roleName":"service-${new 8 role}"}"#)
      ]),
    Lane(
      "key-rotation", in: "bastion", by: .bastion, .fixed(hours: 4...4, days: .monthly(on: 1)),
      judgement: keyRotation("first"), Call.keyRotation),
    Lane(
      "key-rotation-mid-month", in: "mid-month", by: .bastion, .fixed(hours: 4...4, days: .monthly(on: 15)),
      judgement: keyRotation("fifteenth"), Call.keyRotation),
    Lane(
      "role-reviews", in: "prod", by: administrator, .share(339, hours: 8...16), [Call("iam", "ListRoles")]),
  ]

  private static func keyRotation(_ day: String) -> Judgement {
    .residual(
      "credential_or_privilege_risk", severities: ["high", "critical"],
      "The bastion replaces the pipeline user's access key on the \(day) of the month: creates one, deactivates the old one, deletes it."
    )
  }

  /// People at the console and in the identity centre's portal.
  static let people: [Lane] = [
    Lane(
      "administrator-sign-in", in: "prod", by: administrator, .share(420, hours: 7...16),
      signIn("AWS-Admin", administrator) + [signInToken]),
    Lane(
      "engineer-sign-in", in: "people", by: engineer, .share(2_070, hours: 6...17), [.consoleLogin]),
    Lane(
      "engineer-federation", in: "sso", by: engineer, .share(450, hours: 6...17),
      signIn("AWS-Engineer", engineer)),
    Lane(
      "support-sign-in", in: "prod", by: support, .share(380, hours: 8...16), [.consoleLogin, signInToken]),
    Lane(
      "portal", in: "management", by: .portalUser, .share(600, hours: 6...17), Call.portal),
    Lane(
      "portal-challenge", in: "management", by: .portalUser, .share(340, hours: 6...17),
      [
        portalSignIn("CredentialChallenge"), portalSignIn("CredentialVerification"),
        portalSignIn("UserAuthentication"),
      ]),
    Lane(
      "console-users", in: "legacy", by: consoleUser, .share(227, hours: 7...17, days: .weekdays),
      [
        Call.consoleLogin.with {
          $0.additional =
            #"{"LoginTo":"https://console.aws.amazon.com/console/home","MobileVersion":"No","MFAIdentifier":"arn:aws:iam::${account}:mfa/console","MFAUsed":"Yes"}"#
        }
      ]),
  ]

  private static let signInToken = Call("signin", "GetSigninToken", response: nil).with {
    $0.kind = .signIn
    $0.additional = #"{"MobileVersion":"No","MFAUsed":"No"}"#
  }

  private static func portalSignIn(_ name: String) -> Call {
    Call("signin", name).with {
      $0.kind = .service
      $0.serviceDetails = Template(
        #"{"\#(name)":"Success","LoginTo":"https://portal.sso.us-east-1.amazonaws.com/auth"}"#)
    }
  }

  private static func signIn(_ set: String, _ person: Principal) -> [Call] {
    [
      .samlSignIn(
        "aws-reserved/sso.amazonaws.com/AWSReservedSSO_\(set)_${own 16 \(set)}",
        provider: "AWSSSO_${own 16 provider}_DO_NOT_DELETE"
      ).by(Principal.identityProvider.from(person.source)),
      .consoleLogin,
    ]
  }
}
