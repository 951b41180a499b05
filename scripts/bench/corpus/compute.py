"""Templates of compute, network and container services."""
from .template import Template as T

UNAUTHORIZED = ("Client.UnauthorizedOperation", "You are not authorized to perform this operation. User: <actorarn> is not "
                "authorized to perform: this action because no identity-based policy allows it. Encoded authorization "
                "failure message: <blob240>")
DRY_RUN = ("Client.DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
NO_INSTANCE = ("Client.InvalidInstanceID.NotFound", "The instance ID 'i-<hex>' does not exist")
ACCESS_DENIED = ("AccessDeniedException", "User: <actorarn> is not authorized to perform this action on resource: * because no "
                 "identity-based policy allows the action")
SERVICE = {"type": "AWSService", "invokedBy": "<service>"}


def ids(key, prefix, slots=("hex",)):
    return {"items": [{key: f"{prefix}-<{slot}>"} for slot in slots]}


def instance(state, previous):
    return {"instanceId": "i-<hex>", "currentState": {"code": state[0], "name": state[1]},
            "previousState": {"code": previous[0], "name": previous[1]}}


RUNNING, STOPPING, PENDING, STOPPED, ENDING = (16, "running"), (64, "stopping"), (0, "pending"), (80, "stopped"), (32, "shutting-down")
TAGS = [{"key": "Name", "value": "<name>"}, {"key": "environment", "value": "production"}, {"key": "team", "value": "Bücher & Café"}]
PERMISSION = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "groups": {}, "ipRanges": {"items": [
    {"cidrIp": "10.<octet>.0.0/16", "description": "from the office"}]}, "ipv6Ranges": {}, "prefixListIds": {}}

TEMPLATES = [
    T("ec2", "DescribeInstances", "ops app audit deploy", {"maxResults": 1000, "instancesSet": {}, "filterSet": {"items": [
        {"name": "tag:aws:autoscaling:groupName", "valueSet": {"items": [{"value": "<name>"}]}}]}}, errors=[UNAUTHORIZED]),
    T("ec2", "DescribeInstances", "ops app", {"instancesSet": ids("instanceId", "i", ("hex", "hex.2", "hex.3")), "filterSet": {}},
      errors=[NO_INSTANCE]),
    T("ec2", "DescribeInstanceStatus", "ops app", {"instancesSet": ids("instanceId", "i"), "filterSet": {},
                                                   "includeAllInstances": True}, errors=[UNAUTHORIZED]),
    T("ec2", "DescribeSecurityGroups", "ops audit deploy", {"securityGroupSet": {}, "securityGroupIdSet": ids("groupId", "sg"),
                                                           "filterSet": {}}, errors=[UNAUTHORIZED]),
    T("ec2", "DescribeSubnets", "ops deploy app", {"subnetSet": ids("subnetId", "subnet", ("hex", "hex.2")), "filterSet": {}}),
    T("ec2", "DescribeVpcs", "ops deploy audit", {"vpcSet": {}, "filterSet": {"items": [
        {"name": "isDefault", "valueSet": {"items": [{"value": "false"}]}}]}}, errors=[UNAUTHORIZED]),
    T("ec2", "DescribeNetworkInterfaces", "app ops", {"networkInterfaceIdSet": {}, "filterSet": {"items": [
        {"name": "attachment.instance-id", "valueSet": {"items": [{"value": "i-<hex>"}]}},
        {"name": "vpc-id", "valueSet": {"items": [{"value": "vpc-<hex.2>"}]}}]}}),
    T("ec2", "DescribeVolumes", "ops audit", {"volumeSet": ids("volumeId", "vol"), "filterSet": {}}),
    T("ec2", "DescribeSnapshots", "audit ops", {"maxResults": 100, "snapshotSet": {}, "ownersSet": {"items": [{"owner": "self"}]},
                                               "sharedUsersSet": {}, "filterSet": {}}),
    T("ec2", "DescribeImages", "deploy ops", {"imagesSet": ids("imageId", "ami"), "ownersSet": {}, "executableBySet": {},
                                             "filterSet": {}}),
    T("ec2", "DescribeRegions", "ops audit deploy", {"regionSet": {}}),
    T("ec2", "RunInstances", "deploy ops", {
        "instancesSet": {"items": [{"imageId": "ami-<hex>", "minCount": 1, "maxCount": 1, "keyName": "<name>"}]},
        "userData": "<sensitiveDataRemoved>", "instanceType": "m5.large", "blockDeviceMapping": {}, "availabilityZone": "<region>a",
        "monitoring": {"enabled": False}, "subnetId": "subnet-<hex.2>", "disableApiTermination": False,
        "iamInstanceProfile": {"name": "<role>"}, "clientToken": "<uuid>",
        "tagSpecificationSet": {"items": [{"resourceType": "instance", "tags": TAGS}]}},
      {"requestId": "<requestid>", "reservationId": "r-<hex.3>", "ownerId": "<account>", "groupSet": {}, "instancesSet": {"items": [
          {"instanceId": "i-<hex.4>", "imageId": "ami-<hex>", "currentState": {"code": 0, "name": "pending"},
           "privateDnsName": "ip-10-0-<octet>-<octet.2>.ec2.internal", "keyName": "<name>", "amiLaunchIndex": 0,
           "instanceType": "m5.large", "launchTime": "<epoch>", "placement": {"availabilityZone": "<region>a", "tenancy": "default"},
           "monitoring": {"state": "disabled"}, "subnetId": "subnet-<hex.2>", "vpcId": "vpc-<hex.5>",
           "privateIpAddress": "10.0.<octet>.<octet.2>", "architecture": "x86_64", "rootDeviceType": "ebs",
           "rootDeviceName": "/dev/xvda", "virtualizationType": "hvm", "hypervisor": "xen", "tagSet": {"items": TAGS}}]}},
      errors=[UNAUTHORIZED, DRY_RUN, ("Client.InstanceLimitExceeded", "Your quota allows for 0 more running instance(s).")]),
    T("ec2", "StartInstances", "ops deploy", {"instancesSet": ids("instanceId", "i")},
      {"requestId": "<requestid>", "instancesSet": {"items": [instance(PENDING, STOPPED)]}}, errors=[UNAUTHORIZED, NO_INSTANCE]),
    T("ec2", "StopInstances", "ops deploy", {"instancesSet": ids("instanceId", "i"), "force": False},
      {"requestId": "<requestid>", "instancesSet": {"items": [instance(STOPPING, RUNNING)]}}, errors=[UNAUTHORIZED]),
    T("ec2", "TerminateInstances", "deploy ops", {"instancesSet": ids("instanceId", "i")},
      {"requestId": "<requestid>", "instancesSet": {"items": [instance(ENDING, RUNNING)]}}, errors=[UNAUTHORIZED, NO_INSTANCE]),
    T("ec2", "AuthorizeSecurityGroupIngress", "deploy ops", {"groupId": "sg-<hex>", "ipPermissions": {"items": [PERMISSION]}},
      {"requestId": "<requestid>", "_return": True, "securityGroupRuleSet": {"items": [
          {"groupOwnerId": "<account>", "groupId": "sg-<hex>", "securityGroupRuleId": "sgr-<hex.2>", "isEgress": False,
           "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "10.<octet>.0.0/16"}]}},
      errors=[("Client.InvalidPermission.Duplicate", "the specified rule already exists"), UNAUTHORIZED]),
    T("ec2", "RevokeSecurityGroupIngress", "deploy", {"groupId": "sg-<hex>", "ipPermissions": {"items": [PERMISSION]}},
      {"requestId": "<requestid>", "_return": True, "unknownIpPermissionSet": {}}),
    T("ec2", "CreateTags", "deploy app", {"resourcesSet": {"items": [{"resourceId": "i-<hex>"}]}, "tagSet": {"items": TAGS}},
      {"requestId": "<requestid>", "_return": True}, errors=[UNAUTHORIZED]),
    T("ec2", "CreateNetworkInterface", "app deploy", {
        "subnetId": "subnet-<hex>", "description": "AWS Lambda VPC ENI-<name>-<uuid>", "groupSet": ids("groupId", "sg", ("hex.2",)),
        "privateIpAddressesSet": {}}, {"requestId": "<requestid>", "networkInterface": {
            "networkInterfaceId": "eni-<hex.3>", "subnetId": "subnet-<hex>", "vpcId": "vpc-<hex.4>", "availabilityZone": "<region>b",
            "description": "AWS Lambda VPC ENI-<name>-<uuid>", "ownerId": "<account>", "requesterManaged": False, "status": "pending",
            "macAddress": "0a:58:0a:00:1b:2c", "privateIpAddress": "10.0.<octet>.<octet.2>", "sourceDestCheck": True,
            "interfaceType": "lambda", "groupSet": {"items": [{"groupId": "sg-<hex.2>", "groupName": "<name>"}]},
            "privateIpAddressesSet": {"item": [{"privateIpAddress": "10.0.<octet>.<octet.2>", "primary": True}]}}}),
    T("ec2", "CreateSnapshot", "ops deploy", {"volumeId": "vol-<hex>", "description": "nightly backup of <name>"},
      {"requestId": "<requestid>", "snapshotId": "snap-<hex.2>", "volumeId": "vol-<hex>", "status": "pending", "startTime": "<epoch>",
       "ownerId": "<account>", "volumeSize": "100", "description": "nightly backup of <name>"}),
    T("autoscaling", "DescribeAutoScalingGroups", "app ops", {"autoScalingGroupNames": ["<name>"], "maxRecords": 100},
      errors=[("ThrottlingException", "Rate exceeded")]),
    T("autoscaling", "UpdateAutoScalingGroup", "deploy ops", {"autoScalingGroupName": "<name>", "minSize": 2, "maxSize": 10,
                                                             "desiredCapacity": 4}),
    T("autoscaling", "SetDesiredCapacity", "app deploy", {"autoScalingGroupName": "<name>", "desiredCapacity": 3,
                                                         "honorCooldown": True}),
    T("elasticloadbalancing", "DescribeTargetHealth", "app ops", {
        "targetGroupArn": "arn:aws:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<hex>"}, api="2015-12-01"),
    T("elasticloadbalancing", "DescribeLoadBalancers", "app ops audit", {"names": ["<name>"], "pageSize": 400}, api="2015-12-01"),
    T("elasticloadbalancing", "RegisterTargets", "app deploy", {
        "targetGroupArn": "arn:aws:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<hex>",
        "targets": [{"id": "10.0.<octet>.<octet.2>", "port": 8080}]}, api="2015-12-01"),
    T("ecs", "DescribeServices", "app deploy ops", {"cluster": "<name>", "services": ["<name.2>"]}),
    T("ecs", "UpdateService", "deploy", {"cluster": "<name>", "service": "<name.2>", "desiredCount": 4, "forceNewDeployment": True,
                                         "taskDefinition": "arn:aws:ecs:<region>:<account>:task-definition/<name.2>:<octet>"},
      {"service": {"serviceArn": "arn:aws:ecs:<region>:<account>:service/<name>/<name.2>", "serviceName": "<name.2>",
                   "clusterArn": "arn:aws:ecs:<region>:<account>:cluster/<name>", "status": "ACTIVE", "desiredCount": 4,
                   "runningCount": 3, "pendingCount": 1, "launchType": "FARGATE", "platformVersion": "LATEST",
                   "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
                   "createdAt": "Mar 4, 2024, 9:12:45 AM", "schedulingStrategy": "REPLICA", "enableECSManagedTags": True}},
      errors=[ACCESS_DENIED]),
    T("ecs", "RunTask", "app deploy", {
        "cluster": "<name>", "taskDefinition": "<name.2>", "launchType": "FARGATE", "count": 1, "networkConfiguration": {
            "awsvpcConfiguration": {"subnets": ["subnet-<hex>"], "securityGroups": ["sg-<hex.2>"], "assignPublicIp": "DISABLED"}}},
      {"tasks": [{"taskArn": "arn:aws:ecs:<region>:<account>:task/<name>/<digest>", "lastStatus": "PROVISIONING",
                  "desiredStatus": "RUNNING", "cpu": "512", "memory": "1024", "group": "family:<name.2>"}], "failures": []}),
    T("ecs", "SubmitTaskStateChange", "app", {"cluster": "<name>", "task": "arn:aws:ecs:<region>:<account>:task/<name>/<digest>",
                                              "status": "RUNNING"}, {"acknowledgment": "ACK"}),
    T("ecr", "GetAuthorizationToken", "app deploy", {}, errors=[ACCESS_DENIED]),
    T("ecr", "BatchGetImage", "app deploy", {"registryId": "<account>", "repositoryName": "<name>", "imageIds": [
        {"imageTag": "release-<octet>"}], "acceptedMediaTypes": ["application/vnd.docker.distribution.manifest.v2+json"]},
      resources=[("AWS::ECR::Repository", "arn:aws:ecr:<region>:<account>:repository/<name>")]),
    T("ecr", "GetDownloadUrlForLayer", "app", {"registryId": "<account>", "repositoryName": "<name>", "layerDigest": "sha256:<digest><digest.2>"},
      resources=[("AWS::ECR::Repository", "arn:aws:ecr:<region>:<account>:repository/<name>")]),
    T("ecr", "PutImage", "deploy", {"registryId": "<account>", "repositoryName": "<name>", "imageTag": "release-<octet>",
                                    "imageManifestMediaType": "application/vnd.docker.distribution.manifest.v2+json"},
      {"image": {"registryId": "<account>", "repositoryName": "<name>", "imageId": {
          "imageDigest": "sha256:<digest><digest.2>", "imageTag": "release-<octet>"}}},
      resources=[("AWS::ECR::Repository", "arn:aws:ecr:<region>:<account>:repository/<name>")]),
    T("eks", "DescribeCluster", "ops deploy app", {"name": "<name>"}, errors=[
        ("ResourceNotFoundException", "No cluster found for name: <name>.")]),
    T("eks", "ListNodegroups", "ops app", {"name": "<name>", "maxResults": 100}),
    T("lambda", "Invoke", "app", {"functionName": "<name>", "invocationType": "RequestResponse"}, data=True,
      extra={"functionVersion": "arn:aws:lambda:<region>:<account>:function:<name>:$LATEST"},
      resources=[("AWS::Lambda::Function", "arn:aws:lambda:<region>:<account>:function:<name>")]),
    T("lambda", "UpdateFunctionCode20150331v2", "deploy", {
        "functionName": "<name>", "s3Bucket": "<bucket>", "s3Key": "builds/<digest>.zip", "publish": True, "dryRun": False},
      {"functionName": "<name>", "functionArn": "arn:aws:lambda:<region>:<account>:function:<name>", "runtime": "python3.9",
       "role": "arn:aws:iam::<account>:role/<role>", "handler": "app.handler", "codeSize": "<int>", "timeout": 30, "memorySize": 256,
       "lastModified": "<time>", "codeSha256": "<blob44>", "version": "$LATEST", "tracingConfig": {"mode": "PassThrough"},
       "revisionId": "<uuid>", "state": "Active", "lastUpdateStatus": "InProgress", "packageType": "Zip", "architectures": ["x86_64"]},
      errors=[ACCESS_DENIED]),
    T("lambda", "GetFunction20150331v2", "deploy ops", {"functionName": "<name>"}, errors=[
        ("ResourceNotFoundException", "Function not found: arn:aws:lambda:<region>:<account>:function:<name>")]),
    T("lambda", "ListFunctions20150331", "audit ops", {"maxItems": 50}),
    T("batch", "SubmitJob", "app", {"jobName": "<name>", "jobQueue": "<name.2>", "jobDefinition": "<name>:<octet>"},
      {"jobArn": "arn:aws:batch:<region>:<account>:job/<uuid>", "jobName": "<name>", "jobId": "<uuid>"}),
]
