"""Templates of storage, database, messaging and key services."""
from .compute import SERVICE
from .template import Template as T

BUCKET = ("AWS::S3::Bucket", "arn:aws:s3:::<bucket>")
OBJECT = ("AWS::S3::Object", "arn:aws:s3:::<bucket>/<key>")
KEY = ("AWS::KMS::Key", "arn:aws:kms:<region>:<account>:key/<keyid>")
TABLE = ("AWS::DynamoDB::Table", "arn:aws:dynamodb:<region>:<account>:table/<name>")
S3 = {"SignatureVersion": "SigV4", "CipherSuite": "ECDHE-RSA-AES128-GCM-SHA256", "bytesTransferredIn": 0,
      "AuthenticationMethod": "AuthHeader", "x-amz-id-2": "<blob76>", "bytesTransferredOut": "<int>"}
HOST = "<bucket>.s3.<region>.amazonaws.com"
S3_DENIED = ("AccessDenied", "User: <actorarn> is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::<bucket>/<key>\" "
             "because no identity-based policy allows the s3:GetObject action")
NO_KEY = ("NoSuchKey", "The specified key does not exist.")


def bucket(name, personas, argument, errors=(), **options):
    return T("s3", name, personas, {"bucketName": "<bucket>", "Host": HOST, argument: ""}, extra=S3, resources=[BUCKET],
             errors=[("AccessDenied", "Access Denied"), *errors], **options)


TEMPLATES = [
    T("s3", "GetObject", "app", {"bucketName": "<bucket>", "Host": HOST, "key": "<key>"}, extra=S3, data=True,
      resources=[OBJECT, BUCKET], errors=[S3_DENIED, NO_KEY]),
    T("s3", "PutObject", "app deploy", {"bucketName": "<bucket>", "Host": HOST, "key": "<key>", "x-amz-server-side-encryption": "aws:kms"},
      {"x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id":
       "arn:aws:kms:<region>:<account>:key/<keyid>", "x-amz-version-id": "<blob32>"}, extra=S3, data=True,
      resources=[OBJECT, BUCKET], errors=[S3_DENIED]),
    T("s3", "HeadObject", "app deploy", {"bucketName": "<bucket>", "Host": HOST, "key": "<key>"}, extra=S3, data=True,
      resources=[OBJECT, BUCKET], errors=[NO_KEY]),
    T("s3", "DeleteObject", "app", {"bucketName": "<bucket>", "Host": HOST, "key": "<key>"}, extra=S3, data=True,
      resources=[OBJECT, BUCKET]),
    T("s3", "ListObjects", "app ops", {"bucketName": "<bucket>", "Host": HOST, "list-type": "2", "prefix": "<key>", "max-keys": "1000"},
      extra=S3, data=True, resources=[("AWS::S3::Object", "arn:aws:s3:::<bucket>/"), BUCKET], errors=[S3_DENIED]),
    T("s3", "ListBuckets", "ops audit", {"Host": "s3.<region>.amazonaws.com"}, extra=S3),
    bucket("GetBucketAcl", "audit ops", "acl"),
    bucket("GetBucketLocation", "ops app", "location"),
    bucket("GetBucketVersioning", "audit deploy", "versioning"),
    bucket("GetBucketPolicy", "audit ops", "policy", [("NoSuchBucketPolicy", "The bucket policy does not exist")]),
    bucket("GetBucketEncryption", "audit", "encryption", [
        ("ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found")]),
    bucket("GetBucketPublicAccessBlock", "audit", "publicAccessBlock", [
        ("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")]),
    T("s3", "PutBucketPolicy", "deploy ops", {"bucketName": "<bucket>", "Host": HOST, "policy": "", "bucketPolicy": {
        "Version": "2012-10-17", "Statement": [{"Sid": "TLS only", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [
            "arn:aws:s3:::<bucket>", "arn:aws:s3:::<bucket>/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}},
      extra=S3, resources=[BUCKET], errors=[("AccessDenied", "Access Denied")]),
    T("s3", "GetBucketAcl", "service", {"bucketName": "<bucket>", "Host": HOST, "acl": ""}, extra=S3, resources=[BUCKET],
      identity={"type": "AWSService", "invokedBy": "cloudtrail.amazonaws.com"}, agent="cloudtrail.amazonaws.com", ip="cloudtrail.amazonaws.com"),
    T("kms", "Decrypt", "app", {"encryptionContext": {"SecretARN": "arn:aws:secretsmanager:<region>:<account>:secret:<name>-AbCdEf",
                                                      "SecretVersionId": "<uuid>"}, "encryptionAlgorithm": "SYMMETRIC_DEFAULT"},
      resources=[KEY], errors=[("AccessDenied", "User: <actorarn> is not authorized to perform: kms:Decrypt on resource: "
                                "arn:aws:kms:<region>:<account>:key/<keyid> because no resource-based policy allows the kms:Decrypt action")]),
    T("kms", "GenerateDataKey", "app", {"keyId": "arn:aws:kms:<region>:<account>:key/<keyid>", "keySpec": "AES_256", "encryptionContext": {
        "aws:s3:arn": "arn:aws:s3:::<bucket>/<key>"}}, resources=[KEY]),
    T("kms", "Decrypt", "service", {"encryptionContext": {"aws:lambda:FunctionArn": "arn:aws:lambda:<region>:<account>:function:<name>"},
                                    "encryptionAlgorithm": "SYMMETRIC_DEFAULT"}, resources=[KEY], identity=SERVICE, agent="<service>", ip="<service>"),
    T("kms", "DescribeKey", "audit deploy", {"keyId": "<keyid>"}, resources=[KEY], errors=[
        ("NotFoundException", "Key 'arn:aws:kms:<region>:<account>:key/<keyid>' does not exist")]),
    T("kms", "CreateGrant", "app deploy", {"keyId": "arn:aws:kms:<region>:<account>:key/<keyid>", "granteePrincipal":
                                          "ec2.<region>.amazonaws.com", "operations": ["Decrypt", "GenerateDataKeyWithoutPlaintext", "CreateGrant"],
                                          "constraints": {"encryptionContextSubset": {"aws:ebs:id": "vol-<hex>"}}},
      {"grantId": "<digest><digest.2>", "keyId": "arn:aws:kms:<region>:<account>:key/<keyid>"}, resources=[KEY]),
    T("kms", "ListAliases", "audit ops", {"limit": 100}),
    T("secretsmanager", "GetSecretValue", "app deploy", {"secretId": "<name>", "versionStage": "AWSCURRENT"}, errors=[
        ("AccessDenied", "User: <actorarn> is not authorized to perform: secretsmanager:GetSecretValue on resource: <name> because no "
         "identity-based policy allows the secretsmanager:GetSecretValue action")]),
    T("secretsmanager", "GetSecretValue", "app", {"secretId": "arn:aws:secretsmanager:<region>:<account>:secret:<name>-AbCdEf"}),
    T("secretsmanager", "DescribeSecret", "audit deploy", {"secretId": "<name>"}),
    T("secretsmanager", "PutSecretValue", "deploy app", {"secretId": "<name>", "clientRequestToken": "<uuid>"},
      {"arn": "arn:aws:secretsmanager:<region>:<account>:secret:<name>-AbCdEf", "versionId": "<uuid>"}),
    T("dynamodb", "DescribeTable", "app ops", {"tableName": "<name>"}, resources=[TABLE], api="2012-08-10", errors=[
        ("ResourceNotFoundException", "Requested resource not found: Table: <name> not found")]),
    T("dynamodb", "GetItem", "app", {"tableName": "<name>", "key": {"id": "HIDDEN_DUE_TO_SECURITY_REASONS"}, "consistentRead": False},
      resources=[TABLE], api="2012-08-10", data=True),
    T("dynamodb", "PutItem", "app", {"tableName": "<name>", "key": {"id": "HIDDEN_DUE_TO_SECURITY_REASONS"}, "items": ["id", "etat", "größe"]},
      resources=[TABLE], api="2012-08-10", data=True, errors=[("ConditionalCheckFailedException", "The conditional request failed")]),
    T("dynamodb", "Query", "app", {"tableName": "<name>", "keyConditionExpression": "HIDDEN_DUE_TO_SECURITY_REASONS", "limit": 100},
      resources=[TABLE], api="2012-08-10", data=True, errors=[("ProvisionedThroughputExceededException", "Rate of requests exceeds the throughput")]),
    T("dynamodb", "UpdateContinuousBackups", "deploy", {"tableName": "<name>", "pointInTimeRecoverySpecification": {
        "pointInTimeRecoveryEnabled": True}}, {"continuousBackupsDescription": {"continuousBackupsStatus": "ENABLED"}},
      resources=[TABLE], api="2012-08-10"),
    T("rds", "DescribeDBInstances", "ops audit app", {"dBInstanceIdentifier": "<name>"}, errors=[
        ("DBInstanceNotFound", "DBInstance <name> not found.")]),
    T("rds", "DescribeDBClusters", "ops audit", {"maxRecords": 100, "includeShared": False}),
    T("rds", "CreateDBSnapshot", "ops deploy", {"dBSnapshotIdentifier": "<name>-<octet>", "dBInstanceIdentifier": "<name>"},
      {"dBSnapshotIdentifier": "<name>-<octet>", "dBInstanceIdentifier": "<name>", "engine": "postgres", "engineVersion": "14.7",
       "allocatedStorage": 200, "status": "creating", "availabilityZone": "<region>a", "vpcId": "vpc-<hex>", "port": 5432,
       "masterUsername": "postgres", "licenseModel": "postgresql-license", "snapshotType": "manual", "encrypted": True,
       "kmsKeyId": "arn:aws:kms:<region>:<account>:key/<keyid>", "percentProgress": 0, "storageType": "gp3",
       "dBSnapshotArn": "arn:aws:rds:<region>:<account>:snapshot:<name>-<octet>", "iAMDatabaseAuthenticationEnabled": False}),
    T("rds", "ModifyDBInstance", "deploy ops", {"dBInstanceIdentifier": "<name>", "allowMajorVersionUpgrade": False, "applyImmediately": True,
                                               "dBInstanceClass": "db.r5.large", "masterUserPassword": "****"}),
    T("elasticache", "DescribeCacheClusters", "ops app", {"cacheClusterId": "<name>", "showCacheNodeInfo": True}),
    T("sqs", "ReceiveMessage", "app", {"queueUrl": "https://sqs.<region>.amazonaws.com/<account>/<name>", "maxNumberOfMessages": 10,
                                       "waitTimeSeconds": 20}, data=True,
      resources=[("AWS::SQS::Queue", "arn:aws:sqs:<region>:<account>:<name>")]),
    T("sqs", "GetQueueAttributes", "app ops", {"queueUrl": "https://sqs.<region>.amazonaws.com/<account>/<name>",
                                               "attributeNames": ["ApproximateNumberOfMessages", "QueueArn"]}),
    T("sns", "Publish", "app", {"topicArn": "arn:aws:sns:<region>:<account>:<name>", "message": "HIDDEN_DUE_TO_SECURITY_REASONS",
                                "messageStructure": "json"}, {"messageId": "<uuid>"}, data=True,
      resources=[("AWS::SNS::Topic", "arn:aws:sns:<region>:<account>:<name>")]),
    T("sns", "ListTopics", "audit ops", None),
    T("kinesis", "DescribeStreamSummary", "app", {"streamName": "<name>"}),
    T("firehose", "DescribeDeliveryStream", "app ops", {"deliveryStreamName": "<name>"}),
    T("glue", "GetTable", "app", {"catalogId": "<account>", "databaseName": "<name>", "name": "<name.2>"}, errors=[
        ("EntityNotFoundException", "Entity Not Found (Service: AWSGlue; Status Code: 400; Request ID: <uuid>)")]),
    T("glue", "GetPartitions", "app", {"databaseName": "<name>", "tableName": "<name.2>", "expression": "day >= '2024-05-01'"}),
    T("glue", "StartJobRun", "app deploy", {"jobName": "<name>", "arguments": "HIDDEN_DUE_TO_SECURITY_REASONS"},
      {"jobRunId": "jr_<digest><digest.2>"}),
    T("athena", "StartQueryExecution", "app ops", {"queryString": "***OMITTED***", "clientRequestToken": "<uuid>", "queryExecutionContext": {
        "database": "<name>"}, "resultConfiguration": {"outputLocation": "s3://<bucket>/results/"}, "workGroup": "primary"},
      {"queryExecutionId": "<uuid>"}),
    T("athena", "GetQueryExecution", "app ops", {"queryExecutionId": "<uuid>"}),
    T("backup", "StartBackupJob", "app ops", {"backupVaultName": "<name>", "resourceArn": "arn:aws:ec2:<region>:<account>:volume/vol-<hex>",
                                             "iamRoleArn": "arn:aws:iam::<account>:role/service-role/AWSBackupDefaultServiceRole"},
      {"backupJobId": "<uuid>", "creationDate": "May 4, 2024, 5:00:00 AM"}),
]
