"""The .ics file: readable by calendars that we did not write, the same on every run, moments that mean the same
everywhere.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from conftest import ROOT

from generator.model import Document, Event
from generator.project import CampaignFolder, Project, read_project
from generator.render.calendar import make_calendar

ODD = (
    "Tuần lễ; có dấu phẩy, chấm phẩy: \\ “ngoặc” và một câu dài để phải gấp dòng nhiều lần, không cắt giữa chữ ế, ệ, ữ."
)


@pytest.fixture(scope="module")
def project() -> Project:
    found, _ = read_project(ROOT)
    assert found is not None
    return found


def with_events(project: Project, *events: Event, documents: tuple[str, ...] = ()) -> CampaignFolder:
    folder = next(folder for folder in project.campaigns.values() if folder.campaign.starts)
    changed = {"events": list(events), "documents": list(documents)}
    return replace(folder, campaign=folder.campaign.model_copy(update=changed))


def draw(project: Project, *events: Event, documents: dict[str, date] | None = None) -> bytes:
    """Return the calendar of events in a campaign that rests on documents of these days."""
    register = {
        id_: Document(id=id_, form="Công văn", title="Một", issued=day) for id_, day in (documents or {}).items()
    }
    return make_calendar(with_events(project, *events, documents=tuple(register)), project.organisation, register)


EVENTS = (
    Event(id="mot-tuan", title=ODD, starts=date(2027, 5, 3), ends=date(2027, 5, 9), note="Dòng một\nDòng hai; hết"),
    Event(id="phat-dong", title="Lễ phát động", starts=date(2027, 5, 1), time="07:30", place="Nhà văn hóa, tầng 2"),
    Event(id="nua-dem", title="Trực đêm", starts=date(2027, 5, 2), ends=date(2027, 5, 4), time="23:30"),
    Event(id="chua-ro", title="Chưa ấn định ngày"),
)


def test_one_calendar_program_reads_it(project: Project) -> None:
    first, night, second = icalendar.Calendar.from_ical(draw(project, *EVENTS)).walk("VEVENT")
    assert str(first["SUMMARY"]) == "Lễ phát động" and str(first["LOCATION"]) == "Nhà văn hóa, tầng 2"
    assert first.decoded("DTSTART") == datetime(2027, 5, 1, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert night.decoded("DTEND") == datetime(2027, 5, 5, 0, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert str(second["SUMMARY"]) == ODD and str(second["DESCRIPTION"]) == "Dòng một\nDòng hai; hết"
    assert (second.decoded("DTSTART"), second.decoded("DTEND")) == (date(2027, 5, 3), date(2027, 5, 10))
    assert len({str(event["UID"]) for event in (first, night, second)}) == 3


def test_another_calendar_program_reads_the_same(project: Project) -> None:
    calendar = vobject.readOne(draw(project, *EVENTS).decode("utf-8"))
    assert calendar.validate(raiseException=True)
    first, night, second = calendar.vevent_list
    assert first.dtstart.value == datetime(2027, 5, 1, 0, 30, tzinfo=UTC)
    assert night.dtend.value == datetime(2027, 5, 4, 17, 30, tzinfo=UTC)
    assert (second.dtstart.value, second.dtend.value) == (date(2027, 5, 3), date(2027, 5, 10))
    assert second.summary.value == ODD and second.description.value == "Dòng một\nDòng hai; hết"
    assert first.location.value == "Nhà văn hóa, tầng 2"


def test_lines_are_as_rfc_5545_wants_them(project: Project) -> None:
    body = draw(project, *EVENTS)
    assert body.endswith(b"END:VCALENDAR\r\n") and body.count(b"\n") == body.count(b"\r\n") == body.count(b"\r")
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode("utf-8")
    whole = body.replace(b"\r\n ", b"").decode("utf-8")
    assert "SUMMARY:Tuần lễ\\; có dấu phẩy\\, chấm phẩy: \\\\ “ngoặc”" in whole
    assert "LOCATION:Nhà văn hóa\\, tầng 2\r\n" in whole and "DESCRIPTION:Dòng một\\nDòng hai\\; hết\r\n" in whole


def test_no_zone_is_named_without_its_rules(project: Project) -> None:
    body = draw(project, *EVENTS)
    assert b"TZID=" not in body or b"BEGIN:VTIMEZONE" in body
    assert b"DTSTART:20270501T003000Z" in body


def versions(body: bytes) -> list[tuple[str, int, datetime]]:
    """Return (UID, SEQUENCE, DTSTAMP) of every event."""
    found = icalendar.Calendar.from_ical(body).walk("VEVENT")
    return [(str(event["UID"]), event["SEQUENCE"], event.decoded("DTSTAMP")) for event in found]


def test_a_newer_document_makes_an_event_replace_its_earlier_self(project: Project) -> None:
    """What a calendar program compares: the same UID, then a higher SEQUENCE, then a later DTSTAMP."""
    event = Event(id="a", title="Một", starts=date(2027, 5, 1))
    moved = event.model_copy(update={"starts": date(2027, 4, 24)})
    days = [None, {"k": date(1998, 1, 1)}, {"k": date(2027, 1, 5)}, {"k": date(2027, 1, 5), "d": date(2027, 3, 2)}]
    none, old, first, then = [versions(draw(project, event, documents=given))[0] for given in days]
    assert none == old < first < then and none[0] == then[0] and none[2] < first[2] < then[2]
    assert versions(draw(project, moved, documents=days[3]))[0] == then, "the number comes from documents alone"


def test_a_document_of_the_event_itself_counts(project: Project) -> None:
    register = {"cv-5": Document(id="cv-5", form="Công văn", title="Hoãn", issued=date(2027, 4, 1))}
    plain = Event(id="a", title="Một", starts=date(2027, 5, 1))
    sourced = plain.model_copy(update={"source": ["001:II.4", "cv-5:Điều 2", "khong-ro"]})
    before, after = [
        versions(make_calendar(with_events(project, event), project.organisation, register))[0]
        for event in (plain, sourced)
    ]
    assert before[0] == after[0] and before[1] < after[1] and after[2] == datetime(2027, 4, 1, tzinfo=UTC)


def test_same_data_same_bytes(project: Project) -> None:
    one, other = (Event(id="a", title=title, starts=date(2027, 5, 1)) for title in ("Một", "Hai"))
    assert draw(project, one) == draw(project, one)
    assert draw(project, one) != draw(project, other)


def test_the_bundled_calendars_are_read_by_both(project: Project) -> None:
    found = 0
    for folder in project.campaigns.values():
        body = make_calendar(folder, project.organisation, project.documents)
        events = icalendar.Calendar.from_ical(body).walk("VEVENT")
        found += len(events)
        if events:
            assert len(vobject.readOne(body.decode("utf-8")).vevent_list) == len(events)
    assert found
