"""Python with orjson and ISA-L, in several processes: raw deliveries to groups.

usage: orjson_peer.py groups PROCESSES OUT DIR
"""
import os
import sys
from multiprocessing import Pool

import orjson
from isal import isal_zlib

PARAMETERS = ("bucketName", "name", "secretId", "roleName", "userName", "roleArn", "policyArn")
SUMS = 19


def add(event, groups, totals):
    identity = event.get("userIdentity") or {}
    arn = identity.get("arn")
    context = identity.get("sessionContext")
    issuer = context.get("sessionIssuer") if context else None
    actor = issuer.get("arn") if issuer else None
    if not actor:
        if arn and arn.startswith("arn:aws:sts::") and ":assumed-role/" in arn:
            actor = "arn:aws:iam::" + arn.split(":")[4] + ":role/" + arn.split("/")[1]
        else:
            actor = arn or identity.get("invokedBy") or identity.get("accountId") or "unknown"
    time = event["eventTime"]
    key = (event.get("recipientAccountId") or identity.get("accountId") or "", actor, event["eventName"], event["eventSource"],
           event["awsRegion"])
    group = groups.get(key)
    if group is None:
        groups[key] = [1, time, time]
    else:
        group[0] += 1
        if time < group[1]:
            group[1] = time
        if time > group[2]:
            group[2] = time
    totals[0] += 1
    totals[1] += len(event["eventID"])
    totals[2] += len(identity.get("type") or "")
    totals[3] += len(event.get("sourceIPAddress") or "")
    totals[4] += len(event.get("userAgent") or "")
    totals[5] += len(event.get("errorCode") or "")
    resources = event.get("resources")
    if resources:
        totals[6] += len(resources)
        for resource in resources:
            totals[7] += len(resource.get("ARN") or "")
    totals[8] += len(identity.get("accessKeyId") or "")
    totals[9] += len(identity.get("invokedBy") or "")
    totals[10] += bool(event.get("readOnly"))
    totals[11] += len(event.get("eventType") or "")
    parameters = event.get("requestParameters")
    if parameters:
        for index, name in enumerate(PARAMETERS, 12):
            value = parameters.get(name)
            if value is not None:
                totals[index] += len(value)


def work(paths):
    groups, totals = {}, [0] * SUMS
    for path in paths:
        with open(path, "rb") as file:
            text = isal_zlib.decompress(file.read(), wbits=31)
        for event in orjson.loads(text)["Records"]:
            add(event, groups, totals)
    return groups, totals


def main():
    _, processes, out, folder = sys.argv[1:5]
    processes = int(processes)
    paths = sorted(os.path.join(place, name) for place, _, found in os.walk(folder) for name in found)
    with Pool(processes) as pool:
        parts = pool.map(work, [paths[index::processes] for index in range(processes)], 1)
    groups, totals = parts[0]
    for others, sums in parts[1:]:
        totals = [one + other for one, other in zip(totals, sums)]
        for key, other in others.items():
            group = groups.get(key)
            if group is None:
                groups[key] = other
            else:
                group[:] = [group[0] + other[0], min(group[1], other[1]), max(group[2], other[2])]
    with open(out, "w", encoding="utf-8") as file:
        for key in sorted(groups):
            file.write("\t".join(key) + "\t%d\t%s\t%s\n" % tuple(groups[key]))
    print(len(groups), *totals)


if __name__ == "__main__":
    main()
