"""Compares what lookup-collector wrote with what was asked and what there was, for scripts/check-collector.

  compare.py prepare LOGS ACCOUNT                 adds a delivery with letters and signs that an answer has to keep
  compare.py collected LOGS COLLECTION REQUESTS   every event of complete answers, as delivered; every request in the ledger
  compare.py secrets WORD... -- FOLDER...         none of the words in any file
  compare.py alike OBSERVATIONS OBSERVATIONS      the same observations, whatever the raw bytes were
  compare.py logs SEEDED FOLDER                   logs of the seeded account, made from its own address
"""

import datetime
import glob
import gzip
import json
import os
import sys

HOSTILE = 'Zoë 日本語 \U0001f600 "quoted" \\ back\tslash | `code` \u2028 <b>'


def records_in(logs):
    for path in sorted(glob.glob(logs + "/**/*.json.gz", recursive=True)):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from ((path, record) for record in json.load(file)["Records"])


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file.read().split("\n") if line]


def deliver(path, records):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        json.dump({"Records": records}, file, ensure_ascii=False)


def prepare(logs, account):
    path, record = next(
        (path, record)
        for path, record in records_in(logs)
        if (record["recipientAccountId"], record["awsRegion"], record["eventName"]) == (account, "us-east-1", "AssumeRole")
        and record["eventTime"] > "2026-03-20"
    )
    deliver(path.replace(".json.gz", "-more.json.gz"), [record | {"eventID": "0" * 8, "userAgent": HOSTILE}])


def collected(logs, folder, requests):
    with open(folder + "/collection.json", encoding="utf-8") as file:
        collection = json.load(file)
    delivered = {}
    for _, record in records_in(logs):
        if collection["since"] <= record["eventTime"] <= collection["until"] and record.get("managementEvent", True):
            key = (record["recipientAccountId"], record["awsRegion"], record["eventName"])
            delivered.setdefault(key, {})[record["eventID"]] = record
    compared = 0
    for query in collection["queries"]:
        if query["status"] != "complete":
            continue
        entries = lines_of(f"{folder}/{query['path']}") if query["path"] else []
        there = delivered.get((query["account_id"], query["region"], query["event_name"]), {})
        assert {entry["EventId"] for entry in entries} == set(there), query
        assert len(entries) == len(there) == query["events"], query
        assert all(json.loads(entry["CloudTrailEvent"]) == there[entry["EventId"]] for entry in entries), query
        compared += len(entries)
    ledger, asked = lines_of(folder + "/ledger.jsonl"), lines_of(requests)
    assert len(ledger) == len(asked), f"{len(ledger)} lines for {len(asked)} requests"
    for line, request in zip(ledger, asked):
        assert line["operation"] == request["operation"], (line, request)
        if line["operation"] == "LookupEvents":
            call = request["call"]
            assert line["region"] == request["region"], (line, request)
            assert line["event_name"] == call["LookupAttributes"][0]["AttributeValue"], (line, request)
            assert call["MaxResults"] == 50 and ("NextToken" in call) == (line["page"] > 1), (line, request)
            for end, member in (("since", "StartTime"), ("until", "EndTime")):
                moment = datetime.datetime.fromisoformat(line[end].replace("Z", "+00:00"))
                assert moment.timestamp() == call[member], (line, request)
    print(f"{compared} events in {len(collection['queries'])} queries, {len(ledger)} calls")


def secrets(*arguments):
    words, folders = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    files = 0
    for folder in folders:
        for path in glob.glob(folder + "/**", recursive=True):
            if os.path.isfile(path):
                files += 1
                with open(path, encoding="utf-8") as file:
                    text = file.read()
                assert not [word for word in words if word in text], path
    assert files, folders
    print(f"{files} files")


def alike(*folders):
    observations = []
    for folder in folders:
        seen = lines_of(folder + "/observations.jsonl")
        observations.append({line["event_id"]: line for line in seen})
    assert observations[0] and observations[0].keys() == observations[1].keys()
    for key, one in observations[0].items():
        other = observations[1][key]
        differing = {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
        assert differing <= {"record"}, (key, differing)
    print(f"{len(observations[0])} observations")


def logs(seeded, folder):
    with open(seeded, encoding="utf-8") as file:
        seeded = json.load(file)
    account = seeded["account"]

    def record(number, day, name, source, **more):
        return {
            "eventVersion": "1.09", "eventID": f"{number:08}", "eventTime": f"2026-03-{day:02}T08:00:00Z",
            "eventName": name, "eventSource": source, "awsRegion": "eu-west-1", "eventType": "AwsApiCall",
            "recipientAccountId": account, "managementEvent": True, "readOnly": name.startswith("Describe"),
            "sourceIPAddress": seeded["addresses"]["instance"], "userAgent": "aws-cli/2.36.0",
            "userIdentity": {
                "type": "IAMUser", "accountId": account, "userName": "operator", "principalId": "AIDAX",
                "arn": f"arn:aws:iam::{account}:user/operator", "accessKeyId": "AKIAEXAMPLE",
            },
        } | more

    usual = [record(day, day, "DescribeInstances", "ec2.amazonaws.com") for day in range(1, 21)]
    new = record(
        99, 25, "DeleteDBInstance", "rds.amazonaws.com",
        requestParameters={"dBInstanceIdentifier": "ledger", "skipFinalSnapshot": True},
    )
    deliver(f"{folder}/AWSLogs/{account}/CloudTrail/eu-west-1/2026/03/25/logs.json.gz", usual + [new])


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
