"""Whether programs of another make accept a folder of exports: check_schedules.py FOLDER SCHEMAS.

Names each file that is not accepted, with the reason; exit status 1 then. What needs a program or a module that is not
installed is passed over, and said.
"""
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree

folder, schemas = map(pathlib.Path, sys.argv[1:])
faults = []


def tell(path, reason):
    faults.append(f"{path.name}: {reason}")


def check_xml(paths):
    if not shutil.which("xmllint"):
        print("xmllint is not installed (libxml2-utils): XML is parsed, not validated")
    for at in range(0, len(paths), 100):
        some = [str(p) for p in paths[at:at + 100]]
        if shutil.which("xmllint"):
            run = subprocess.run(["xmllint", "--noout", "--schema", str(schemas / "schedule.xml.xsd"), *some],
                                 capture_output=True, text=True)
            faults.extend(line for line in run.stderr.splitlines() if not line.endswith(" validates"))
        for path in paths[at:at + 100]:
            xml.etree.ElementTree.parse(path)


def check_json(paths):
    try:
        import jsonschema
    except ImportError:
        print("python3-jsonschema is not installed: JSON is parsed, not validated")
        jsonschema = None
    validator = jsonschema and jsonschema.Draft6Validator(json.loads((schemas / "schema.json").read_text()))
    for path in paths:
        data = json.loads(path.read_text(encoding="utf-8"))
        if validator:
            for error in list(validator.iter_errors(data))[:3]:
                tell(path, f"{list(error.path)}: {error.message[:200]}")


def instants_of_calendar(path, calendar):
    found = []
    for event in calendar.walk("VEVENT"):
        for name in ("UID", "DTSTAMP", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "SUMMARY"):
            if name not in event:
                tell(path, f"an event without {name}")
                return found
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if start.tzinfo is None or end <= start:
            tell(path, f"from {start} to {end}")
        found.append((str(event["UID"]), int(start.timestamp()), int(end.timestamp())))
    return sorted(found)


def check_calendars(paths):
    try:
        import icalendar
    except ImportError:
        print("python3-icalendar is not installed: calendars are looked at by line alone")
        icalendar = None
    instants = {}
    for path in paths:
        raw = path.read_bytes()
        for line in raw.split(b"\r\n"):
            if len(line) > 75 or b"\n" in line or b"\r" in line:
                tell(path, f"a line of {len(line)} octets: {line[:80]!r}")
            line.lstrip(b" ").decode("utf-8")
        if icalendar:
            instants[path.name] = instants_of_calendar(path, icalendar.Calendar.from_ical(raw))
    for name, found in instants.items():
        twin = name.replace(".ics", ".utc.ics")
        if twin in instants and instants[twin] != found:
            faults.append(f"{name}: other instants than {twin}")


def check_tables(paths):
    for path in paths:
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        if len({len(row) for row in rows}) != 1:
            tell(path, "rows of several lengths")


files = sorted(folder.iterdir())
check_xml([p for p in files if p.name.endswith("schedule.xml")])
check_json([p for p in files if p.name.endswith("-schedule.json")])
for path in files:
    if path.name.endswith("widgets_schedule.json"):
        json.loads(path.read_text(encoding="utf-8"))
check_calendars([p for p in files if p.suffix == ".ics"])
check_tables([p for p in files if p.suffix == ".csv"])
for path in files:
    if path.name.endswith("changes.xml"):
        xml.etree.ElementTree.parse(path)
print(f"{len(files)} exports, {len(faults)} faults")
for fault in faults[:40]:
    print(fault)
sys.exit(1 if faults else 0)
