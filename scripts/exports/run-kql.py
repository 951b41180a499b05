"""Runs KQL exports on DuckDB by duckdb-kql: run-kql.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS LANES

Reading KQL takes far longer than running it. What the exports derive of each event stands in all of them letter by letter:
it is read once and fills a table, and so are the conditions that recur; a sample of the exports is run as it stands.
"""
import json
import multiprocessing
import os
import pathlib
import re
import sys

import duckdb_kql

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import compose
import texts

TEXT = {
    "EventName": "eventName", "EventSource": "eventSource", "EventTypeName": "eventType", "AwsEventId": "eventID",
    "TimeGenerated": "eventTime", "ErrorCode": "errorCode", "ErrorMessage": "errorMessage", "AWSRegion": "awsRegion",
    "SourceIpAddress": "sourceIPAddress", "UserAgent": "userAgent", "VpcEndpointId": "vpcEndpointId",
    "RecipientAccountId": "recipientAccountId", "UserIdentityType": "userIdentity.type",
    "UserIdentityArn": "userIdentity.arn", "UserIdentityPrincipalid": "userIdentity.principalId",
    "UserIdentityAccountId": "userIdentity.accountId", "UserIdentityAccessKeyId": "userIdentity.accessKeyId",
    "UserIdentityUserName": "userIdentity.userName", "UserIdentityInvokedBy": "userIdentity.invokedBy",
    "SessionIssuerArn": "userIdentity.sessionContext.sessionIssuer.arn",
    "SessionIssuerAccountId": "userIdentity.sessionContext.sessionIssuer.accountId",
    "SessionIssuerUserName": "userIdentity.sessionContext.sessionIssuer.userName",
    "SessionCreationDate": "userIdentity.sessionContext.attributes.creationDate",
    "ClientProvidedHostHeader": "tlsDetails.clientProvidedHostHeader",
    "RequestParameters": "requestParameters", "ResponseElements": "responseElements",
    "AdditionalEventData": "additionalEventData", "ServiceEventDetails": "serviceEventDetails",
}
FLAGS = {"ReadOnly": "readOnly", "SessionMfaAuthenticated": "userIdentity.sessionContext.attributes.mfaAuthenticated"}
TABLE = "AWSCloudTrail"


def member(record, path):
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


def row(record):
    columns = {}
    for name, path in TEXT.items():
        value = member(record, path)
        columns[name] = "" if value is None else value if isinstance(value, str) else json.dumps(value)
    for name, path in FLAGS.items():
        columns[name] = {"true": True, "false": False}.get(json.dumps(member(record, path)).strip('"').lower())
    return columns


class Query:
    """An exported query: the statement that reads the table, the columns that it derives there, and all the rest."""

    def __init__(self, text):
        self.text, self.table = text, TABLE
        self.language = texts.KQL
        body = "\n".join(line for line in text.split("\n") if not line.startswith("//"))
        statements = body.split(";\n")
        own = [number for number, one in enumerate(statements) if re.search(rf"(^|= ){TABLE}\n\| ", one)]
        if len(own) != 1:
            raise ValueError("it doesn't read the table once")
        self.before, self.after = statements[:own[0]], statements[own[0] + 1:]
        self.head, *stages = statements[own[0]].split("\n| ")
        self.gate = [stages.pop(0)] if stages[0].startswith("where ") else []
        # A column may be worked out in several stages: together they are its definition.
        self.facts = {}
        self.columns = {}
        while stages and re.match(r"extend (?!key\d|value\d)\w+ = ", stages[0]):
            stage = stages.pop(0)
            name = stage.split()[1]
            self.facts[name] = self.facts.get(name, "") + f"\n| {stage}"
        self.rest = stages
        self.steps = [(re.sub(r"\d+", "", re.split(r"\W", one)[0]), one) for one in self.rest] + [
            (" ".join(one.split()[:2]), one) for one in self.before + self.after]

    def places(self):
        return self.gate + self.rest

    def reading(self, table, known):
        stages = [texts.replaced(stage, known, self.language)[0] for stage in self.gate + self.rest]
        own = "\n| ".join([self.head.replace(TABLE, table), *stages])
        return ";\n".join([*self.before, own, *self.after])


def filled(group):
    """KQL for the columns that a table gets one after the other, the answers to conditions too, and these conditions."""
    columns = TEXT.keys() | FLAGS.keys() | group.facts.keys()
    known = texts.recurring([query.places() for query in group.queries], columns, texts.KQL, "answer")
    derived = [text for level in group.levels() for _, text in level]
    answers = [f"{name} = {text}" for text, name in known.items()]
    some = [answers[start:start + compose.AT_ONCE] for start in range(0, len(answers), compose.AT_ONCE)]
    return derived + [f"\n| extend {', '.join(part)}" for part in some], known


def answer(query):
    try:
        return sorted(row[0] for row in duckdb_kql.query(connection, query).fetchall())
    except Exception as error:
        return {"error": str(error)[:400]}


def verdict(item):
    name, query = item
    return name, answer(query)


def load(path, table, columns):
    types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    connection.sql(
        f"CREATE TABLE {table} AS SELECT * FROM read_json('{path}', format='newline_delimited', "
        f"maximum_object_size=33554432, columns={{{types}}})")


def open_tables(rows, lanes, kept):
    """Each process has tables of its own; what the first one has filled, the others read."""
    global connection
    connection = duckdb_kql.connect()
    # Pushed down, a condition would work the columns that it reads out anew for each of its tests.
    connection.sql("SET disabled_optimizers='filter_pushdown'")
    connection.sql("SET threads=1")
    load(rows, TABLE, {**dict.fromkeys(TEXT, "VARCHAR"), **dict.fromkeys(FLAGS, "BOOLEAN")})
    names = ("account_id", "actor", "event", "source", "region", "standing", "status")
    load(lanes, "mdr_lanes", {**dict.fromkeys(names, "VARCHAR"), "observations": "BIGINT"})
    for table, path in kept:
        connection.sql(f"CREATE TABLE {table} AS SELECT * FROM '{path}'")


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    rows = output.with_suffix(".rows.jsonl")
    with open(rows, "w") as file:
        for line in open(corpus):
            file.write(json.dumps(row(json.loads(line))) + "\n")
    verdicts, queries = {}, {}
    for path in sorted(exports.glob("*.kql")):
        try:
            queries[path.stem] = Query(path.read_text())
        except Exception as error:
            verdicts[path.stem] = {"error": f"the query can't be taken apart: {error}"}
    open_tables(rows, sys.argv[6], [])
    work, kept = {}, []
    for number, group in enumerate(compose.grouped(queries.values())):
        steps, known = filled(group)
        table = TABLE
        for step, text in enumerate(steps):
            made = f"Columns{number}x{step}"
            duckdb_kql.query(connection, table + text).create(made)
            table = made
        path = output.with_suffix(f".{table}.parquet")
        connection.sql(f"COPY {table} TO '{path}'")
        kept.append((table, str(path)))
        work.update((id(query), query.reading(table, known)) for query in group.queries)
    items = [(name, work[id(query)]) for name, query in queries.items()]
    items += [(f"{name} whole", queries[name].text) for name in (compose.sample(queries) if queries else [])]
    # The longest first.
    items.sort(key=lambda item: -len(item[1]))
    # Started anew: an engine's threads don't come along into a copy of this process.
    fresh = multiprocessing.get_context("spawn")
    with fresh.Pool(os.cpu_count(), open_tables, (rows, sys.argv[6], kept)) as pool:
        found = dict(pool.imap_unordered(verdict, items))
    for name in queries:
        verdicts[name] = found[name]
        whole = found.get(f"{name} whole", found[name])
        if whole != found[name]:
            verdicts[name] = {"error": f"run whole it gives {str(whole)[:200]}, over filled columns {str(found[name])[:200]}"}
    output.write_text(json.dumps(verdicts))


if __name__ == "__main__":
    main()
