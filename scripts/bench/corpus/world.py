"""The estate of the corpus: accounts, and in each the actors with their habits."""
import bisect
import itertools
import random

from . import compute, control, data

TEMPLATES = compute.TEMPLATES + data.TEMPLATES + control.TEMPLATES
SERVICE_TEMPLATES = [index for index, template in enumerate(TEMPLATES) if template.identity]
SERVICES = ["lambda", "ec2", "ecs-tasks", "config", "cloudtrail", "autoscaling", "codebuild", "backup", "states", "ssm", "delivery.logs"]
REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2", "ap-northeast-1", "us-east-2", "sa-east-1"]
ACCOUNTS = 78
GO = "APN/1.0 HashiCorp/1.0 Terraform/1.7.4 (+https://www.terraform.io) terraform-provider-aws/5.40.0 aws-sdk-go-v2/1.25.2"
AGENTS = {
    "app": ["Boto3/1.34.58 md/Botocore#1.34.58 ua/2.0 os/linux#5.10.210-201.852.amzn2.x86_64 lang/python#3.9.18 exec-env/AWS_Lambda_python3.9 Botocore/1.34.58",
            "aws-sdk-java/2.24.9 Linux/5.10.209-198.858.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.10+7-LTS Java/17.0.10 exec-env/AWS_ECS_FARGATE io/sync http/Apache",
            "aws-sdk-go/1.50.30 (go1.21.7; linux; amd64) amazon-ssm-agent/3.2.2222.0", "aws-sdk-nodejs/2.1568.0 linux/v18.19.0 promise"],
    "deploy": [GO, "aws-cli/2.15.28 Python/3.11.8 Linux/6.1.77-99.164.amzn2023.x86_64 exe/x86_64.amzn.2023 prompt/off command/cloudformation.deploy",
               "cloudformation.amazonaws.com", "aws-cdk/2.131.0 aws-sdk-js/2.1563.0 linux/v18.19.0 promise"],
    "ops": ["aws-cli/2.15.25 Python/3.11.8 Darwin/23.3.0 exe/x86_64 prompt/off command/ec2.describe-instances", "console.amazonaws.com",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36"],
    "audit": ["Boto3/1.34.49 md/Botocore#1.34.49 ua/2.0 os/linux#5.15.0 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython cfg/retry-mode#standard Botocore/1.34.49 \\\"scanner\\\"",
              "AWS Internal", "config.amazonaws.com"],
}
AGENTS["human"] = AGENTS["ops"]
# A role's name, the personas of its habits, and what its sessions are called.
ROLES = [
    ("orders-api-task", "app", "uuid"), ("payments-worker", "app", "uuid"), ("web-frontend-node", "app", "instance"),
    ("catalogue-ingest", "app", "function"), ("thumbnailer", "app", "function"), ("report-mailer", "app", "function"),
    ("eks-node-group", "app", "instance"), ("batch-compute", "app", "instance"), ("datalake-etl", "app", "sdk"),
    ("glue-crawler", "app", "sdk"), ("search-indexer", "app", "uuid"), ("stream-processor", "app", "sdk"),
    ("bastion", "app ops", "instance"), ("build-agent", "deploy app", "instance"), ("terraform-apply", "deploy", "sdk"),
    ("cdk-hnb659fds-deploy-role", "deploy", "sdk"), ("codepipeline-service", "deploy", "uuid"), ("github-deploy", "deploy", "github"),
    ("jenkins-controller", "deploy ops", "instance"), ("stackset-execution", "deploy", "uuid"), ("backup-operator", "ops", "uuid"),
    ("instance-scheduler", "ops app", "function"), ("OrganizationAccountAccessRole", "ops deploy audit", "mail"),
    ("security-audit", "audit", "sdk"), ("compliance-scanner", "audit", "sdk"), ("cost-explorer-export", "audit human", "function"),
    ("AWSReservedSSO_AdministratorAccess_0f1e2d3c4b5a6978", "human ops deploy", "mail"),
    ("AWSReservedSSO_ReadOnlyAccess_89abcdef01234567", "human ops audit", "mail"),
    ("AWSReservedSSO_DataEngineer_1234567890abcdef", "human ops app", "mail"), ("support-engineer", "human ops", "mail"),
    ("aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig", "audit", "service"),
    ("aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling", "app", "service"),
]
USERS = [("ci-legacy", "deploy"), ("backup-script", "app"), ("metrics-exporter", "app ops"), ("on-call", "human ops"),
         ("finance-reader", "audit human"), ("db-export", "app"), ("smtp-sender", "app"), ("break-glass", "human ops")]
WORDS = ["orders", "billing", "catalogue", "search", "media", "ledger", "identity", "reports", "notify", "edge", "stock", "quotes"]
PARTS = ["api", "worker", "events", "archive", "cache", "primary", "staging", "exports", "queue", "gateway"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def hexadecimal(rng, digits):
    return "%0*x" % (digits, rng.getrandbits(4 * digits))


def identifier(rng, length=17):
    return "".join(rng.choices(LETTERS, k=length))


def uuid(rng):
    digits = hexadecimal(rng, 32)
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def zipf(count, exponent):
    """Cumulative weights: the nth of `count` has weight n to the minus `exponent`."""
    return list(itertools.accumulate(1 / (rank + 1) ** exponent for rank in range(count)))


def pick(rng, cumulative):
    return bisect.bisect_left(cumulative, rng.random() * cumulative[-1])


class Actor:
    """A principal with its habits: which calls it makes, from where and with what."""

    def __init__(self, rng, account, kind, name, personas, session="", repertoire=None):
        self.account, self.kind, self.path, self.session = account, kind, name, session
        self.name = name.split("/")[-1]
        self.id = identifier(rng)
        self.key = identifier(rng, 16)
        self.keys = [identifier(rng, 16) for _ in range(12)]
        self.instances = ["i-0" + hexadecimal(rng, 16) for _ in range(rng.randint(2, 15))]
        self.people = [f"{rng.choice(WORDS)}.{rng.choice(PARTS)}@example.com" for _ in range(5)]
        personas = personas.split()
        self.is_human = "human" in personas
        if repertoire is None:
            calls = [index for index, template in enumerate(TEMPLATES) if set(personas) & set(template.personas)]
            repertoire = [rng.choice(calls) for _ in range(rng.choice([10, 20, 40, 60, 100]))]
        self.repertoire = repertoire
        self.agents = [rng.choice(AGENTS[rng.choice(personas)]) for _ in range(2)]
        first = rng.choice([3, 10, 10, 18, 34, 52, 54, 203])
        self.addresses = [f"{first}.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}" for _ in range(rng.choice([1, 1, 1, 2, 3]))]
        self.principal = f"arn:aws:iam::{account}:" + {"role": f"role/{self.path}", "user": f"user/{self.name}", "root": "root"}[kind]


class Account:
    """An account with its actors, regions and the names of its things."""

    def __init__(self, rng, number):
        self.number = number
        chosen = rng.sample(ROLES, rng.randint(16, 26))
        self.actors = [Actor(rng, number, "role", *role) for role in chosen]
        for _ in range(rng.randint(4, 16)):
            stack = f"{rng.choice(WORDS)}-{rng.choice(PARTS)}-TaskRole-{identifier(rng, 12)}"
            self.actors.append(Actor(rng, number, "role", stack, "app", rng.choice(["uuid", "function"])))
        self.actors += [Actor(rng, number, "user", *user) for user in rng.sample(USERS, rng.randint(2, 6))]
        self.actors.append(Actor(rng, number, "root", "root", "human"))
        rng.shuffle(self.actors)
        self.popularity = zipf(len(self.actors), 1.0)
        self.regions = ["us-east-1", *rng.sample(REGIONS[1:], rng.randint(0, 3))]
        self.names = [f"{rng.choice(WORDS)}-{rng.choice(PARTS)}" for _ in range(24)]
        self.buckets = [f"{rng.choice(WORDS)}-{rng.choice(PARTS)}-{number}-{hexadecimal(rng, 6)}" for _ in range(15)]
        self.ids = ["0" + hexadecimal(rng, 16) for _ in range(80)]
        self.keys = [uuid(rng) for _ in range(10)]
        self.accesskeys = [identifier(rng, 16) for _ in range(60)]
        self.digests = [hexadecimal(rng, 32) for _ in range(80)]


class World:
    """All accounts; the same for the same seed."""

    def __init__(self, seed):
        rng = random.Random(f"{seed} world")
        numbers = [str(rng.randrange(10**11, 10**12)) for _ in range(ACCOUNTS)]
        self.accounts = [Account(rng, number) for number in numbers]
        self.popularity = zipf(ACCOUNTS, 0.9)
        # Workloads of one account reach into others.
        for index, account in enumerate(self.accounts):
            other = self.accounts[(index + 7) % ACCOUNTS]
            account.visitors = [actor for actor in other.actors if actor.kind == "role"][:4]


class LaneWalk:
    """Walks through `lanes` tuples of account, actor, event, source and region, so that a corpus has at least so many."""

    def __init__(self, world, seed, lanes):
        self.world, self.seed, self.lanes = world, seed, lanes
        seen = {}
        for index, template in enumerate(TEMPLATES):
            if not template.identity:
                seen.setdefault((template.source, template.name), index)
        self.calls = sorted(seen.values())
        self.actors = {}

    def count(self, account):
        """How many of the lanes are the account's."""
        return self.lanes // ACCOUNTS + (account < self.lanes % ACCOUNTS)

    def step(self, account, position):
        """The actor and the template of an account's nth lane, from the start again after the last."""
        lane = position % self.count(account)
        number = lane // len(self.calls)
        actor = self.actors.get((account, number))
        if actor is None:
            rng = random.Random(f"{self.seed} lane actor {account} {number}")
            actor = Actor(rng, self.world.accounts[account].number, "role", f"workload-{number:04d}", "app", "uuid", self.calls)
            actor.addresses = actor.addresses[:1]
            self.actors[account, number] = actor
        return actor, self.calls[lane % len(self.calls)]
