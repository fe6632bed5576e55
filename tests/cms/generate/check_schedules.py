"""Whether programs of another make accept a folder of exports: check_schedules.py FOLDER SCHEMAS.

Names each file that is not accepted, with the reason; exit status 1 then. What needs a program or a module that is not
installed is passed over, and said.
"""
import csv
import datetime
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
    return instants


def seconds_of(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


def length_of(text):
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def pieces_of(slots):
    """As the conference formats have them: no cancelled ones, and pieces of twelve hours of what is longer than a day."""
    pieces = []
    for start, end, is_cancelled in slots:
        if is_cancelled:
            continue
        step = 12 * 3600 if end - start >= 86400 - 60 else end - start
        pieces += [(at, min(at + step, end)) for at in range(start, end, step)]
    return sorted(pieces)


def instants_in(path):
    """What an export says of time, read by others' means."""
    if path.suffix == ".xml":
        events = xml.etree.ElementTree.parse(path).iter("event")
        return sorted((seconds_of(e.findtext("date")), seconds_of(e.findtext("date")) + length_of(e.findtext("duration")))
                      for e in events)
    if path.suffix == ".csv":
        with open(path, newline="", encoding="utf-8") as file:
            return sorted((seconds_of(row["start"]), seconds_of(row["end"])) for row in csv.DictReader(file))
    data = json.loads(path.read_text(encoding="utf-8"))
    if "talks" in data:
        return sorted((seconds_of(talk["start"]), seconds_of(talk["end"])) for talk in data["talks"])
    return sorted((seconds_of(event["date"]), seconds_of(event["end"])) for day in data["schedule"]["conference"]["days"]
                  for room in day["rooms"].values() for event in room)


def check_instants(path, calendars):
    """Each export of the whole schedule says the times that the model says."""
    slots = [tuple(map(int, line.split())) for line in path.read_text().splitlines()]
    stem = path.name.removesuffix("-instants.txt")
    whole = sorted((start, end) for start, end, _ in slots)
    shown = sorted((start, end) for start, end, is_cancelled in slots if not is_cancelled)
    wanted = {"schedule.xml": pieces_of(slots), "schedule.json": pieces_of(slots), "schedule.csv": whole,
              "schedule_widgets_schedule.json": shown}
    for name, instants in wanted.items():
        export = path.with_name(f"{stem}-{name}")
        if instants_in(export) != instants:
            tell(export, "other instants than the model's")
    for name in ("schedule.ics", "schedule.utc.ics"):
        known = calendars.get(f"{stem}-{name}")
        if known is not None and sorted((start, end) for _, start, end in known) != whole:
            faults.append(f"{stem}-{name}: other instants than the model's")


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
calendars = check_calendars([p for p in files if p.suffix == ".ics"])
for path in files:
    if path.name.endswith("-instants.txt"):
        check_instants(path, calendars)
check_tables([p for p in files if p.suffix == ".csv"])
for path in files:
    if path.name.endswith("changes.xml"):
        xml.etree.ElementTree.parse(path)
print(f"{len(files)} exports, {len(faults)} faults")
for fault in faults[:40]:
    print(fault)
sys.exit(1 if faults else 0)
