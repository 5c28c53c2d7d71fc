"""The list of pages, as data: what is there, what is on, what serves what; no disk, no mkdocs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from conftest import CAMPAIGN, ROOT
from workshop_case import pieces_in, tickets_in

from generator import addresses
from generator.addresses import Part, place_anchor
from generator.model import ChartYears, Subject, Target
from generator.pages import Link, Page, make_pages
from generator.pages.campaign import CampaignPage, CampaignView, describe_campaign
from generator.pages.campaign_calendar import CalendarPage
from generator.pages.chart import make_chart
from generator.pages.front import ContactPage, HomePage, place_campaigns
from generator.pages.library import EntryPage, LibraryPage
from generator.pages.page import PageData
from generator.pages.plans import PlanPage
from generator.pages.words import find_state, say_number, say_size
from generator.project import CampaignFolder, Project, read_project
from generator.wording.dates import say_span
from generator.worklist import Piece

DAY = date(2026, 11, 22)
Data = TypeVar("Data", bound=PageData)


@pytest.fixture(scope="module")
def project() -> Project:
    found, _ = read_project(ROOT)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def pages(project: Project) -> dict[str, Page]:
    return pages_of(project, pieces_in(project))


def pages_of(project: Project, pieces: Sequence[Piece] = (), day: date = DAY) -> dict[str, Page]:
    return {page.uri: page for page in make_pages(project, project.organisation, day, pieces)}


def read_demo(folder: Path) -> Project:
    found, problems = read_project(folder)
    assert found is not None, problems
    return found


def links_in(value: object) -> Iterator[Link]:
    if isinstance(value, Link):
        yield value
    elif is_dataclass(value):
        for part in fields(value):
            yield from links_in(getattr(value, part.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from links_in(inner)


def data_of(pages: dict[str, Page], kind: type[Data]) -> dict[str, Data]:
    return {uri: page.data for uri, page in pages.items() if isinstance(page.data, kind)}


def find_dead(pages: dict[str, Page]) -> list[Link]:
    return [link for page in pages.values() for link in links_in(page.data) if link.uri not in pages]


def test_every_part_of_every_campaign_has_a_page(project: Project, pages: dict[str, Page]) -> None:
    assert project.campaigns
    for folder in project.campaigns.values():
        assert {addresses.campaign_uri(folder.id, part) for part in (Part.OVERVIEW, Part.LIBRARY)} <= set(pages)
        assert {addresses.topic_uri(folder.id, name) for name in folder.topics} <= set(pages)
    registers = (
        (addresses.hazard_uri, project.hazards),
        (addresses.audience_uri, project.audiences),
        (addresses.document_uri, project.documents),
        (addresses.plan_uri, project.plans),
    )
    for spell, register in registers:
        assert register
        assert {spell(key) for key in register} <= set(pages)
    assert set(addresses.LANDING) <= set(pages)


def test_links_lead_to_pages_and_the_check_can_fail(pages: dict[str, Page]) -> None:
    assert sum(1 for page in pages.values() for _ in links_in(page.data)) > 1000
    assert find_dead(pages) == []
    home, dead = pages[addresses.LANDING.home], Link("x", "khong-co.md")
    assert isinstance(home.data, HomePage)
    broken = replace(home, data=replace(home.data, hazards=(dead,)))
    assert find_dead({**pages, home.uri: broken}) == [dead]


def test_links_to_places_find_their_anchor(project: Project, pages: dict[str, Page]) -> None:
    plans = data_of(pages, PlanPage)
    links = [link for page in pages.values() for link in links_in(page.data)]
    wanted = {(link.uri, link.anchor) for link in links if link.uri in plans and link.anchor}
    there = {(uri, row.anchor) for uri, plan in plans.items() for listing in plan.listings for row in listing.rows}
    fixed = {(uri, place_anchor(place)) for uri in plans for place in ("T", "0", "NN")}
    assert len(wanted) > 100
    assert wanted - there - fixed == set()


def test_anchors_of_places_are_distinct(project: Project) -> None:
    for plan in project.plans.values():
        assert len({place_anchor(at) for at in plan.places()}) == len(plan.places())


def copy_campaign(project: Project, name: str, starts: date | None) -> CampaignFolder:
    """Return the demo campaign under another name, running for a month, or all year."""
    folder = next(iter(project.campaigns.values()))
    ends = starts.replace(day=28) if starts else None
    campaign = folder.campaign.model_copy(update={"id": name, "starts": starts, "ends": ends, "short_name": name})
    return replace(folder, id=name, campaign=campaign)


def test_home_shows_what_is_on_now_then_next_alike(demo_to_read: Path) -> None:
    demo = read_demo(demo_to_read)
    days = {"a-25": date(2025, 5, 1), "b-25": date(2025, 5, 1), "a-27": date(2027, 5, 1), "b-27": date(2027, 5, 1)}
    campaigns = {name: copy_campaign(demo, name, day) for name, day in {**days, "ca-nam": None}.items()}
    project = replace(demo, campaigns=campaigns)

    def places(day: date) -> dict[str, list[str]]:
        home = pages_of(project, day=day)[addresses.LANDING.home].data
        assert isinstance(home, HomePage)
        shown: dict[str, list[str]] = {"now": [], "next": [], "rest": []}
        for item in home.campaigns:
            shown[item.place].append(item.campaign.id)
        return shown

    assert places(date(2026, 11, 22)) == {"now": ["ca-nam"], "next": ["a-27", "b-27"], "rest": ["a-25", "b-25"]}
    assert places(date(2025, 5, 15)) == {"now": ["a-25", "b-25"], "next": ["a-27", "b-27"], "rest": ["ca-nam"]}
    assert places(date(2027, 5, 2)) == {"now": ["a-27", "b-27"], "next": [], "rest": ["ca-nam", "a-25", "b-25"]}
    assert places(date(2031, 1, 1))["now"] == ["ca-nam"]


def test_home_without_standing_shows_every_campaign_that_starts_first_or_ended_last(project: Project) -> None:
    model = describe_campaign(project, next(iter(project.campaigns.values())), DAY)

    def place(*rows: tuple[str, str]) -> list[str]:
        views: list[CampaignView] = [replace(model, state=state, starts=starts) for state, starts in rows]
        return [item.place for item in place_campaigns(views)]

    assert place(("next", "2027-05-01"), ("next", "2027-05-01"), ("next", "2027-09-01")) == ["now", "now", "next"]
    assert place(("past", "2025-05-01"), ("past", "2025-05-01"), ("past", "2024-05-01")) == ["now", "now", "rest"]
    assert place(("on", "2025-05-01"), ("on", "2025-04-01"), ("standing", "")) == ["now", "now", "rest"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 4, 30), "Còn 1 ngày"),
        (date(2025, 5, 1), "Đang diễn ra, còn 31 ngày"),
        (date(2025, 5, 31), "Đang diễn ra, còn 1 ngày"),
        (date(2025, 6, 1), "Đã kết thúc"),
    ],
)
def test_state_on_the_edges(demo_to_read: Path, day: date, words: str) -> None:
    (folder,) = read_demo(demo_to_read).campaigns.values()
    assert (folder.campaign.starts, folder.campaign.ends) == (date(2025, 5, 1), date(2025, 5, 31))
    assert find_state(folder, day)[1] == words


def test_unannounced_subject_makes_pages_but_no_subject(project: Project) -> None:
    name, folder = next((n, f) for n, f in project.campaigns.items() if f.campaign.starts)
    silent = replace(folder, campaign=folder.campaign.model_copy(update={"subject": Subject(text="")}))
    overview = pages_of(replace(project, campaigns={name: silent}))[addresses.campaign_uri(name)].data
    assert isinstance(overview, CampaignPage)
    assert overview.campaign.is_announced is False
    assert overview.campaign.subject == ""


def test_print_files_never_reach_the_site(project: Project, pages: dict[str, Page]) -> None:
    pieces = pieces_in(project)
    secret = {addresses.piece_uri(piece.path) for piece in pieces if piece.purpose == "print"}
    shown = {file.uri for entry in data_of(pages, EntryPage).values() for file in entry.files}
    assert secret and shown
    assert not secret & shown
    assert shown == {addresses.piece_uri(piece.path) for piece in pieces if piece.purpose == "preview"}


def test_the_code_of_every_piece_leads_to_a_page_that_offers_it(project: Project, pages: dict[str, Page]) -> None:
    site = project.organisation.site.rstrip("/")
    entries = data_of(pages, EntryPage)
    checked = 0
    for ticket in tickets_in(project):
        entry = entries[ticket.url.removeprefix(f"{site}/") + "index.md"]
        for piece in ticket.pieces:
            if piece.purpose == "preview":
                assert addresses.piece_uri(piece.path) in {file.uri for file in entry.files}
                checked += 1
    assert checked > 50


def test_libraries_show_every_entry_once(project: Project, pages: dict[str, Page]) -> None:
    libraries = data_of(pages, LibraryPage).values()
    cards = [card.uri for library in libraries for group in library.groups for card in group.cards]
    assert len(cards) == len(set(cards)) > 20
    assert set(cards) == set(data_of(pages, EntryPage))


def test_chart_multiplies_and_says_no_more_than_the_plan() -> None:
    down = Target(id="a", subject="A", direction="giam", figure="4", unit="%/năm")
    up = Target(id="b", subject="B", direction="tang", figure="5", unit="%/năm")
    other = Target(id="c", subject="C", direction="dat", figure="100", unit="%")
    again = up.model_copy(update={"id": "d", "subject": "D"})
    chart = make_chart([down, up, other, again], ChartYears(base=2024, years=6))
    assert chart is not None
    assert [line.subject for line in chart.lines] == ["A", "B", "D"]
    assert chart.lines[0].figures[:3] == ("100", "96", "92,2")
    assert chart.lines[1].figures[-1] == "134"
    assert [line.is_drawn for line in chart.lines] == [True, True, False]
    assert [year.words for year in chart.years] == [str(year) for year in range(2024, 2031)]
    assert make_chart([other], ChartYears(base=2024, years=6)) is None
    assert make_chart([down], None) is None


def test_words() -> None:
    assert say_span(date(2027, 5, 1), date(2027, 5, 31)) == "01/5 – 31/5/2027"
    assert say_span(date(2026, 12, 30), date(2027, 1, 2)) == "30/12/2026 – 02/01/2027"
    assert say_number(92.16) == "92,2" and say_number(100.0) == "100"


def test_sizes(project: Project) -> None:
    said = {say_size(preset) for preset in project.theme.presets.values()}
    assert "297 × 420 mm" in said
    assert any(words.endswith(" m") for words in said) and any(words.endswith(" px") for words in said)


def test_pages_are_the_same_twice(project: Project) -> None:
    assert pages_of(project) == pages_of(project)


def test_an_event_without_a_day_says_when_in_words(demo: Path) -> None:
    campaign = demo / CAMPAIGN
    added = "events:\n  - id: bao-cao\n    title: Báo cáo\n    when: Trước ngày 05 tháng 01\n"
    campaign.write_text(campaign.read_text("utf-8").replace("events:\n", added), "utf-8")
    (calendar,) = data_of(pages_of(read_demo(demo)), CalendarPage).values()
    assert [event.when for event in calendar.undated] == ["Trước ngày 05 tháng 01"]
    assert [event.title for event in calendar.dated] == ["Lễ phát động"]


def test_the_sender_is_who_the_pages_are_made_for(demo_to_read: Path) -> None:
    project = read_demo(demo_to_read)
    other = project.organisation.model_copy(update={"name": "Một đơn vị khác"})
    pages = {page.uri: page.data for page in make_pages(project, other, DAY, [])}
    home, contact = pages[addresses.LANDING.home], pages[addresses.LANDING.contact]
    assert isinstance(home, HomePage) and home.organisation == other.name
    assert isinstance(contact, ContactPage) and contact.organisation == other
