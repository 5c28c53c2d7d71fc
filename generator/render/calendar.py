"""A campaign's dated events → the bytes of an .ics file: the only door to icalendar.

Comes in: a CampaignFolder and the organisation. Goes out: bytes, the same for the same data.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar

from generator.model import Event, Organisation
from generator.project import CampaignFolder

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DURATION = timedelta(hours=1)


def make_calendar(folder: CampaignFolder, organisation: Organisation) -> bytes:
    """Return the calendar of the campaign's events that have a day; times are Vietnamese time, UIDs come from ids."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Loa//Lich chien dich//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", folder.campaign.name)
    calendar.add("x-wr-timezone", str(ZONE))
    host = organisation.site.split("://", 1)[-1].split("/", 1)[0]
    dated = [(event.starts, event) for event in folder.campaign.events if event.starts]
    for starts, event in sorted(dated, key=lambda pair: (pair[0], pair[1].time or "", pair[1].id)):
        calendar.add_component(_make_event(folder, event, starts, host))
    return bytes(calendar.to_ical())


def _make_event(folder: CampaignFolder, event: Event, starts: date, host: str) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{folder.id}.{event.id}@{host}")
    entry.add("dtstamp", datetime.combine(folder.campaign.starts or starts, time(), UTC))
    entry.add("summary", event.title)
    last = event.ends or starts
    if event.time:
        clock = time.fromisoformat(event.time)
        entry.add("dtstart", datetime.combine(starts, clock, ZONE))
        entry.add("dtend", datetime.combine(last, clock, ZONE) + DURATION)
    else:
        entry.add("dtstart", starts)
        entry.add("dtend", last + timedelta(days=1))
    if event.place:
        entry.add("location", event.place)
    if event.note:
        entry.add("description", event.note)
    entry.add("categories", [folder.campaign.short_name])
    return entry
