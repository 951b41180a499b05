"""chDB (ClickHouse in process): raw deliveries to groups.

usage: chdb_peer.py groups THREADS OUT DIR

Tuned: `Records` is read as an array of typed tuples, so unknown keys are skipped while parsing.
"""
import sys

from chdb import session

_, threads, out, folder = sys.argv[1:5]
PARAMETERS = ("bucketName", "name", "secretId", "roleName", "userName", "roleArn", "policyArn")
FIELDS = [(name, "String") for name in ("eventTime", "eventID", "recipientAccountId", "awsRegion", "eventName", "eventSource",
                                        "sourceIPAddress", "userAgent", "errorCode", "eventType")]
FIELDS += [
    ("readOnly", "Bool"), ("resources", "Array(Tuple(ARN String))"),
    ("userIdentity", "Tuple(type String, arn String, accountId String, accessKeyId String, invokedBy String, "
     "sessionContext Tuple(sessionIssuer Tuple(arn String)))"),
    ("requestParameters", f"Tuple({', '.join(f'{name} String' for name in PARAMETERS)})")]
RECORD = f"Tuple({', '.join(f'{name} {kind}' for name, kind in FIELDS)})"
SETTINGS = ("input_format_json_ignore_unknown_keys_in_named_tuple=1, input_format_skip_unknown_fields=1, "
            "input_format_json_defaults_for_missing_elements_in_named_tuple=1, input_format_null_as_default=1, "
            "input_format_json_read_bools_as_strings=1, input_format_parallel_parsing=1, input_format_json_max_depth=1000, "
            f"max_threads={threads}, max_parsing_threads={threads}")
names = ", ".join(f"tupleElement(r, {index}) AS {name}" for index, (name, _) in enumerate(FIELDS, 1))
EVENTS = f"""SELECT {names} FROM (SELECT arrayJoin(Records) r FROM
  file('{folder}/**/*.json.gz', 'JSONEachRow', 'Records Array({RECORD})'))"""
NORMALISED = f"""SELECT *, if(recipientAccountId != '', recipientAccountId, userIdentity.accountId) account,
  multiIf(userIdentity.sessionContext.sessionIssuer.arn != '', userIdentity.sessionContext.sessionIssuer.arn,
    startsWith(userIdentity.arn, 'arn:aws:sts::') AND position(userIdentity.arn, ':assumed-role/') > 0,
    concat('arn:aws:iam::', splitByChar(':', userIdentity.arn)[5], ':role/', splitByChar('/', userIdentity.arn)[2]),
    userIdentity.arn != '', userIdentity.arn, userIdentity.invokedBy != '', userIdentity.invokedBy,
    userIdentity.accountId != '', userIdentity.accountId, 'unknown') actor FROM ({EVENTS})"""
SUMS = ["length(eventID)", "length(userIdentity.type)", "length(sourceIPAddress)", "length(userAgent)", "length(errorCode)",
        "length(resources)", "arraySum(r -> length(r.1), resources)", "length(userIdentity.accessKeyId)",
        "length(userIdentity.invokedBy)", "readOnly", "length(eventType)", *(f"length(requestParameters.{name})" for name in PARAMETERS)]
columns = ", ".join(f"sum({sum}) s{index}" for index, sum in enumerate(SUMS))

database = session.Session()
database.query(f"""CREATE TABLE lanes ENGINE = Memory AS SELECT account, actor, eventName, eventSource, awsRegion, count() n,
  min(eventTime) first, max(eventTime) last, {columns} FROM ({NORMALISED})
  GROUP BY account, actor, eventName, eventSource, awsRegion SETTINGS {SETTINGS}""")
rows = database.query("SELECT account, actor, eventName, eventSource, awsRegion, n, first, last FROM lanes ORDER BY 1, 2, 3, 4, 5", "TSV")
with open(out, "w", encoding="utf-8") as file:
    file.write(str(rows))
totals = database.query("SELECT count(), sum(n), " + ", ".join(f"sum(s{index})" for index in range(len(SUMS))) + " FROM lanes", "TSV")
print(str(totals).replace("\t", " "), end="")
