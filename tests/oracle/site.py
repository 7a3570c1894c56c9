"""Reads what a site has for programs, with readers that are not ours: site.py FOLDER.

Prints how much was read; every fault on a line of its own, and exit 1 where there is any.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as xml
from datetime import date, datetime

import icalendar
import jsonschema

ATOM = "{http://www.w3.org/2005/Atom}"


def main() -> int:
    site = pathlib.Path(sys.argv[1])
    faults: list[str] = []
    data = json.loads((site / "data.json").read_text("utf-8"))
    schema = json.loads((site / data["$schema"]).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.FormatChecker()
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    faults += [f"data.json: {fault.json_path}: {fault.message}" for fault in validator.iter_errors(data)]
    for agreement in data["agreements"]:
        if not (site / agreement["page"]).is_file():
            faults.append(f"data.json: no page {agreement['page']}")

    events = 0
    uids: dict[str, set[str]] = {}
    for path in sorted(site.rglob("*.ics")):
        name = str(path.relative_to(site))
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        seen = uids.setdefault(name.removeprefix("es/"), set())
        own = set()
        for event in calendar.walk("VEVENT"):
            events += 1
            uid = str(event["UID"])
            if uid in own:
                faults.append(f"{name}: {uid} stands there twice")
            own.add(uid)
            day = event.decoded("DTSTART")
            if isinstance(day, datetime) or not isinstance(day, date):
                faults.append(f"{name}: {uid} is no whole day")
            if "RRULE" in event:
                faults.append(f"{name}: {uid} recurs")
            if "ATTENDEE" in event or "ORGANIZER" in event:
                faults.append(f"{name}: {uid} asks somebody to come")
        if seen and seen != own:
            faults.append(f"{name}: not the same days in both languages")
        seen |= own
    # Whatever stands in a calendar of its own stands in that of all.
    for name, own in uids.items():
        if not own <= uids["all.ics"]:
            faults.append(f"{name}: days that are not in all.ics")

    items = 0
    for name in ["feed.atom", "es/feed.atom"]:
        feed = xml.fromstring((site / name).read_bytes())
        for tag in ["id", "title", "updated"]:
            if feed.findtext(ATOM + tag) in (None, ""):
                faults.append(f"{name}: no {tag}")
        ids = []
        newest = datetime.fromisoformat(feed.findtext(ATOM + "updated"))
        for item in feed.findall(ATOM + "entry"):
            items += 1
            ids.append(item.findtext(ATOM + "id"))
            updated = datetime.fromisoformat(item.findtext(ATOM + "updated"))
            if updated > newest:
                faults.append(f"{name}: {ids[-1]} is newer than the feed")
            if not item.findtext(ATOM + "title") or item.find(ATOM + "link") is None:
                faults.append(f"{name}: {ids[-1]} says nothing or leads nowhere")
        if len(ids) != len(set(ids)):
            faults.append(f"{name}: an id stands there twice")

    print(f"{len(data['agreements'])} agreements, {len(uids)} calendars, {events} days, {items} items of news")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
