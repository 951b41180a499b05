"""Polars, with ISA-L to inflate: raw deliveries to groups.

usage: polars_peer.py groups THREADS OUT DIR

Tuned: each file is inflated by ISA-L and parsed with a given schema, several files at once; groups are merged at the end.
"""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

_, threads, out, folder = sys.argv[1:5]
os.environ["POLARS_MAX_THREADS"] = threads
import polars as pl  # noqa: E402
from isal import isal_zlib  # noqa: E402

TEXT, STRUCT = pl.String, pl.Struct
PARAMETERS = ("bucketName", "name", "secretId", "roleName", "userName", "roleArn", "policyArn")
RECORD = {name: TEXT for name in ("eventTime", "eventID", "recipientAccountId", "awsRegion", "eventName", "eventSource",
                                  "sourceIPAddress", "userAgent", "errorCode", "eventType")}
RECORD |= {
    "readOnly": pl.Boolean, "resources": pl.List(STRUCT({"ARN": TEXT})),
    "userIdentity": STRUCT({"type": TEXT, "arn": TEXT, "accountId": TEXT, "accessKeyId": TEXT, "invokedBy": TEXT,
                            "sessionContext": STRUCT({"sessionIssuer": STRUCT({"arn": TEXT})})}),
    "requestParameters": STRUCT({name: TEXT for name in PARAMETERS})}
KEY = ["account", "actor", "eventName", "eventSource", "awsRegion"]
identity, parameters = pl.col("userIdentity").struct, pl.col("requestParameters").struct
arn = identity.field("arn")
session_role = pl.lit("arn:aws:iam::") + arn.str.split(":").list.get(4, null_on_oob=True) + ":role/" + arn.str.split("/").list.get(1, null_on_oob=True)
keys = [
    pl.coalesce("recipientAccountId", identity.field("accountId"), pl.lit("")).alias("account"),
    pl.coalesce(
        identity.field("sessionContext").struct.field("sessionIssuer").struct.field("arn"),
        pl.when(arn.str.starts_with("arn:aws:sts::") & arn.str.contains(":assumed-role/", literal=True)).then(session_role),
        arn, identity.field("invokedBy"), identity.field("accountId"), pl.lit("unknown")).alias("actor"),
    "eventName", "eventSource", "awsRegion"]


def length(field):
    return field.str.len_bytes().sum()


SUMS = [length(pl.col("eventID")), length(identity.field("type")), length(pl.col("sourceIPAddress")), length(pl.col("userAgent")),
        length(pl.col("errorCode")), pl.col("resources").list.len().sum(),
        pl.col("resources").list.eval(pl.element().struct.field("ARN").str.len_bytes()).list.sum().sum(),
        length(identity.field("accessKeyId")), length(identity.field("invokedBy")), pl.col("readOnly").sum(),
        length(pl.col("eventType")), *(length(parameters.field(name)) for name in PARAMETERS)]
sums = [sum.alias(f"s{index}") for index, sum in enumerate(SUMS)]
names = [f"s{index}" for index in range(len(SUMS))]


def groups(path):
    with open(path, "rb") as file:
        text = isal_zlib.decompress(file.read(), wbits=31)
    records = pl.read_json(text, schema={"Records": pl.List(STRUCT(RECORD))}).explode("Records").unnest("Records")
    return records.lazy().with_columns(keys).group_by(KEY).agg(
        pl.len().alias("n"), pl.col("eventTime").min().alias("first"), pl.col("eventTime").max().alias("last"), *sums).collect()


paths = sorted(os.path.join(place, name) for place, _, found in os.walk(folder) for name in found)
with ThreadPoolExecutor(int(threads)) as pool:
    parts = list(pool.map(groups, paths))
lanes = pl.concat(parts).group_by(KEY).agg(
    pl.col("n").sum(), pl.col("first").min(), pl.col("last").max(), *(pl.col(name).sum() for name in names)).sort(KEY)
lanes.select(*KEY, "n", "first", "last").write_csv(out, separator="\t", include_header=False, quote_style="never")
print(len(lanes), *lanes.select("n", *names).sum().row(0))
