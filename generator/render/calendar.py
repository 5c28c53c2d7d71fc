"""A campaign's dated events → the bytes of an .ics file: the only door to icalendar.

Comes in: a CampaignFolder, the organisation, the register of documents. Goes out: bytes, the same for the same data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar

from generator.model import Document, Event, Organisation
from generator.project import CampaignFolder

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DURATION = timedelta(hours=1)
#: Older than any document that a campaign could still be changed by.
LONG_AGO = date(2000, 1, 1)


def make_calendar(folder: CampaignFolder, organisation: Organisation, documents: Mapping[str, Document]) -> bytes:
    """Return the calendar of the campaign's events that have a day; UIDs come from ids, times are in UTC.

    A calendar program takes an event anew when its UID is known and SEQUENCE and DTSTAMP (RFC 5546, 2.1.5) grew: here
    with the newest document that the event or its campaign rests on. A build's day or a copy's age would say nothing.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Loa//Lich chien dich//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", folder.campaign.name)
    calendar.add("x-wr-timezone", str(ZONE))
    host = organisation.site.split("://", 1)[-1].split("/", 1)[0]
    dated = [(event.starts, event) for event in folder.campaign.events if event.starts]
    for starts, event in sorted(dated, key=lambda pair: (pair[0], pair[1].time or "", pair[1].id)):
        changed = max([LONG_AGO, *_find_days(folder, event, documents)])
        calendar.add_component(_make_event(folder, event, starts, host, changed))
    return bytes(calendar.to_ical())


def _find_days(folder: CampaignFolder, event: Event, documents: Mapping[str, Document]) -> Iterator[date]:
    """Yield the days of the documents that an event rests on: its own sources, its campaign's documents."""
    for reference in (*event.source, *folder.campaign.documents):
        document = documents.get(reference.partition(":")[0])
        if document is not None and document.issued:
            yield document.issued


def _make_event(folder: CampaignFolder, event: Event, starts: date, host: str, changed: date) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{folder.id}.{event.id}@{host}")
    entry.add("dtstamp", datetime.combine(changed, time(), UTC))
    entry.add("last-modified", datetime.combine(changed, time(), UTC))
    entry.add("sequence", (changed - LONG_AGO).days)
    entry.add("summary", event.title)
    last = event.ends or starts
    if event.time:
        clock = time.fromisoformat(event.time)
        entry.add("dtstart", datetime.combine(starts, clock, ZONE).astimezone(UTC))
        entry.add("dtend", (datetime.combine(last, clock, ZONE) + DURATION).astimezone(UTC))
    else:
        entry.add("dtstart", starts)
        entry.add("dtend", last + timedelta(days=1))
    if event.place:
        entry.add("location", event.place)
    if event.note:
        entry.add("description", event.note)
    entry.add("categories", [folder.campaign.short_name])
    return entry
