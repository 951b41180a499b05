"""Fills templates and writes them as CloudTrail delivers them to S3."""
import base64
import gzip
import hashlib
import json
import os
import random
from datetime import datetime, timezone

from .world import SERVICE_TEMPLATES, SERVICES, TEMPLATES, identifier, pick, uuid

START = int(datetime(2024, 5, 1, tzinfo=timezone.utc).timestamp())
DAYS = 90
INTERVAL = 900
# Of a first delivery's records, so many come again in the second: half a percent of all.
REPEATED = 0.01
ERRORS = 0.08
SERVICE_CALLS = 0.03
STRANGE_ADDRESSES = 0.002


def clock(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Deliveries:
    """Two deliveries that follow each other, of one account and region; the second repeats some records of the first."""

    def __init__(self, world, walk, seed, job):
        self.rng = random.Random(f"{seed} delivery {job.number}")
        self.job, self.world, self.walk = job, world, walk
        if walk:
            self.account = world.accounts[job.account]
            self.region = "us-east-1"
        else:
            # Every account has some deliveries, most come from a few.
            self.account = world.accounts[pick(self.rng, world.popularity) if job.number % 3 else job.account]
            regions = self.account.regions
            self.region = regions[0] if self.rng.random() < 0.6 else self.rng.choice(regions)
        self.base = START + int(self.rng.random() * (DAYS * 86400 - 2 * INTERVAL))
        self.position = job.position
        self.groups = set()
        self.recent = []
        self.sessions = {}
        self.makers = {
            "account": lambda: self.account.number, "region": lambda: self.region, "time": lambda: self.time,
            "epoch": lambda: str(self.seconds * 1000), "eventid": self.uuid, "uuid": self.uuid, "requestid": self.uuid,
            "identity": self.identity, "actorarn": lambda: self.arn, "session": lambda: self.session,
            "useragent": lambda: self.one(self.actor.agents), "sourceip": self.address, "service": lambda: self.service,
            "tls": lambda: "TLSv1.3" if self.rng.random() < 0.7 else "TLSv1.2", "name": lambda: self.one(self.account.names),
            "bucket": lambda: self.one(self.account.buckets), "key": self.key, "hex": lambda: self.one(self.account.ids),
            "keyid": lambda: self.one(self.account.keys), "digest": lambda: self.one(self.account.digests),
            "role": lambda: self.one(self.account.actors).name, "user": lambda: self.one(self.account.names),
            "mail": lambda: self.one(self.account.actors[0].people), "accesskey": lambda: self.one(self.account.accesskeys),
            "octet": lambda: str(1 + int(self.rng.random() * 250)), "int": lambda: str(int(self.rng.random() * 90000)),
        }

    def one(self, values):
        return values[int(self.rng.random() * len(values))]

    def uuid(self):
        return uuid(self.rng)

    def key(self):
        return f"year=2024/month=05/day={1 + int(self.rng.random() * 28):02d}/part-{int(self.rng.random() * 1000):05d}.snappy.parquet"

    def address(self):
        if not self.walk and self.rng.random() < STRANGE_ADDRESSES:
            return ".".join(str(self.rng.randrange(1, 224)) for _ in range(4))
        return self.one(self.actor.addresses)

    def value(self, kind, size):
        if size:
            return base64.b64encode(self.rng.randbytes(size * 3 // 4)).decode()
        return self.makers[kind]()

    def next_call(self):
        """Sets the actor and returns the template of the next record."""
        if self.walk:
            self.actor, template = self.walk.step(self.job.account, self.position)
            self.position += 1
            return template
        # Real trails come in bursts: most records are like one of the last.
        if self.recent and self.rng.random() < 0.6:
            self.actor, template = self.one(self.recent)
            return template
        if self.rng.random() < SERVICE_CALLS:
            return self.one(SERVICE_TEMPLATES)
        visits = self.rng.random() < 0.03
        self.actor = self.one(self.account.visitors) if visits else self.account.actors[pick(self.rng, self.account.popularity)]
        template = self.one(self.actor.repertoire)
        self.recent = [*self.recent[-5:], (self.actor, template)]
        return template

    def current_session(self):
        """One of the few sessions that the actor has in these deliveries: its name and access key."""
        sessions = self.sessions.setdefault(self.actor.principal, [])
        if len(sessions) < 4 and self.rng.random() < 0.3 or not sessions:
            sessions.append((self.name_session(), self.one(self.actor.keys)))
        return self.one(sessions)

    def name_session(self):
        actor, rng = self.actor, self.rng
        if actor.session == "instance":
            return self.one(actor.instances)
        if actor.session == "mail":
            return self.one(actor.people)
        if actor.session == "uuid":
            return uuid(rng)
        if actor.session == "sdk":
            return f"aws-go-sdk-{self.base * 10**9 + rng.getrandbits(40)}" if rng.random() < 0.5 else f"botocore-session-{self.base + rng.getrandbits(9)}"
        if actor.session == "github":
            return "GitHubActions"
        if actor.session == "service":
            return "AWSConfig-Describe" if "Config" in actor.name else "AutoScaling"
        return actor.name

    def identity(self):
        actor = self.actor
        if actor.kind == "root":
            return json.dumps({"type": "Root", "principalId": actor.account, "arn": self.arn, "accountId": actor.account, "accessKeyId": ""}, separators=(",", ":"))
        if actor.kind == "user":
            return json.dumps({"type": "IAMUser", "principalId": "AIDA" + actor.id, "arn": self.arn, "accountId": actor.account,
                               "accessKeyId": "AKIA" + actor.key, "userName": actor.name}, separators=(",", ":"))
        record = {"type": "AssumedRole", "principalId": f"AROA{actor.id}:{self.session}", "arn": self.arn, "accountId": actor.account,
                  "accessKeyId": "ASIA" + self.session_key}
        # Some records of assumed roles have no session context.
        if self.rng.random() > 0.003:
            record["sessionContext"] = {
                "sessionIssuer": {"type": "Role", "principalId": "AROA" + actor.id, "arn": actor.principal, "accountId": actor.account,
                                  "userName": actor.name},
                "attributes": {"creationDate": clock(self.base - self.base % 3600 - 600), "mfaAuthenticated": "true" if actor.is_human else "false"}}
        else:
            self.principal = f"arn:aws:iam::{actor.account}:role/{actor.name}"
        if "aws-service-role" in actor.path or not self.walk and "deploy" in actor.name and self.rng.random() < 0.3:
            record["invokedBy"] = "cloudformation.amazonaws.com" if "deploy" in actor.name else actor.path.split("/")[1]
        return json.dumps(record, separators=(",", ":"))

    def record(self, since):
        """The text of the next record, at most an interval after `since`."""
        self.seconds = since + int(self.rng.random() * INTERVAL)
        self.time = clock(self.seconds)
        template = TEMPLATES[self.next_call()]
        self.service = self.one(SERVICES) + ".amazonaws.com"
        if template.identity:
            self.session = self.one(self.account.names)
            self.principal = self.resolve(template.identity)
        else:
            self.principal = self.actor.principal
            self.session, self.session_key = self.current_session() if self.actor.kind == "role" else (self.actor.name, "")
            self.arn = (f"arn:aws:sts::{self.actor.account}:assumed-role/{self.actor.name}/{self.session}"
                        if self.actor.kind == "role" else self.actor.principal)
        layout = self.one(template.errors) if template.errors and self.rng.random() < ERRORS else template.success
        text = layout.fill(self.value)
        self.groups.add((self.account.number, self.principal, template.name, template.source, self.region))
        if not template.identity and self.actor.is_human:
            text = text[:-1] + ',"sessionCredentialFromConsole":"true"}'
        return text

    def resolve(self, identity):
        """The actor of a record whose template has its own identity, as the peers' query names it."""
        account = self.account.number if identity.get("accountId") else None
        return identity.get("invokedBy", "").replace("<service>", self.service) or account or "unknown"

    def write(self, folder, uncompressed):
        """Writes both deliveries; returns their sizes, digests and what the manifest counts."""
        first = [self.record(self.base) for _ in range(self.job.sizes[0])]
        again = min(round(len(first) * REPEATED), self.job.sizes[1])
        second = self.rng.sample(first, again)
        second += [self.record(self.base + INTERVAL) for _ in range(self.job.sizes[1] - again)]
        self.rng.shuffle(second)
        files = [self.deliver(folder, uncompressed, records, index) for index, records in enumerate([first, second]) if records]
        return files, again, self.groups, first + second

    def deliver(self, folder, uncompressed, records, index):
        moment = datetime.fromtimestamp(self.base + index * INTERVAL, timezone.utc)
        place = f"AWSLogs/{self.account.number}/CloudTrail/{self.region}/{moment:%Y/%m/%d}"
        name = f"{place}/{self.account.number}_CloudTrail_{self.region}_{moment:%Y%m%dT%H%MZ}_{identifier(self.rng, 16)}.json"
        body = ('{"Records":[' + ",".join(records) + "]}").encode()
        packed = gzip.compress(body, compresslevel=6, mtime=0)
        for root, suffix, content in (("gz", ".gz", packed), ("json", "", body)):
            if root == "gz" or uncompressed:
                path = os.path.join(folder, root, name + suffix)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(content)
        return name, len(body), len(packed), hashlib.sha256(body).hexdigest()
