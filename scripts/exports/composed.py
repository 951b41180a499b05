"""Runs exported SQL over columns that are filled once, and a sample of the queries as they stand."""
import compose


def verdicts(engine, exports):
    """The ids of the events that each export matches, or its error. The engine fills tables and runs queries."""
    found, queries = {}, {}
    for path in sorted(exports.glob("*.sql")):
        try:
            queries[path.stem] = compose.Query(path.read_text(), engine.language)
        except Exception as error:
            found[path.stem] = {"error": f"the query can't be taken apart: {error}"}
    readings = {}
    for number, group in enumerate(compose.grouped(queries.values())):
        tables, known = group.tables(f"columns{number}_")
        for table, selection in tables:
            engine.fill(table, selection)
        readings.update((id(query), query.reading(tables[-1][0], known)) for query in group.queries)
    for name, query in queries.items():
        found[name] = answer(engine, readings[id(query)])
    for name in compose.sample(queries) if queries else []:
        whole = answer(engine, queries[name].text)
        if whole != found[name]:
            found[name] = {"error": f"run whole it gives {str(whole)[:200]}, over filled columns {str(found[name])[:200]}"}
    return found


def answer(engine, query):
    try:
        return sorted(engine.events(query))
    except Exception as error:
        return {"error": str(error)[:400]}
