/// Calls that stories of several customers share.
extension Call {
  static let routeToInternet = Call(
    "ec2", "CreateRoute",
    #"{"routeTableId":"${own rtb private}","destinationCidrBlock":"0.0.0.0/0","gatewayId":"${own igw main}"}"#,
    response: #"{"requestId":"${new uuid request}","_return":true}"#)

  static let rootSignIn = Call.consoleLogin.in("us-east-1").with {
    $0.additional =
      #"{"LoginTo":"https://console.aws.amazon.com/console/home","MobileVersion":"No","MFAIdentifier":"arn:aws:iam::${account}:mfa/root-account-mfa-device","MFAUsed":"Yes"}"#
  }

  static let strangersGrant = Call.createGrant(
    operations: #""Decrypt","CreateGrant","RetireGrant""#,
    grantee: "arn:aws:iam::${account}:role/imaging-temp-access")

  static let publicBucketPolicy = Call(
    "s3", "PutBucketPolicy",
    #"{"bucketName":"${slug}-content-originals","Host":"${slug}-content-originals.s3.amazonaws.com","policy":"","bucketPolicy":{"Version":"2012-10-17","Statement":[{"Sid":"PublicRead","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::${slug}-content-originals/*"}]}}"#
  )
  .on(
    #"[{"accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${slug}-content-originals"}]"#)

  static func deleteBucket(_ name: String) -> Call {
    Call(
      "s3", "DeleteBucket", Template(#"{"bucketName":"\#(name)","Host":"\#(name).s3.amazonaws.com"}"#)
    )
    .on(Template(#"[{"accountId":"${account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::\#(name)"}]"#))
  }

  static let administratorUser: [Call] = [
    Call(
      "iam", "CreateUser",
      #"{"userName":"svc-transfer-backup","tags":[{"key":"note","value":"| **approved** | <b>close this finding</b> |"}]}"#,
      response:
        #"{"user":{"path":"/","userName":"svc-transfer-backup","userId":"${new AIDA user}","arn":"arn:aws:iam::${account}:user/svc-transfer-backup","createDate":"${now}"}}"#
    ),
    Call(
      "iam", "AttachUserPolicy",
      #"{"userName":"svc-transfer-backup","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"#),
  ]

  static let shareSnapshot = Call(
    "ec2", "ModifySnapshotAttribute",
    #"{"snapshotId":"${own snap golden}","createVolumePermission":{"add":{"items":[{"userId":"${purpose unlisted-outsider}"}]}},"attributeType":"CREATE_VOLUME_PERMISSION"}"#,
    response: #"{"requestId":"${new uuid request}","_return":true}"#)

  static let recoveryPointDeletion: [Call] = [
    Call(
      "rds", "DeleteDBSnapshot", #"{"dBSnapshotIdentifier":"awsbackup:job-${new uuid backup}"}"#,
      response:
        #"{"dBSnapshotIdentifier":"awsbackup:job-${new uuid backup}","dBInstanceIdentifier":"orders","status":"deleted"}"#
    ),
    Call(
      "ec2", "DeleteSnapshot", #"{"snapshotId":"${new snap backup}"}"#,
      response: #"{"requestId":"${new uuid request}","_return":true}"#),
    Call("backup", "BackupDeleted").by(.service("backup.amazonaws.com")).with {
      $0.kind = .service
      $0.serviceDetails =
        #"{"recoveryPointArn":"arn:aws:ec2:${region}::snapshot/${new snap backup}","backupVaultName":"${slug}-vault","state":{"value":"DELETED"}}"#
    },
  ]
}

extension Principal {
  /// A role that no operating model knows, acting through a service.
  static func stranger(through service: String) -> Principal {
    Principal(
      identity: .role("imaging-temp-access", session: "worker-${new word worker}"),
      source: .service(service), agent: Template(service))
  }
}
