"""Stands in for CloudTrail's LookupEvents and for STS on 127.0.0.1: answer-lookups.py LOGS FOLDER OWN_ACCOUNT.

Answers from LOGS, a folder of delivered .json.gz files, in the protocols that the AWS CLI speaks. FOLDER receives `port` when
the server listens and `requests.jsonl`, a line for each request as it came. What AWS refuses here and there, it refuses too:

  eu-west-1   LookupEvents is denied
  ap-east-1   an opt-in region: no credentials are known there, neither to CloudTrail nor to STS
  eu-west-2   asks for patience twice: by CloudTrail's own error, then by a bare 503 of what stands before it
  ap-south-1  the credentials run out behind the first page; a role's new ones are good

All that else is asked for is denied, each in its own protocol. The role `denied` can't be taken. The key of the profile is any; those of a role are good with their own token only.
"""

import datetime
import glob
import gzip
import json
import os
import re
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# More aren't given at once, whatever is asked for.
PAGE = 50


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def events_in(logs):
    """The records by account, region and event name, newest first, each with the text that it was delivered in."""
    found = {}
    for path in sorted(glob.glob(logs + "/**/*.json.gz", recursive=True)):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for record in json.load(file)["Records"]:
                key = (record["recipientAccountId"], record["awsRegion"], record["eventName"])
                found.setdefault(key, []).append(record)
    for records in found.values():
        records.sort(key=lambda record: (record["eventTime"], record["eventID"]), reverse=True)
    return found


class Refusal(Exception):
    """An error in AWS's words; `body` stands for what isn't AWS's."""

    def __init__(self, status, code, message, body=None):
        super().__init__(code)
        self.status, self.code, self.message, self.body = status, code, message, body


class Account:
    """What AWS knows: the events, who has which credentials, and what happened so far."""

    def __init__(self, logs, own):
        self.events, self.own = events_in(logs), own
        self.issued, self.expired, self.impatient = {}, set(), {}

    def caller(self, key, token):
        """The account that the credentials belong to."""
        if key.startswith("ASIA"):
            if key not in self.issued or self.issued[key][1] != token:
                raise Refusal(400, "UnrecognizedClientException", "The security token included in the request is invalid.")
            return self.issued[key][0]
        if key == "AKIAEXPIRED":
            raise Refusal(403, "ExpiredToken", "The security token included in the request is expired")
        return self.own

    def take_role(self, arn):
        account, role = arn.split(":")[4:6]
        if role == "role/denied":
            raise Refusal(403, "AccessDenied", f"User: arn:aws:iam::{self.own}:user/x is not authorized to perform: sts:AssumeRole")
        number = len(self.issued) + 1
        key = f"ASIAEXAMPLE{number:09}"
        self.issued[key] = (account, f"session-token-{number}-of-{account}")
        return key, f"secret-key-{number}-of-{account}", self.issued[key][1]

    def lookup(self, account, region, key, call):
        refusals = {
            "eu-west-1": Refusal(400, "AccessDeniedException", f"User: {account} is not authorized to perform: cloudtrail:LookupEvents"),
            "ap-east-1": Refusal(400, "UnrecognizedClientException", "The security token included in the request is invalid."),
        }
        if region in refusals:
            raise refusals[region]
        if len(call["LookupAttributes"]) != 1 or call["LookupAttributes"][0]["AttributeKey"] != "EventName":
            raise Refusal(400, "InvalidLookupAttributesException", "One attribute, EventName, is what this stand-in knows.")
        name = call["LookupAttributes"][0]["AttributeValue"]
        start = int(call.get("NextToken", "page 0").split()[1])
        if region == "eu-west-2":
            asked = self.impatient[name] = self.impatient.get(name, 0) + 1
            if asked == 1:
                raise Refusal(400, "ThrottlingException", "Rate exceeded")
            if asked == 2:
                raise Refusal(503, None, None, "<html><body><h1>503 Service Unavailable</h1></body></html>")
        if key in self.expired:
            raise Refusal(400, "ExpiredTokenException", "The security token included in the request is expired")
        if region == "ap-south-1" and start == 0 and not self.expired:
            self.expired.add(key)
        since, until = call["StartTime"], call["EndTime"]
        matching = [
            record
            for record in self.events.get((account, region, name), [])
            if since <= seconds(record["eventTime"]) <= until and record.get("managementEvent", True)
        ]
        size = min(PAGE, call["MaxResults"])
        answer = {"Events": [self.entry(record) for record in matching[start : start + size]]}
        if start + size < len(matching):
            answer["NextToken"] = f"page {start + size}"
        return answer

    @staticmethod
    def entry(record):
        entry = {
            "EventId": record["eventID"],
            "EventName": record["eventName"],
            "ReadOnly": str(record.get("readOnly", False)).lower(),
            "EventTime": seconds(record["eventTime"]),
            "EventSource": record["eventSource"],
            "Resources": [
                {"ResourceType": item.get("type"), "ResourceName": item.get("ARN")} for item in record.get("resources") or []
            ],
            "CloudTrailEvent": json.dumps(record, separators=(",", ":"), ensure_ascii=False),
        }
        name = record["userIdentity"].get("userName") or record["userIdentity"].get("arn", "").split("/")[-1]
        return entry | ({"Username": name} if name else {})


class Handler(BaseHTTPRequestHandler):
    account, folder = None, ""

    def do_GET(self):
        self.do_POST()

    def do_POST(self):
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        signed = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", self.headers.get("Authorization", ""))
        key, region, service = signed.groups() if signed else ("", "", "")
        token = self.headers.get("X-Amz-Security-Token")
        target = self.headers.get("X-Amz-Target", "")
        is_lookup = target.endswith("CloudTrail_20131101.LookupEvents")
        if service != "sts" and not is_lookup:
            return self.deny(service, text.startswith("Action="))
        call = json.loads(text) if is_lookup else dict(urllib.parse.parse_qsl(text))
        with open(self.folder + "/requests.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps({"region": region, "key": key, "operation": call.get("Action", "LookupEvents"), "call": call}) + "\n")
        try:
            if is_lookup:
                caller = self.account.caller(key, token)
                self.send(200, "application/x-amz-json-1.1", json.dumps(self.account.lookup(caller, region, key, call)))
            else:
                self.send(200, "text/xml", self.identity(call, region, key, token))
        except Refusal as refusal:
            if refusal.body:
                self.send(refusal.status, "text/html", refusal.body)
            elif is_lookup:
                kind = {"__type": "com.amazonaws.cloudtrail#" + refusal.code, "message": refusal.message}
                self.send(refusal.status, "application/x-amz-json-1.1", json.dumps(kind))
            else:
                error = f"<Error><Code>{refusal.code}</Code><Message>{refusal.message}</Message></Error>"
                self.send(refusal.status, "text/xml", f"<ErrorResponse>{error}</ErrorResponse>")

    def deny(self, service, is_query):
        if is_query or service == "s3":
            code = "UnauthorizedOperation" if service == "ec2" else "AccessDenied"
            error = f"<Error><Code>{code}</Code><Message>no</Message></Error>"
            around = {"ec2": "<Response><Errors>%s</Errors></Response>", "s3": "%s"}
            self.send(403, "text/xml", around.get(service, "<ErrorResponse>%s</ErrorResponse>") % error)
        else:
            kind = {"__type": "AccessDeniedException", "message": "no"}
            self.send(403, "application/json", json.dumps(kind), ("x-amzn-ErrorType", "AccessDeniedException"))

    def identity(self, call, region, key, token):
        if region == "ap-east-1":
            raise Refusal(403, "InvalidClientTokenId", "The security token included in the request is invalid")
        caller = self.account.caller(key, token)
        if call["Action"] == "GetCallerIdentity":
            result = f"<Arn>arn:aws:iam::{caller}:user/x</Arn><UserId>AIDAX</UserId><Account>{caller}</Account>"
        else:
            names = ("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration")
            values = self.account.take_role(call["RoleArn"]) + ("2099-01-01T00:00:00Z",)
            inner = "".join(f"<{name}>{value}</{name}>" for name, value in zip(names, values))
            result = f"<Credentials>{inner}</Credentials>"
        action = call["Action"]
        return f"<{action}Response><{action}Result>{result}</{action}Result></{action}Response>"

    def send(self, status, kind, text, *more):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def main(logs, folder, own):
    Handler.account, Handler.folder = Account(logs, own), folder
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(folder + "/port.new", "w", encoding="utf-8") as file:
        file.write(str(server.server_port))
    os.rename(folder + "/port.new", folder + "/port")
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
