"""Runs a query of `business-baseline sql` on an engine: check-sql.py ENGINE QUERY.sql; leaves the result in groups*."""

import sys


def duckdb(text):
    import duckdb as engine

    connection = engine.connect()
    connection.execute("SET threads = 2")
    connection.execute(text)


# The table of the CloudTrail page in the Athena guide, as far as the query reads it.
ATHENA_TABLE = """
CREATE TABLE cloudtrail_logs AS SELECT
  filename AS "$path", r->>'$.eventID' AS eventid, r->>'$.eventTime' AS eventtime,
  r->>'$.eventSource' AS eventsource, r->>'$.eventName' AS eventname, r->>'$.awsRegion' AS awsregion,
  r->>'$.eventType' AS eventtype, r->>'$.errorCode' AS errorcode, r->>'$.errorMessage' AS errormessage,
  r->>'$.readOnly' AS readonly, r->>'$.recipientAccountId' AS recipientaccountid,
  r->>'$.sourceIPAddress' AS sourceipaddress, r->>'$.userAgent' AS useragent,
  r->>'$.vpcEndpointId' AS vpcendpointid, r->>'$.requestParameters' AS requestparameters,
  r->>'$.responseElements' AS responseelements, r->>'$.additionalEventData' AS additionaleventdata,
  r->>'$.serviceEventDetails' AS serviceeventdetails,
  {'clientprovidedhostheader': r->>'$.tlsDetails.clientProvidedHostHeader'} AS tlsdetails,
  list_transform(json_extract_string(r, '$.resources[*].ARN'), lambda x: {'arn': x}) AS resources,
  {'type': r->>'$.userIdentity.type', 'arn': r->>'$.userIdentity.arn',
   'principalid': r->>'$.userIdentity.principalId', 'accountid': r->>'$.userIdentity.accountId',
   'username': r->>'$.userIdentity.userName', 'accesskeyid': r->>'$.userIdentity.accessKeyId',
   'invokedby': r->>'$.userIdentity.invokedBy',
   'onbehalfof': {'userid': r->>'$.userIdentity.onBehalfOf.userId'},
   'sessioncontext': {
     'attributes': {'creationdate': r->>'$.userIdentity.sessionContext.attributes.creationDate',
                    'mfaauthenticated': r->>'$.userIdentity.sessionContext.attributes.mfaAuthenticated'},
     'sessionissuer': {'type': r->>'$.userIdentity.sessionContext.sessionIssuer.type',
                       'arn': r->>'$.userIdentity.sessionContext.sessionIssuer.arn',
                       'accountid': r->>'$.userIdentity.sessionContext.sessionIssuer.accountId',
                       'username': r->>'$.userIdentity.sessionContext.sessionIssuer.userName'}}
  } AS useridentity
FROM (SELECT filename, unnest(json_extract(json, '$.Records[*]')) AS r
      FROM read_json_objects('%s', format = 'unstructured', filename = true, maximum_object_size = 67108864))
"""


def athena(text):
    """Athena itself runs in AWS only: its statement is translated and run on DuckDB over Athena's table."""
    import os

    import duckdb as engine
    import sqlglot

    connection = engine.connect()
    connection.execute("SET threads = 2")
    connection.execute(ATHENA_TABLE % os.environ["LOG_FILES"].replace("'", "''"))
    connection.execute("SET lambda_syntax = 'ENABLE_SINGLE_ARROW'")
    query = sqlglot.transpile(text, read="athena", write="duckdb")[0]
    # The one thing that sqlglot leaves: how a replacement names its group.
    query = query.replace("'$1", "'\\1")
    connection.execute(f"COPY ({query}) TO 'groups.csv' (FORMAT csv, HEADER)")


def clickhouse(text):
    import chdb

    with open("groups.jsonl", "w", encoding="utf-8") as result:
        result.write(str(chdb.query(text.rstrip().removesuffix(";"), "JSONEachRow")))


def spark(text):
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    for statement in text.split(";\n"):
        if statement.strip():
            session.sql(statement)
    session.stop()


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf-8") as file:
        {"athena": athena, "duckdb": duckdb, "clickhouse": clickhouse, "spark": spark}[sys.argv[1]](file.read())
