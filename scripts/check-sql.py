"""Runs a query of `business-baseline sql` on an engine: check-sql.py ENGINE QUERY.sql; leaves the result in groups*."""

import sys


def duckdb(text):
    import duckdb as engine

    connection = engine.connect()
    connection.execute("SET threads = 2")
    connection.execute(text)


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
        {"duckdb": duckdb, "clickhouse": clickhouse, "spark": spark}[sys.argv[1]](file.read())
