"""Runs Athena exports in DuckDB, rewritten by sqlglot: run-athena.py EXPORTS CORPUS VERDICTS TOOL DETECTIONS LANES

The table has AWS's columns. What Trino answers and DuckDB answers otherwise is given Trino's meaning by the macros.
"""
import json
import pathlib
import re
import sys

import duckdb
import sqlglot
from sqlglot import exp

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import composed
import texts

MACROS = """
CREATE MACRO trino_scalar(j, p) AS CASE WHEN json_type(json_extract(j, p)) IN ('OBJECT', 'ARRAY', 'NULL') THEN NULL
  ELSE json_extract_string(j, p) END;
CREATE MACRO trino_array_length(j) AS CASE WHEN json_type(j) = 'ARRAY' THEN json_array_length(j) END;
CREATE MACRO trino_from_base(t, b) AS CAST('0x' || t AS BIGINT);
"""
COLUMNS = [
    "eventversion", "eventtime", "eventsource", "eventname", "awsregion", "sourceipaddress", "useragent", "errorcode",
    "errormessage", "requestparameters", "responseelements", "additionaleventdata", "requestid", "eventid", "readonly",
    "eventtype", "apiversion", "recipientaccountid", "serviceeventdetails", "sharedeventid", "vpcendpointid",
]
ISSUER = "STRUCT(type VARCHAR, principalid VARCHAR, arn VARCHAR, accountid VARCHAR, username VARCHAR)"
IDENTITY = (
    "STRUCT(type VARCHAR, principalid VARCHAR, arn VARCHAR, accountid VARCHAR, invokedby VARCHAR, accesskeyid VARCHAR, "
    "username VARCHAR, onbehalfof STRUCT(userid VARCHAR, identitystorearn VARCHAR), sessioncontext STRUCT(attributes STRUCT(mfaauthenticated VARCHAR, creationdate VARCHAR), "
    f"sessionissuer {ISSUER}, sourceidentity VARCHAR))"
)
CONNECTION = "STRUCT(tlsversion VARCHAR, ciphersuite VARCHAR, clientprovidedhostheader VARCHAR)"
LANES = {name: "VARCHAR" for name in ("account_id", "actor", "event", "source", "region", "standing", "status")}
LANES["observations"] = "BIGINT"


def duck(sql):
    """Trino's SQL as DuckDB's."""
    def change(node):
        if isinstance(node, exp.Anonymous) and node.name.lower() == "json_array_length":
            return exp.Anonymous(this="trino_array_length", expressions=node.expressions)
        if isinstance(node, exp.FromBase):
            return exp.Anonymous(this="trino_from_base", expressions=[node.this, node.expression])
        if isinstance(node, exp.JSONExtractScalar):
            return exp.Anonymous(this="trino_scalar", expressions=[node.this, node.expression])
        if isinstance(node, exp.RegexpReplace):
            # Trino names groups by $1, DuckDB by \\1.
            template = node.args["replacement"]
            node.set("replacement", exp.Literal.string(re.sub(r"\$(\d)", r"\\\1", template.this)))
        return node
    tree = sqlglot.parse_one(sql, read="athena")
    return tree.transform(change).sql(dialect="duckdb")


def text(value):
    """A member as the table's JSON SerDe gives it: documents as JSON text, scalars as text."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value)


def row(record):
    def scalar(value, *path):
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return None if isinstance(value, (dict, list)) else text(value)
    small = {key.lower(): value for key, value in record.items()}
    identity = record.get("userIdentity")
    context = ("sessionContext",)
    issuer = context + ("sessionIssuer",)
    who = {
        **{key.lower(): scalar(identity, key) for key in
           ("type", "principalId", "arn", "accountId", "invokedBy", "accessKeyId", "userName")},
        "onbehalfof": {key.lower(): scalar(identity, "onBehalfOf", key) for key in ("userId", "identityStoreArn")},
        "sessioncontext": {
            "attributes": {key.lower(): scalar(identity, *context, "attributes", key)
                           for key in ("mfaAuthenticated", "creationDate")},
            "sessionissuer": {key.lower(): scalar(identity, *issuer, key)
                              for key in ("type", "principalId", "arn", "accountId", "userName")},
            "sourceidentity": scalar(identity, *context, "sourceIdentity"),
        },
    }
    columns = {}
    for name in COLUMNS:
        value = small.get(name)
        is_document = name in ("requestparameters", "responseelements", "additionaleventdata", "serviceeventdetails")
        columns[name] = text(value) if is_document else scalar(value)
    connection = {key.lower(): scalar(record.get("tlsDetails"), key) for key in ("tlsVersion", "cipherSuite", "clientProvidedHostHeader")}
    return {"useridentity": who, "tlsdetails": connection, **columns}


def written(corpus, output, row):
    """A file of the table's rows beside the verdicts."""
    rows = output.with_suffix(".rows.jsonl")
    with open(rows, "w") as file:
        for line in open(corpus):
            file.write(json.dumps(row(json.loads(line))) + "\n")
    return rows


class Athena:
    """Athena's SQL, run by DuckDB over Athena's table."""

    language = texts.SQL

    def __init__(self):
        self.connection = duckdb.connect()
        # Looking for lists to join takes longer than the queries do.
        self.connection.execute("SET disabled_optimizers = 'in_clause'")
        self.connection.execute("SET threads = 1")
        self.connection.execute(MACROS)

    def load(self, rows, table, columns):
        """Makes a table of rows of JSON."""
        types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
        self.connection.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_json('{rows}', format='newline_delimited', "
            f"maximum_object_size=33554432, columns={{{types}}})")

    def fill(self, table, selection):
        self.connection.execute(f"CREATE TABLE {table} AS {duck(selection)}")

    def rows(self, query):
        return self.connection.execute(duck(query)).fetchall()

    def events(self, query):
        return [row[0] for row in self.rows(query)]


def opened(corpus, lanes, output):
    """Athena with its table of events and the lanes."""
    engine = Athena()
    engine.load(
        written(corpus, output, row), "cloudtrail_logs",
        {"useridentity": IDENTITY, "tlsdetails": CONNECTION, **dict.fromkeys(COLUMNS, "VARCHAR")})
    engine.load(lanes, "mdr_lanes", LANES)
    return engine


if __name__ == "__main__":
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    output.write_text(json.dumps(composed.verdicts(opened(corpus, sys.argv[6], output), exports)))
