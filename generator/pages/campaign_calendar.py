"""The calendar of a campaign: what happens on a day, and what is suggested without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.addresses import Part, calendar_uri, event_anchor
from generator.model import Event
from generator.pages.campaign import CampaignContext, CampaignPage
from generator.pages.links import Links, link_sources
from generator.pages.page import Page
from generator.pages.words import StatusMark, mark_status, say_body
from generator.project import Project
from generator.wording.dates import say_day


@dataclass(frozen=True)
class EventView:
    """Something that happens: on a day (`day`, `month`, `starts` …), or some time said in words (`when`)."""

    anchor: str
    title: str
    status: StatusMark
    starts: str
    ends: str
    day: str
    month: str
    until: str
    time: str
    when: str
    place: str
    body: str
    note: str
    sources: Links


@dataclass(frozen=True)
class CalendarPage(CampaignPage):
    """The calendar; events with a day stand in the file `ics` too."""

    template = "calendar.md.j2"
    dated: tuple[EventView, ...]
    undated: tuple[EventView, ...]
    ics: str


def make_calendar_page(context: CampaignContext) -> Page:
    """Return the calendar of a campaign, its dated events in their order."""
    project, events = context.project, context.folder.campaign.events
    dated = sorted(
        ((event.starts, event.time or "", event) for event in events if event.starts),
        key=lambda row: row[:2],
    )
    data = CalendarPage(
        campaign=context.view,
        current=context.uri(Part.CALENDAR),
        dated=tuple(_describe_event(project, event, starts) for starts, _, event in dated),
        undated=tuple(_describe_event(project, event, None) for event in events if not event.starts),
        ics=calendar_uri(context.folder.id) if dated else "",
    )
    return context.page(data)


def _describe_event(project: Project, event: Event, starts: date | None) -> EventView:
    last = event.ends or starts
    return EventView(
        anchor=event_anchor(event.id),
        title=event.title,
        status=mark_status(project, event.status),
        starts=starts.isoformat() if starts else "",
        ends=last.isoformat() if last else "",
        day=f"{starts.day:02d}" if starts else "",
        month=f"tháng {starts.month}/{starts.year}" if starts else "",
        until=say_day(event.ends) if event.ends != starts else "",
        time=event.time or "",
        when=event.when,
        place=event.place,
        body=say_body(project, event.body),
        note=event.note,
        sources=link_sources(project, event.source),
    )
