"""An independent reader of the open data.

Downloads the files over HTTP and nothing else, counts every public figure anew with the means of another
language, and prints where the portal says something else, one line each.
"""
import csv
import io
import json
import sys
import urllib.request

BASE = sys.argv[1]


def fetch(path):
    with urllib.request.urlopen(BASE + path) as answer:
        return answer.read().decode("utf-8-sig")


def table(path):
    raw = csv.DictReader(io.StringIO(fetch(path), newline=""))
    lines = [{key: unguarded(value) for key, value in line.items()} for line in raw]
    rows = json.loads(fetch(path.replace(".csv", ".json")))["rows"]
    as_text = [{key: text(value) for key, value in row.items()} for row in rows]
    ordered = lambda some: sorted(json.dumps(line, sort_keys=True) for line in some)
    if ordered(lines) != ordered(as_text):
        print(f"{path}: CSV and JSON differ")
    return lines


def unguarded(value):
    # A text that a spreadsheet would take for a formula has an apostrophe before it.
    return value[1:] if value[:1] == "'" and value[1:2] in "=+-@" else value


def text(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def fiscal_months(year, part):
    ce = year - 543
    months = [f"{ce - 1}-{m:02}" for m in (10, 11, 12)] + [f"{ce}-{m:02}" for m in range(1, 10)]
    return {"year": months, "h1": months[:6], "h2": months[6:]}[part]


def balance(rows, months):
    before = [row for row in rows if row["received_month"] < months[0]]
    came = [row for row in rows if row["received_month"] in months]
    brought = sum(1 for row in before if not row["finished_month"] or row["finished_month"] >= months[0])
    ended = sum(1 for row in rows if row["finished_month"] in months)
    return {
        "broughtForward": brought,
        "received": len(came),
        "finished": ended,
        "inProgress": brought + len(came) - ended,
    }


def only(line, keys=("broughtForward", "received", "finished", "inProgress")):
    return {key: line[key] for key in keys}


def percentile(days, share):
    for passed, value in enumerate(days, start=1):
        if passed * 100 >= len(days) * share:
            return value
    return None


def counted(values):
    found = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found


def compare(what, ours, theirs):
    compare.checks += 1
    if ours != theirs:
        print(f"{what}: counted {json.dumps(ours)}, published {json.dumps(theirs)}")


compare.checks = 0


def check_part(name, part, all_rows, duties, villages, months):
    rows = [row for row in all_rows if row["kind"] == "complaint"]
    came = [row for row in rows if row["received_month"] in months]
    ended = [row for row in rows if row["finished_month"] in months]
    compare(f"{name} balance", balance(rows, months), part["balance"])
    for line in part["months"]:
        if line["received"] is not None:
            compare(f"{name} {line['month']}", balance(rows, [line["month"]]), only(line))
    for key, field in [
        ("groups", "category_group"),
        ("categories", "category"),
        ("channels", "channel"),
        ("units", "unit"),
    ]:
        told = {line["code"]: only(line) for line in part[key] if any(only(line).values())}
        codes = {row[field] for row in rows}
        own = {code: balance([row for row in rows if row[field] == code], months) for code in codes}
        own = {code: one for code, one in own.items() if any(one.values())}
        compare(f"{name} {key}", own, told)
    for line in part["otherKinds"]:
        of_kind = [row for row in all_rows if row["kind"] == line["kind"]]
        compare(f"{name} {line['kind']}", balance(of_kind, months), only(line))
    told = {line["code"]: only(line) for line in part["villages"]}
    compare(f"{name} villages", villages, told)
    outcomes = {line["code"]: line["count"] for line in part["outcomes"]}
    compare(f"{name} outcomes", counted(row["outcome"] for row in ended), outcomes)
    findings = {line["code"]: line["count"] for line in part["findings"]}
    compare(f"{name} findings", counted(row["finding"] or "none" for row in ended), findings)
    compare(f"{name} accepted", sum(row["accepted"] == "true" for row in came), part["accepted"])
    compare(f"{name} grounds", sum(row["finding"] in ("yes", "part") for row in came), part["grounds"])
    states = {"met": 0, "explained": 0, "late": 0, "running": 0, "void": 0}
    for duty in duties:
        if duty["due_month"] in months and duty["kind"] == "complaint":
            states[duty["state"]] += int(duty["duties"])
    due = states["met"] + states["explained"] + states["late"]
    compare(f"{name} timeliness", {"due": due, **states}, only(part["timeliness"], ("due", *states)))
    days = sorted(int(row["days_to_finish"]) for row in ended)
    own = {"finished": len(days), "median": percentile(days, 50), "percentile90": percentile(days, 90)}
    compare(f"{name} days", own, part["days"])


def check_indicators(year, all_rows, history):
    """What the plan's indicators count of general complaints: by category, and in all where there is nothing else."""
    told = json.loads(fetch(f"/indicators/{year}.json"))
    months = fiscal_months(year, "year")
    came = [row for row in all_rows if row["kind"] == "complaint" and row["received_month"] in months]
    for one in told["indicators"]:
        kinds = {part["kind"] for part in one["parts"]}
        for part in one["parts"]:
            if part["kind"] != "category":
                continue
            rows = [row for row in came if row["category"] == part["code"]]
            papers = [line for line in history if (line["fiscal_year"], line["category"]) == (str(year), part["code"])]
            own = [len(rows) + sum(int(line["received"]) for line in papers)]
            if not papers:
                own.append(sum(row["accepted"] == "true" for row in rows))
                own.append(sum(row["finding"] in ("yes", "part") for row in rows))
            theirs = [part["received"], part["accepted"], part["grounds"]][: len(own)]
            compare(f"{year} indicator {one['id']} {part['code']}", own, theirs)
        line = next(line for line in one["years"] if line["fiscalYear"] == year)
        for series in line["series"]:
            if kinds and "conduct" not in kinds or series["code"] == "service":
                signs = {"category": 1, "added": 1, "taken": -1}
                own = sum(signs.get(part["kind"], 0) * (part["received"] or 0) for part in one["parts"])
                compare(f"{year} indicator {one['id']}", own, series["value"])


def main():
    catalogue = json.loads(fetch("/open-data/catalogue.json"))
    files = {
        one["identifier"]: [d["downloadURL"] for d in one["distribution"] if d["format"] == "CSV"]
        for one in catalogue["dataset"]
    }
    paths = {name: ["/" + url.split("/", 3)[3] for url in urls] for name, urls in files.items()}
    all_rows = [row for path in paths["cases"] for row in table(path)]
    codes = table(paths["codes"][0])
    named = {(line["field"], line["code"]) for line in codes if line["name"] and line["name_en"]}
    for field in ("kind", "category_group", "category", "channel", "unit", "village", "status", "outcome", "finding"):
        for value in {row[field] for row in all_rows if row[field]} - {code for one, code in named if one == field}:
            print(f"{field} {value} has no name")
    history = table(paths["history"][0])
    duties = [duty for path in paths["duties"] for duty in table(path)]
    for path in paths["statistics"]:
        check_indicators(int(path.split("/")[-1][:4]), all_rows, history)
    for path in paths["villages"]:
        year = int(path.split("-")[-1][:4])
        told = json.loads(fetch(f"/statistics/{year}.json"))
        lines = table(path)
        compare(f"{year}", balance([row for row in all_rows if row["kind"] == "complaint"], fiscal_months(year, "year")), told["year"])
        for name, part in told["parts"].items():
            own = {
                line["village"]: {
                    "broughtForward": int(line["brought_forward"]),
                    "received": int(line["received"]),
                    "finished": int(line["finished"]),
                    "inProgress": int(line["in_progress"]),
                }
                for line in lines
                if line["part"] == name
            }
            if part["balance"] is not None:
                check_part(f"{year} {name}", part, all_rows, duties, own, fiscal_months(year, name))
            else:
                compare(f"{year} {name} villages", own, {})
        for month in told["eService"]:
            if month["counts"]:
                came = [row for row in all_rows if row["received_month"] == month["month"] and row["channel"] == "web"]
                own = {kind: sum(row["kind"] == kind for row in came) for kind in month["counts"]}
                compare(f"{year} e-service {month['month']}", own, month["counts"])
        papers = [line for line in history if line["fiscal_year"] == str(year)]
        if told["papers"] or papers:
            own = {line["category"]: (int(line["received"]), int(line["finished"]), line["source"]) for line in papers}
            lines = (told["papers"] or {}).get("categories", [])
            compare(f"{year} papers", own, {one["code"]: (one["received"], one["finished"], one["source"]) for one in lines})
        # Where the village of a case is told, the crossing tells the same number; where not, it tells none.
        places = json.loads(fetch(f"/statistics/{year}/places.json"))
        came = [row for row in all_rows if row["kind"] == "complaint" and row["received_month"] in fiscal_months(year, "year")]
        shown = counted((row["category"], row["village"]) for row in came if row["village_withheld"] == "false")
        told = {
            (category["code"], cell["code"]): cell["received"]
            for category in places["categories"]
            for cell in category["villages"]
            if cell["received"] is not None
        }
        compare.checks += 1
        if shown != told:
            print(f"{year} places: counted {shown}, published {told}")
        for row in came:
            if (row["village_withheld"] == "true") != (row["village"] == ""):
                print(f"{year}: a row with a village that is withheld, or without one that is not")
    print(f"checked {compare.checks}")


main()
