extension RawField {
  /// The member's column in Sentinel's AWSCloudTrail.
  var sentinelColumn: String? {
    switch self {
    case .eventName: "EventName"
    case .eventSource: "EventSource"
    case .eventType: "EventTypeName"
    case .eventID: "AwsEventId"
    case .eventTime: "TimeGenerated"
    case .errorCode: "ErrorCode"
    case .errorMessage: "ErrorMessage"
    case .readOnly: "tostring(ReadOnly)"
    case .awsRegion: "AWSRegion"
    case .sourceIPAddress: "SourceIpAddress"
    case .userAgent: "UserAgent"
    case .vpcEndpointId: "VpcEndpointId"
    case .recipientAccountId: "RecipientAccountId"
    case .type: "UserIdentityType"
    case .arn: "UserIdentityArn"
    case .principalID: "UserIdentityPrincipalid"
    case .accountID: "UserIdentityAccountId"
    case .accessKeyID: "UserIdentityAccessKeyId"
    case .userName: "UserIdentityUserName"
    case .invokedBy: "UserIdentityInvokedBy"
    case .issuerARN: "SessionIssuerArn"
    case .issuerAccountID: "SessionIssuerAccountId"
    // Kusto writes a flag with a capital letter.
    case .mfaAuthenticated: "tolower(tostring(SessionMfaAuthenticated))"
    case .issuerName: "SessionIssuerUserName"
    case .sessionStart: "SessionCreationDate"
    case .hostHeader: "ClientProvidedHostHeader"
    case .account, .sourceIdentity, .userID, .identityProvider: nil
    }
  }
}
