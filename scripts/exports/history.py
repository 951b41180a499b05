"""Makes what the records are compared with: history.py RECORDS HISTORY CUSTOMER

HISTORY gets a past in which every third record recurs, on one day or on many; CUSTOMER an inventory of the kind that
customers write, with accounts of the organisation, partners, approved roles and crown jewels, and no addresses, which
exports don't know.
"""
import collections
import datetime
import json
import pathlib
import sys

DAYS = [1, 3, 12, 40]
END = datetime.datetime(2026, 1, 1)


def main():
    records, history, customer = map(pathlib.Path, sys.argv[1:4])
    history.mkdir(exist_ok=True)
    customer.mkdir(exist_ok=True)
    accounts, names, roles = collections.Counter(), collections.Counter(), collections.Counter()
    with open(history / "history.jsonl", "w") as file:
        for number, line in enumerate(open(records)):
            record = json.loads(line)
            who = record.get("userIdentity") or {}
            accounts[who.get("accountId")] += 1
            issuer = ((who.get("sessionContext") or {}).get("sessionIssuer") or {}).get("arn") or ""
            roles["role:" + issuer.rsplit("/", 1)[-1]] += "/" in issuer and record["eventName"] == "CreateAccessKey"
            names[(record.get("requestParameters") or {}).get("bucketName")] += 1
            if number % 3:
                continue
            days = DAYS[number // 3 % len(DAYS)]
            for day in range(days):
                moment = END - datetime.timedelta(days=1 + day * (60 // days), hours=number % 12)
                record["eventTime"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
                record["eventID"] = f"past-{number:06}-{day}"
                file.write(json.dumps(record, separators=(",", ":"), ensure_ascii=False) + "\n")

    def common(counts, start, step, most):
        known = sorted(n for n, count in counts.items() if isinstance(n, str) and n and count)
        return known[start::step][:most]

    # Those with many records, the most frequent first: strangers, whom examples name once or twice, stay strangers.
    numbers = [n for n, count in sorted(accounts.items(), key=str) if isinstance(n, str) and n.isdigit() and count >= 10]
    numbers.sort(key=lambda n: -accounts[n])
    (customer / "accounts.json").write_text(json.dumps({
        "Accounts": [{"Id": n, "Name": f"account-{n}", "Status": "ACTIVE"} for n in numbers[::2]]}))
    (customer / "customer.json").write_text(json.dumps({
        "partner_accounts": numbers[1::4], "approved_rotation_roles": common(roles, 0, 2, 20),
        "crown_jewels": common(names, 0, 3, 20)}))


main()
