"""Runs CloudTrail Lake exports in DuckDB, rewritten by sqlglot: run-lake.py EXPORTS CORPUS VERDICTS

The event data store is a table of Lake's columns, with the documents as maps from first-level names to texts.
"""
import importlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import composed

athena = importlib.import_module("run-athena")

TEXTS = [
    "eventName", "eventSource", "eventType", "eventID", "eventTime", "errorCode", "errorMessage", "awsRegion",
    "sourceIPAddress", "userAgent", "vpcEndpointId", "recipientAccountId", "readOnly",
]
MAPS = ["requestParameters", "responseElements", "additionalEventData"]
# Lake tells who vouched for an identity; the guide's table for Athena does not.
IDENTITY = athena.IDENTITY[:-1] + ", identityprovider VARCHAR)"


def row(record):
    columns = {name: None if isinstance(record.get(name), (dict, list)) else athena.text(record.get(name)) for name in TEXTS}
    for name in MAPS:
        value = record.get(name)
        if name == "additionalEventData" and value is None:
            value = record.get("serviceEventDetails")
        columns[name] = (
            {key: athena.text(inner) for key, inner in value.items() if inner is not None} if isinstance(value, dict) else None)
    identity = record.get("userIdentity")
    provider = identity.get("identityProvider") if isinstance(identity, dict) else None
    who = {**athena.row(record)["useridentity"], "identityprovider": None if isinstance(provider, (dict, list)) else athena.text(provider)}
    return {"userIdentity": who, **columns}


class Lake(athena.Athena):
    def fill(self, table, selection):
        super().fill(table, selection.replace("FROM $EDS_ID", "FROM lake"))

    def events(self, query):
        return super().events(query.replace("FROM $EDS_ID", "FROM lake"))


def main():
    exports, corpus, output = map(pathlib.Path, sys.argv[1:4])
    engine = Lake()
    columns = {"userIdentity": IDENTITY, **dict.fromkeys(TEXTS, "VARCHAR"), **dict.fromkeys(MAPS, "MAP(VARCHAR, VARCHAR)")}
    engine.load(athena.written(corpus, output, row), "lake", columns)
    output.write_text(json.dumps(composed.verdicts(engine, exports)))


main()
