"""Event templates: what a CloudTrail record of one API call looks like, with slots for what differs between records.

Written from AWS' public description of the record format and of each service's CloudTrail support. A slot is
`<name>`; within one record a slot has one value wherever it stands, so that `requestParameters`, `responseElements` and
`resources` speak of the same thing. `<name.2>` is a second value of the same kind.
"""
import json
import re

READS = ("Get", "List", "Describe", "Head", "Lookup", "BatchGet", "Query", "Scan", "Search", "Decrypt", "GenerateDataKey",
         "AssumeRole", "Simulate", "Filter")
# Services whose records here have the older version, without `tlsDetails`.
OLDER = {"athena", "autoscaling", "batch", "ecr", "elasticache", "firehose", "glue", "kinesis", "kms", "logs", "rds", "sqs", "ssm"}
SLOT = re.compile(r"<([a-z0-9.]+)>")


class Template:
    """One API call as CloudTrail records it.

    `personas` are the kinds of actor that make the call; a template with `identity` carries its own instead.
    """

    def __init__(self, source, name, personas, request=None, response=None, resources=None, extra=None, read=None,
                 version=None, api=None, data=False, errors=(), identity=None, kind="AwsApiCall", agent=None, ip=None):
        self.source = source if "." in source else source + ".amazonaws.com"
        self.name = name
        self.personas = personas.split()
        self.identity = identity
        version = version or ("1.08" if source in OLDER else "1.09")
        self.errors = [Format(self.record(request, None, resources, extra, read, version, api, data, kind, agent, ip, error))
                       for error in errors]
        self.success = Format(self.record(request, response, resources, extra, read, version, api, data, kind, agent, ip, None))

    def record(self, request, response, resources, extra, read, version, api, data, kind, agent, ip, error):
        """The record's fields, in the order in which CloudTrail writes them."""
        service = self.source.split(".")[0]
        fields = {
            "eventVersion": version,
            "userIdentity": self.identity or "<identity>",
            "eventTime": "<time>",
            "eventSource": self.source,
            "eventName": self.name,
            "awsRegion": "<region>",
            "sourceIPAddress": ip or ("198.51.100.<octet>" if self.identity else "<sourceip>"),
            "userAgent": agent or ("aws-sdk-go-v2/1.25.2 os/linux lang/go#1.21.8" if self.identity else "<useragent>"),
        }
        if error:
            fields["errorCode"] = error[0]
            fields["errorMessage"] = error[1]
        fields["requestParameters"] = request
        fields["responseElements"] = response
        if extra:
            fields["additionalEventData"] = extra
        fields["requestID"] = "<requestid>"
        fields["eventID"] = "<eventid>"
        fields["readOnly"] = self.name.startswith(READS) if read is None else read
        if resources:
            fields["resources"] = [
                {"accountId": "<account>", "type": resource, "ARN": arn} for resource, arn in resources]
        fields["eventType"] = kind
        if api:
            fields["apiVersion"] = api
        fields["managementEvent"] = not data
        fields["recipientAccountId"] = "<account>"
        if self.identity and resources:
            fields["sharedEventID"] = "<uuid>"
        fields["eventCategory"] = "Data" if data else "Management"
        if not self.identity and version != "1.08":
            fields["tlsDetails"] = {
                "tlsVersion": "<tls>",
                "cipherSuite": "TLS_AES_128_GCM_SHA256",
                "clientProvidedHostHeader": f"{service}.<region>.amazonaws.com",
            }
        return fields


class Format:
    """A record as text with slots, split once so that filling it is a join."""

    def __init__(self, record):
        text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
        # Slots of whole JSON values stand in quotation marks in the template only.
        for slot in ("identity", "int", "epoch"):
            text = text.replace(f'"<{slot}>"', f"<{slot}>")
        parts = SLOT.split(text)
        self.literals = parts[0::2]
        self.slots = parts[1::2]
        # What to ask the filler for: the slot, its kind, and its length where the kind has one (`blob44`).
        self.wanted = []
        for slot in sorted(set(self.slots)):
            kind = slot.split(".")[0]
            size = int(kind[4:]) if kind.startswith("blob") else 0
            self.wanted.append((slot, "blob" if size else kind, size))

    def fill(self, value):
        """The record's text, each slot replaced by `value(kind, size)`."""
        values = {slot: value(kind, size) for slot, kind, size in self.wanted}
        output = [self.literals[0]]
        for slot, literal in zip(self.slots, self.literals[1:]):
            output.append(values[slot])
            output.append(literal)
        return "".join(output)
