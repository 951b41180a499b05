"""Gathers the records that the exports are proven on, one JSON object a line, each with an event id of its own.

    corpus.py DETECTIONS OUTPUT [LOGS ...]

Records come from the examples of the detections, from variations of them (a member gone, null, in another spelling, with
another value), and from logs. Ids end in `-s` where the variation has a shape that CloudTrail doesn't write: a list for
a scalar or the reverse.
"""
import copy
import gzip
import json
import pathlib
import random
import re
import sys

VARIATIONS = 5
VALUES = [
    "", "*", "true", "false", "No", "Yes", "all", "NONE", "AWS Internal", "ec2.amazonaws.com", "iam.amazonaws.com.cn",
    "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "::/0", "2000::/3", "10.0.0.0/8", "10.0.0.0/7", "198.51.100.7/32",
    "2001:db8::/32", "::ffff:0.0.0.0/0", "010.1.2.3", "203.0.113.9", "10.2.3.4", "fd00::1", "172.31.255.9", "100.64.0.1",
    "256.1.1.1", "2001:db8::1", "210987654321", "330045671289", "640352817905", "2109-8765-4321",
    "arn:aws:iam::330045671289:root", "arn:aws:iam::210987654321:role/Jenkins-Build",
    "arn:aws:iam::210987654321:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
    "arn:aws:iam::210987654321:role/service-role/StepFunctions-run",
    "arn:aws:sts::210987654321:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/ana@example.com",
    "arn:aws:sts::210987654321:assumed-role/web-us-east-1-AB12CD34EF56G/i-0123456789abcdef0",
    "arn:aws:iam::210987654321:user/ops/key-rotation", "arn:aws:iam::210987654321:root",
    "AROAEXAMPLE:i-0123456789abcdef0", "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "AccessDenied",
    "Client.UnauthorizedOperation", "ThrottlingException", "my-cloudtrail-logs", "auditorium", "OrgAuditLogs",
    "central-logs", "arn:aws:s3:::audit", "tcp", "-1", "udp", "icmp", "6", "22", "0", "65535", "89", "90", "3389.0",
    "1e3", "Root", "IAMUser", "AssumedRole", "AWSService", "AWSAccount", "FederatedUser", "SAMLUser", "Role",
    "WebIdentityUser", "igw-0123", "p4d.24xlarge", "%7B%22Statement%22%3A%5B%5D%7D", "not json",
    5, 0, -1, 22, 3389, 65536, 89.5, True, False, None,
]
ROLES = [
    "teamcity-build-server", "JenkinsBuild", "DeployRole", "AWSBackupDefault", "AWSBackup123x", "Ops-Admin", "bastion",
    "EKSLoadBalancerController", "aws-controltower-x", "support", "SREOnCall", "developer", "buildings", "CDKdeploy",
    "cdk-hnb659fds-deploy-role-210987654321-us-east-1", "app-us-build-1", "123456789012-factory", "web", "SecurityHub",
    "StackSet-AB12CD34EF56G", "key-rotation-job", "admin-1234567890", "deadbeef1-admin", "readonly", "HTTPServerRole",
]
SESSIONS = ["i-0123456789abcdef0", "ana@example.com", "GitHubActions", "eks-node-1", "botocore-session-1699", "job", "a@b"]
TYPES = ["AssumedRole", "IAMUser", "Root", "AWSService", "AWSAccount", "FederatedUser", "SAMLUser", "Role", None]
ADDRESSES = ["203.0.113.9", "10.2.3.4", "AWS Internal", "ec2.amazonaws.com", "2001:db8::1", "fd00::1", "172.15.0.1",
             "172.16.0.1", "::ffff:10.0.0.1", "::1", "fe80::1%eth0", "cloudformation.amazonaws.com.cn", "", "x"]
POLICIES = ["bucketPolicy", "policyDocument", "assumeRolePolicyDocument", "policy"]


def records(value):
    """The CloudTrail records inside a parsed document, whatever it is wrapped in."""
    if isinstance(value, list):
        for item in value:
            yield from records(item)
    elif isinstance(value, dict):
        if isinstance(value.get("eventName"), str) and isinstance(value.get("eventSource"), str):
            # Members named by paths are an exporter's shape, which only this engine reads.
            if not any("." in key for key in value):
                yield value
            return
        for key in ("Records", "Events", "CloudTrailEvent", "detail", "Event", "mdr_event"):
            inner = value.get(key)
            if isinstance(inner, str):
                try:
                    inner = json.loads(inner)
                except ValueError:
                    continue
            if inner is not None:
                yield from records(inner)


def examples(folder):
    for path in sorted(pathlib.Path(folder).rglob("*.md")):
        for block in re.findall(r"^```json (?:matching|near-miss)[^\n]*\n(.*?)^```$", path.read_text(), re.S | re.M):
            yield from records(json.loads(block))


def compared(folder):
    """The events whose settings some detection compares with the last ones."""
    names = set()
    for path in sorted(pathlib.Path(folder).rglob("*.md")):
        for block in re.findall(r"^```logic\n(.*?)^```$", path.read_text(), re.S | re.M):
            if re.search(r"^changes ", block, re.M):
                names.update(re.findall(r'"([A-Z][A-Za-z]+)"', block))
    return names


def logged(path):
    for file in sorted(p for p in pathlib.Path(path).rglob("*") if p.is_file()) if path.is_dir() else [path]:
        data = file.read_bytes()
        if data[:2] == b"\x1f\x8b":
            try:
                data = gzip.decompress(data)
            except (EOFError, OSError):
                continue
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        try:
            yield from records(json.loads(text))
            continue
        except ValueError:
            pass
        for line in text.splitlines():
            try:
                yield from records(json.loads(line))
            except ValueError:
                continue


def places(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield path + (key,)
            yield from places(inner, path + (key,))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield path + (index,)
            yield from places(inner, path + (index,))


def vary(record, dice):
    """A variation of a record, and whether its shape is one that CloudTrail doesn't write."""
    record = copy.deepcopy(record)
    odd = False
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        kind = dice.random()
        if kind < 0.22:
            identity(record, dice)
            continue
        if kind < 0.27 and isinstance(record.get("eventName"), str):
            record["eventName"] += dice.choice(["20150331", "20150331v2", "2020_05_31", "2015033", "V2"])
            continue
        if kind < 0.32:
            record["sourceIPAddress"] = dice.choice(ADDRESSES)
            continue
        inside = [p for p in places(record) if p[0] not in ("eventID", "eventTime", "eventVersion")]
        deep = [p for p in inside if p[0] in ("requestParameters", "responseElements", "additionalEventData")]
        if not inside:
            continue
        path = dice.choice(deep if deep and dice.random() < 0.75 else inside)
        parent = record
        for key in path[:-1]:
            parent = parent[key]
        old = parent[path[-1]]
        if kind < 0.42:
            parent.pop(path[-1])
        elif kind < 0.47:
            odd = odd or len(path) > 1
            parent[path[-1]] = None
        elif kind < 0.55 and isinstance(old, str):
            parent[path[-1]] = dice.choice([old.upper(), old.lower(), old + "x", " " + old, old.swapcase()])
        elif kind < 0.60 and isinstance(old, (bool, int)):
            odd = odd or not isinstance(old, bool)
            parent[path[-1]] = dice.choice([json.dumps(old), not old if isinstance(old, bool) else old + 1])
        elif kind < 0.66 and path[0] != "userIdentity":
            odd = True
            parent[path[-1]] = [old] if not isinstance(old, list) else (old[0] if old else None)
        elif kind < 0.72 and isinstance(old, list) and old:
            old.append(copy.deepcopy(dice.choice(old)))
        elif kind < 0.76 and path[-1] in POLICIES and isinstance(old, dict):
            parent[path[-1]] = json.dumps(old)
        elif not isinstance(old, (dict, list)):
            parent[path[-1]] = dice.choice(VALUES)
            odd = odd or type(parent[path[-1]]) is not type(old) or numeral(old) != numeral(parent[path[-1]])
    return record, odd


def numeral(value):
    return isinstance(value, str) and re.fullmatch(r"[-+0-9.e]+", value) is not None


def documented(record):
    """Whether a record is as AWS documents them: what the targets without regular expressions take for granted."""
    who = record.get("userIdentity")
    if not isinstance(who, dict) or who.get("type") not in TYPES[:-1] + ["WebIdentityUser", "IdentityCenterUser"]:
        return False
    if who["type"] == "AssumedRole":
        issuer = who.get("sessionContext", {}).get("sessionIssuer", {})
        match = re.fullmatch(r"arn:[^:]+:iam::\d{12}:role/(.+/)?([^/]+)", issuer.get("arn") or "")
        if not match or not re.match(r"arn:[^:]+:sts::\d{12}:assumed-role/[^/]+/[^/]+$", who.get("arn") or ""):
            return False
        linked = (match[1] or "").startswith("aws-service-role/")
        if match[2].startswith("AWSServiceRoleFor") != linked or "AWSReservedSSO_" in (match[1] or ""):
            return False
    # A session's element says how its credentials were obtained.
    if who["type"] == "Role" and ("sessionContext" in who or ":assumed-role/" in (who.get("arn") or "")):
        return False
    if who["type"] == "AWSAccount" and not who.get("accountId"):
        return False
    if any(value is None or value == "" for value in who.values()):
        return False
    is_dated = re.search(r"20\d", record["eventName"])
    right = re.search(r"[a-z](20\d{6}(v\d+)?|20\d\d_\d\d_\d\d)$", record["eventName"])
    return not is_dated or right and record["eventSource"] in ("lambda.amazonaws.com", "cloudfront.amazonaws.com")


def identity(record, dice):
    """Somebody else at the same call."""
    account = "210987654321"
    role, session = dice.choice(ROLES), dice.choice(SESSIONS)
    kind = dice.choice(TYPES)
    who = {"type": kind, "accountId": account}
    if kind in ("AssumedRole", "FederatedUser", None, "Role"):
        who["arn"] = f"arn:aws:sts::{account}:assumed-role/{role}/{session}"
        who["principalId"] = f"AROAEXAMPLE:{session}"
        if dice.random() < 0.7:
            prefix = dice.choice(["", "", "service-role/", "aws-service-role/x.amazonaws.com/", "team/"])
            who["sessionContext"] = {"sessionIssuer": {"type": "Role", "arn": f"arn:aws:iam::{account}:role/{prefix}{role}"}}
    elif kind == "IAMUser":
        who.update(arn=f"arn:aws:iam::{account}:user/{role}", userName=role, accessKeyId=dice.choice(["AKIAX", "ASIAX"]))
    elif kind == "Root":
        who.update(arn=f"arn:aws:iam::{account}:root", principalId=account)
    if dice.random() < 0.2:
        who["invokedBy"] = "cloudformation.amazonaws.com"
    if who["type"] is None:
        del who["type"]
    record["userIdentity"] = who


def main():
    detections, output, logs = sys.argv[1], sys.argv[2], [pathlib.Path(p) for p in sys.argv[3:]]
    dice = random.Random(20260101)
    base = [(record, False) for record in examples(detections)]
    varied = [vary(record, dice) for record, _ in base for _ in range(VARIATIONS)]
    # A setting is compared with the one before it: one shape that nobody writes would be felt in all that follow.
    settings = compared(detections)
    varied = [(record, odd) for record, odd in varied if not odd or str(record.get("eventName")) not in settings]
    found, seen = [], set()
    for record in (record for path in logs if path.exists() for record in logged(path)):
        # The same events lie in several folders, in other wrappers.
        text = json.dumps(record, sort_keys=True)
        if text not in seen:
            seen.add(text)
            found.append((record, False))
    # The records of documented shapes once more by themselves: what is counted hangs on the others.
    plain = pathlib.Path(output).parent.parent / "documented" / "corpus.jsonl"
    plain.parent.mkdir(exist_ok=True)
    with open(output, "w") as file, open(plain, "w") as documented_file:
        for number, (record, odd) in enumerate(base + varied + found):
            record = dict(record)
            record.setdefault("eventTime", "2026-01-01T00:00:00Z")
            if not isinstance(record["eventTime"], str):
                record["eventTime"] = "2026-01-01T00:00:00Z"
            for key in ("requestParameters", "responseElements", "additionalEventData", "userIdentity"):
                if key in record and not isinstance(record[key], (dict, type(None))):
                    del record[key]
            if not record.get("eventName") or not isinstance(record["eventName"], str):
                record["eventName"] = "GetCallerIdentity"
            if not record.get("eventSource") or not isinstance(record["eventSource"], str) or record["eventSource"] == "aws:s3":
                record["eventSource"] = "sts.amazonaws.com"
            record.pop("sharedEventID", None)
            odd = odd or not documented(record)
            record["eventID"] = f"proof-{number:06}" + ("-s" if odd else "")
            # Half of a surrogate pair is no text: strict readers refuse the whole record.
            line = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
            line = line.encode("utf-8", "replace").decode() + "\n"
            file.write(line)
            if not odd:
                documented_file.write(line)
    print(f"{len(base)} examples, {len(varied)} variations, {len(found)} logged records")


main()
