"""The .ics file: readable by a calendar, the same on every run, Vietnamese time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import icalendar
import pytest
from conftest import ROOT

from generator.model import Event
from generator.project import CampaignFolder, Project, read_project
from generator.render.calendar import make_calendar


@pytest.fixture(scope="module")
def project() -> Project:
    found, _ = read_project(ROOT)
    assert found is not None
    return found


def with_events(project: Project, *events: Event) -> CampaignFolder:
    folder = next(folder for folder in project.campaigns.values() if folder.campaign.starts)
    return replace(folder, campaign=folder.campaign.model_copy(update={"events": list(events)}))


def test_whole_days_and_times(project: Project) -> None:
    folder = with_events(
        project,
        Event(id="mot-tuan", title="Tuần lễ; có dấu phẩy, chấm phẩy", starts=date(2027, 5, 3), ends=date(2027, 5, 9)),
        Event(id="phat-dong", title="Lễ phát động", starts=date(2027, 5, 1), time="07:30", place="Nhà văn hóa"),
        Event(id="chua-ro", title="Chưa ấn định ngày"),
    )
    body = make_calendar(folder, project.organisation)
    first, second = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert str(first["SUMMARY"]) == "Lễ phát động" and str(first["LOCATION"]) == "Nhà văn hóa"
    assert isinstance(first.decoded("DTSTART"), datetime)
    assert first.decoded("DTSTART").utcoffset() == timedelta(hours=7)
    assert str(second["SUMMARY"]) == "Tuần lễ; có dấu phẩy, chấm phẩy"
    assert (second.decoded("DTSTART"), second.decoded("DTEND")) == (date(2027, 5, 3), date(2027, 5, 10))
    assert len({str(event["UID"]) for event in (first, second)}) == 2


def test_same_data_same_bytes(project: Project) -> None:
    folder = with_events(project, Event(id="a", title="Một", starts=date(2027, 5, 1)))
    other = with_events(project, Event(id="a", title="Hai", starts=date(2027, 5, 1)))
    assert make_calendar(folder, project.organisation) == make_calendar(folder, project.organisation)
    assert make_calendar(folder, project.organisation) != make_calendar(other, project.organisation)
