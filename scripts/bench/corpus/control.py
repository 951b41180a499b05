"""Templates of identity, deployment, monitoring and audit services."""
from .compute import ACCESS_DENIED, SERVICE
from .template import Template as T

CREDENTIALS = {"accessKeyId": "ASIA<accesskey>", "sessionToken": "<blob420>", "expiration": "May 5, 2024, 10:12:25 AM"}
ROLE = ("AWS::IAM::Role", "arn:aws:iam::<account>:role/<role>")
DENIED = ("AccessDenied", "User: <actorarn> is not authorized to perform: this action on resource: arn:aws:iam::<account>:role/<role> "
          "because no identity-based policy allows the action")
NO_ENTITY = ("NoSuchEntityException", "The role with name <role> cannot be found.")
POLICY = ("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],"
          "\"Resource\":[\"arn:aws:s3:::<bucket>\",\"arn:aws:s3:::<bucket>/*\"]}]}")
ASSUMED = {"assumedRoleId": "AROA<accesskey.2>:<session>", "arn": "arn:aws:sts::<account>:assumed-role/<role>/<session>"}

TEMPLATES = [
    T("sts", "AssumeRole", "app deploy ops", {"roleArn": "arn:aws:iam::<account>:role/<role>", "roleSessionName": "<session>",
                                             "durationSeconds": 3600}, {"credentials": CREDENTIALS, "assumedRoleUser": ASSUMED},
      resources=[ROLE], errors=[DENIED], version="1.08"),
    T("sts", "AssumeRole", "service", {"roleArn": "arn:aws:iam::<account>:role/<role>", "roleSessionName": "<session>"},
      {"credentials": CREDENTIALS, "assumedRoleUser": ASSUMED}, resources=[ROLE], identity=SERVICE, agent="<service>", ip="<service>",
      version="1.08"),
    T("sts", "AssumeRoleWithWebIdentity", "service", {"roleArn": "arn:aws:iam::<account>:role/<role>", "roleSessionName": "<session>"},
      {"credentials": CREDENTIALS, "assumedRoleUser": ASSUMED, "provider": "arn:aws:iam::<account>:oidc-provider/oidc.eks.<region>.amazonaws.com/id/<digest>",
       "subjectFromWebIdentityToken": "system:serviceaccount:default:<name>", "audience": "sts.amazonaws.com"},
      resources=[ROLE], identity={
          "type": "WebIdentityUser", "principalId": "arn:aws:iam::<account>:oidc-provider/oidc.eks.<region>.amazonaws.com/id/<digest>:sts.amazonaws.com:"
          "system:serviceaccount:default:<name>", "userName": "system:serviceaccount:default:<name>",
          "identityProvider": "arn:aws:iam::<account>:oidc-provider/oidc.eks.<region>.amazonaws.com/id/<digest>"}),
    T("sts", "AssumeRoleWithSAML", "service", {"sAMLAssertionID": "_<uuid>", "roleSessionName": "<mail>", "durationSeconds": 3600,
                                               "roleArn": "arn:aws:iam::<account>:role/<role>",
                                               "principalArn": "arn:aws:iam::<account>:saml-provider/corporate"},
      {"credentials": CREDENTIALS, "assumedRoleUser": ASSUMED, "subject": "<mail>", "subjectType": "persistent",
       "issuer": "https://idp.example.com/saml", "audience": "https://signin.aws.amazon.com/saml", "nameQualifier": "<blob32>"},
      resources=[ROLE], identity={"type": "SAMLUser", "principalId": "<blob32>:<mail>", "userName": "<mail>", "identityProvider": "<blob32>"}),
    T("sts", "GetCallerIdentity", "ops deploy app audit", None, version="1.08"),
    T("signin", "ConsoleLogin", "human", None, {"ConsoleLogin": "Success"}, read=False, kind="AwsConsoleSignIn", version="1.08", extra={
        "LoginTo": "https://console.aws.amazon.com/console/home", "MobileVersion": "No", "MFAUsed": "Yes"}),
    T("signin", "SwitchRole", "human", None, {"SwitchRole": "Success"}, read=False, kind="AwsConsoleSignIn", version="1.08", extra={
        "SwitchFrom": "arn:aws:iam::<account>:role/<role>", "RedirectTo": "https://console.aws.amazon.com/console/home"}),
    T("sso", "GetRoleCredentials", "service", {"roleName": "AWSReservedSSO_ReadOnly", "accountId": "<account>"},
      {"roleCredentials": {"accessKeyId": "ASIA<accesskey>", "expiration": "<epoch>"}}, agent="aws-cli/2.15.30 Python/3.11.8",
      ip="198.51.100.<octet>", identity={"type": "IdentityCenterUser", "accountId": "<account>", "onBehalfOf": {
          "userId": "<uuid>", "identityStoreArn": "arn:aws:identitystore::<account>:identitystore/d-1234567890"}, "credentialId": "<uuid>"},
      version="1.08"),
    T("iam", "GetRole", "deploy audit", {"roleName": "<role>"}, errors=[NO_ENTITY, DENIED], version="1.08"),
    T("iam", "ListRoles", "audit ops", {"maxItems": 100}, errors=[DENIED]),
    T("iam", "ListUsers", "audit ops", {"maxItems": 100}),
    T("iam", "ListAttachedRolePolicies", "deploy audit", {"roleName": "<role>"}, errors=[NO_ENTITY]),
    T("iam", "GetRolePolicy", "deploy audit", {"roleName": "<role>", "policyName": "<name>"}),
    T("iam", "ListAccessKeys", "audit human", {"userName": "<user>"}),
    T("iam", "GetAccessKeyLastUsed", "audit", {"accessKeyId": "AKIA<accesskey>"}, {"userName": "<user>"}),
    T("iam", "CreateRole", "deploy", {"roleName": "<role>", "path": "/", "description": "for <name>", "assumeRolePolicyDocument":
                                      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},"
                                      "\"Action\":\"sts:AssumeRole\"}]}"},
      {"role": {"path": "/", "roleName": "<role>", "roleId": "AROA<accesskey>", "arn": "arn:aws:iam::<account>:role/<role>",
                "createDate": "May 4, 2024, 9:41:07 AM", "assumeRolePolicyDocument": "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22"
                "%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22lambda.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D"}},
      errors=[("EntityAlreadyExistsException", "Role with name <role> already exists."), DENIED]),
    T("iam", "AttachRolePolicy", "deploy", {"roleName": "<role>", "policyArn": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"},
      errors=[DENIED]),
    T("iam", "PutRolePolicy", "deploy", {"roleName": "<role>", "policyName": "<name>", "policyDocument": POLICY}, errors=[DENIED]),
    T("iam", "CreateAccessKey", "human", {"userName": "<user>"}, {"accessKey": {
        "userName": "<user>", "accessKeyId": "AKIA<accesskey>", "status": "Active", "createDate": "May 4, 2024, 9:41:07 AM"}}, errors=[DENIED]),
    T("iam", "GenerateCredentialReport", "audit", None, {"state": "STARTED", "description": "No report exists."}),
    T("organizations", "ListAccounts", "audit", {"maxResults": 20}, errors=[ACCESS_DENIED]),
    T("cloudformation", "DescribeStacks", "deploy ops", {"stackName": "<name>"}, errors=[
        ("ValidationError", "Stack with id <name> does not exist")]),
    T("cloudformation", "DescribeStackEvents", "deploy", {"stackName": "arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>"}),
    T("cloudformation", "CreateChangeSet", "deploy", {
        "stackName": "<name>", "changeSetName": "cdk-deploy-change-set", "changeSetType": "UPDATE", "includeNestedStacks": True,
        "capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"], "clientToken": "<uuid>",
        "templateURL": "https://<bucket>.s3.<region>.amazonaws.com/<digest>.json", "parameters": [{"parameterKey": "BootstrapVersion"}],
        "tags": [{"key": "environment", "value": "production"}]},
      {"id": "arn:aws:cloudformation:<region>:<account>:changeSet/cdk-deploy-change-set/<uuid>",
       "stackId": "arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid.2>"}),
    T("cloudformation", "UpdateStack", "deploy", {"stackName": "<name>", "capabilities": ["CAPABILITY_IAM"], "usePreviousTemplate": True},
      {"stackId": "arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid.2>"}, errors=[
          ("ValidationError", "No updates are to be performed.")]),
    T("codebuild", "BatchGetBuilds", "deploy", {"ids": ["<name>:<uuid>"]}),
    T("codebuild", "StartBuild", "deploy", {"projectName": "<name>", "sourceVersion": "<digest>"}, {"build": {
        "id": "<name>:<uuid>", "arn": "arn:aws:codebuild:<region>:<account>:build/<name>:<uuid>", "buildStatus": "IN_PROGRESS",
        "projectName": "<name>", "currentPhase": "QUEUED", "initiator": "<role>", "timeoutInMinutes": 60, "environment": {
            "type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL", "privilegedMode": True},
        "encryptionKey": "arn:aws:kms:<region>:<account>:alias/aws/s3"}}),
    T("codepipeline", "GetPipelineState", "deploy ops", {"name": "<name>"}),
    T("codepipeline", "PutJobSuccessResult", "deploy app", {"jobId": "<uuid>"}),
    T("ssm", "UpdateInstanceInformation", "app", {"instanceId": "i-<hex>", "agentVersion": "3.2.1705.0", "agentStatus": "Active",
                                                 "platformType": "Linux", "platformName": "Amazon Linux", "platformVersion": "2",
                                                 "iPAddress": "10.0.<octet>.<octet.2>", "computerName": "ip-10-0-<octet>-<octet.2>.ec2.internal",
                                                 "agentName": "amazon-ssm-agent"}),
    T("ssm", "GetParameter", "app deploy", {"name": "/<name>/database/url", "withDecryption": True}, errors=[
        ("ParameterNotFound", "Parameter /<name>/database/url not found.")],
      resources=[("AWS::SSM::Parameter", "arn:aws:ssm:<region>:<account>:parameter/<name>/database/url")]),
    T("ssm", "GetParametersByPath", "app", {"path": "/<name>/", "recursive": True, "withDecryption": True, "maxResults": 10}),
    T("ssm", "StartSession", "human ops", {"target": "i-<hex>", "documentName": "SSM-SessionManagerRunShell"},
      {"sessionId": "<session>-<hex.2>", "tokenValue": "Value hidden due to security reasons.",
       "streamUrl": "wss://ssmmessages.<region>.amazonaws.com/v1/data-channel/<session>-<hex.2>?role=publish_subscribe"},
      errors=[("TargetNotConnected", "i-<hex> is not connected.")]),
    T("ssm", "PutInventory", "app", {"instanceId": "i-<hex>", "items": [{"typeName": "AWS:Application", "schemaVersion": "1.1",
                                                                        "captureTime": "<time>", "contentHash": "<digest>"}]}),
    T("logs", "CreateLogStream", "app", {"logGroupName": "/aws/lambda/<name>", "logStreamName": "2024/05/04/[$LATEST]<digest>"}, errors=[
        ("ResourceAlreadyExistsException", "The specified log stream already exists"), ACCESS_DENIED], api="20140328"),
    T("logs", "DescribeLogStreams", "app ops", {"logGroupName": "/aws/lambda/<name>", "orderBy": "LastEventTime", "descending": True, "limit": 50},
      api="20140328"),
    T("logs", "FilterLogEvents", "ops", {"logGroupName": "/ecs/<name>", "startTime": "<epoch>", "filterPattern": "?ERROR ?Exception", "interleaved": True},
      api="20140328"),
    T("monitoring", "DescribeAlarms", "ops app", {"alarmNames": ["<name>"], "maxRecords": 100}),
    T("monitoring", "PutMetricAlarm", "deploy app", {
        "alarmName": "TargetTracking-<name>-AlarmHigh-<uuid>", "namespace": "AWS/ECS", "metricName": "CPUUtilization", "statistic": "Average",
        "period": 60, "evaluationPeriods": 3, "threshold": 75.5, "comparisonOperator": "GreaterThanThreshold", "actionsEnabled": True,
        "dimensions": [{"name": "ClusterName", "value": "<name>"}, {"name": "ServiceName", "value": "<name.2>"}]}),
    T("events", "PutRule", "deploy", {"name": "<name>", "scheduleExpression": "rate(5 minutes)", "state": "ENABLED"},
      {"ruleArn": "arn:aws:events:<region>:<account>:rule/<name>"}),
    T("states", "StartExecution", "app", {"stateMachineArn": "arn:aws:states:<region>:<account>:stateMachine:<name>", "name": "<uuid>",
                                         "input": "HIDDEN_DUE_TO_SECURITY_REASONS"},
      {"executionArn": "arn:aws:states:<region>:<account>:execution:<name>:<uuid>", "startDate": "May 4, 2024, 9:41:07 AM"}),
    T("cloudtrail", "LookupEvents", "audit human", {"maxResults": 50, "startTime": "May 3, 2024, 12:00:00 AM"}),
    T("cloudtrail", "DescribeTrails", "audit", {"trailNameList": [], "includeShadowTrails": True}),
    T("cloudtrail", "GetTrailStatus", "audit", {"name": "arn:aws:cloudtrail:<region>:<account>:trail/management"}),
    T("config", "DescribeConfigurationRecorders", "audit", None),
    T("config", "PutEvaluations", "app", {"evaluations": [{
        "complianceResourceType": "AWS::EC2::Instance", "complianceResourceId": "i-<hex>", "complianceType": "COMPLIANT",
        "orderingTimestamp": "May 4, 2024, 9:41:07 AM"}], "resultToken": "<blob240>", "testMode": False}, {"failedEvaluations": []}),
    T("guardduty", "ListFindings", "audit", {"detectorId": "<digest>", "findingCriteria": {"criterion": {"severity": {"gte": 4}}},
                                            "maxResults": 50}),
    T("securityhub", "BatchImportFindings", "app audit", {"findings": [{
        "schemaVersion": "2018-10-08", "id": "arn:aws:securityhub:<region>:<account>:finding/<uuid>", "productArn":
        "arn:aws:securityhub:<region>::product/aws/config", "generatorId": "<name>", "awsAccountId": "<account>", "createdAt": "<time>",
        "title": "EBS volumes should be encrypted – “at rest”", "severity": {"label": "MEDIUM"}}]},
      {"failedCount": 0, "successCount": 1, "failedFindings": []}),
    T("acm", "ListCertificates", "audit ops", {"maxItems": 100, "certificateStatuses": ["ISSUED"]}),
    T("route53", "ChangeResourceRecordSets", "deploy app", {"hostedZoneId": "Z0<accesskey>", "changeBatch": {"changes": [{
        "action": "UPSERT", "resourceRecordSet": {"name": "<name>.internal.example.com.", "type": "CNAME", "tTL": 60, "resourceRecords": [
            {"value": "<name.2>.example.com"}]}}]}}, {"changeInfo": {"id": "/change/C0<accesskey>", "status": "PENDING",
                                                                    "submittedAt": "May 4, 2024, 9:41:07 AM"}}, api="2013-04-01"),
    T("route53", "ListHostedZones", "audit deploy", None, api="2013-04-01"),
    T("cloudfront", "CreateInvalidation", "deploy", {"distributionId": "E2<accesskey>", "invalidationBatch": {
        "callerReference": "<uuid>", "paths": {"quantity": 1, "items": ["/*"]}}}, {"location": "https://cloudfront.amazonaws.com/2020-05-31/"
                                                                               "distribution/E2<accesskey>/invalidation/I<accesskey.2>"}),
    T("wafv2", "GetWebACL", "audit ops", {"name": "<name>", "scope": "REGIONAL", "id": "<uuid>"}),
    T("health", "DescribeEventAggregates", "human ops", {"aggregateField": "eventTypeCategory", "filter": {
        "eventStatusCodes": ["open", "upcoming"], "startTimes": [{"from": "May 3, 2024, 12:00:00 AM"}]}}),
    T("support", "DescribeTrustedAdvisorChecks", "human audit", {"language": "en"}, errors=[
        ("SubscriptionRequiredException", "AWS Premium Support Subscription is required to use this service.")]),
    T("ce", "GetCostAndUsage", "human audit", {"timePeriod": {"start": "2024-04-01", "end": "2024-05-01"}, "granularity": "MONTHLY",
                                              "metrics": ["UnblendedCost"], "groupBy": [{"type": "DIMENSION", "key": "SERVICE"}]}),
]
