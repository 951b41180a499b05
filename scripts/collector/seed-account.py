"""Fills moto's server with an organisation and one of its accounts: seed-account.py ENDPOINT REGION.

Prints, as JSON, what a log and the checks have to know: the account's id, its addresses and how many resources it has.
"""

import io
import json
import sys
import zipfile

import boto3

TAGS = [{"Key": "team", "Value": "payments"}]
TABLES = 103  # DynamoDB lists a hundred in one answer


def main(endpoint, region):
    hub = boto3.Session(aws_access_key_id="seed", aws_secret_access_key="seed", region_name=region)
    organization = hub.client("organizations", endpoint_url=endpoint)
    organization.create_organization(FeatureSet="ALL")
    made = organization.create_account(AccountName="payments-prod", Email="payments@example.com")
    account = made["CreateAccountStatus"]["AccountId"]
    # moto knows Security Hub as no service that can be delegated.
    organization.register_delegated_administrator(AccountId=account, ServicePrincipal="guardduty.amazonaws.com")
    role = hub.client("sts", endpoint_url=endpoint).assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/seed", RoleSessionName="seed"
    )["Credentials"]
    session = boto3.Session(role["AccessKeyId"], role["SecretAccessKey"], role["SessionToken"], region_name=region)
    seed = Seed(lambda service: session.client(service, endpoint_url=endpoint), account, region)
    print(json.dumps({"account": account, "addresses": seed.addresses(), "counts": seed.resources()}))


class Seed:
    def __init__(self, client, account, region):
        self.client, self.account, self.region = client, account, region

    def addresses(self):
        """An elastic address, and one that a NAT gateway leaves by; an instance has a third."""
        ec2 = self.client("ec2")
        network = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        answers = [
            ec2.create_subnet(VpcId=network, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=self.region + letter)
            for number, letter in enumerate("ab")
        ]
        self.subnets = [answer["Subnet"]["SubnetId"] for answer in answers]
        office, gateway = (ec2.allocate_address(Domain="vpc") for _ in range(2))
        ec2.create_nat_gateway(SubnetId=self.subnets[0], AllocationId=gateway["AllocationId"])
        image = ec2.describe_images()["Images"][0]["ImageId"]
        started = ec2.run_instances(ImageId=image, MinCount=3, MaxCount=3, InstanceType="t3.micro")["Instances"]
        listed = ec2.describe_instances(InstanceIds=[started[0]["InstanceId"]])
        instance = listed["Reservations"][0]["Instances"][0]["PublicIpAddress"]
        return {"elastic": office["PublicIp"], "gateway": gateway["PublicIp"], "instance": instance}

    def resources(self):
        for number in range(4):
            self.client("s3").create_bucket(
                Bucket=f"ledger-{self.account}-{number}",
                CreateBucketConfiguration={"LocationConstraint": self.region},
            )
        for number in range(TABLES):
            self.client("dynamodb").create_table(
                TableName=f"orders-{number:03}",
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
        self.client("rds").create_db_instance(
            DBInstanceIdentifier="ledger", DBInstanceClass="db.t3.micro", Engine="postgres", AllocatedStorage=20,
            MasterUsername="owner", MasterUserPassword="not-a-secret", Tags=TAGS,
        )
        role = f"arn:aws:iam::{self.account}:role/service"
        self.client("eks").create_cluster(name="apps", roleArn=role, resourcesVpcConfig={"subnetIds": self.subnets})
        self.client("ecs").create_cluster(clusterName="batch")
        self.client("elbv2").create_load_balancer(Name="front", Subnets=self.subnets, Tags=TAGS)
        self.client("iam").create_role(RoleName="service", AssumeRolePolicyDocument="{}")
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("resize.py", "def handler(event, context): pass")
        self.client("lambda").create_function(
            FunctionName="resize", Runtime="python3.12", Role=role, Handler="resize.handler",
            Code={"ZipFile": code.getvalue()}, Tags={"team": "payments"},
        )
        self.watch()
        return {
            "S3 bucket": 4, "DynamoDB table": TABLES, "RDS database": 1, "EKS cluster": 1, "ECS cluster": 1,
            "Lambda function": 1, "EC2 instance": 3, "load balancer": 1,
        }

    def watch(self):
        """One trail that logs and one that was stopped; a recorder that stands still; GuardDuty and Macie are on."""
        for name in ("all", "old"):
            self.client("cloudtrail").create_trail(
                Name=name, S3BucketName=f"ledger-{self.account}-0", IsMultiRegionTrail=name == "all"
            )
        self.client("cloudtrail").start_logging(Name="all")
        self.keep_logs(f"ledger-{self.account}-0")
        self.client("events").put_rule(Name="page", EventPattern='{"source": ["aws.guardduty"]}')
        role = f"arn:aws:iam::{self.account}:role/service"
        self.client("config").put_configuration_recorder(
            ConfigurationRecorder={"name": "default", "roleARN": role}
        )
        self.client("guardduty").create_detector(Enable=True)
        self.client("macie2").enable_macie(status="ENABLED")

    def keep_logs(self, bucket):
        """Versions that need no second factor, no Object Lock, and deletion after ninety days."""
        s3 = self.client("s3")
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        rule = {"ID": "short", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 90}}
        s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [rule]})


if __name__ == "__main__":
    main(*sys.argv[1:])
