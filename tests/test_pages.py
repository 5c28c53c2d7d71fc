"""The list of pages, as data: what is there, what is on, what serves what; no disk, no mkdocs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from conftest import ROOT

from generator.model import Subject, Target
from generator.pages import Link, Page, make_pages
from generator.pages.chart import make_chart
from generator.pages.links import place_anchor
from generator.pages.shared import place_campaigns
from generator.pages.words import find_state, say_number, say_size
from generator.project import Project, read_project
from generator.wording.dates import say_span
from generator.worklist import make_pieces

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def project() -> Project:
    found, _ = read_project(ROOT)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def pages(project: Project) -> dict[str, Page]:
    return {page.uri: page for page in make_pages(project, DAY, make_pieces(project))}


def links_in(value: Any) -> Iterator[Link]:
    if isinstance(value, Link):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from links_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from links_in(inner)


def find_dead(pages: dict[str, Page]) -> list[Link]:
    return [link for page in pages.values() for link in links_in(page.data) if link.uri not in pages]


def test_every_part_of_every_campaign_has_a_page(project: Project, pages: dict[str, Page]) -> None:
    assert project.campaigns
    for folder in project.campaigns.values():
        base = f"chien-dich/{folder.id}"
        assert {f"{base}/index.md", f"{base}/tai-lieu.md"} <= set(pages)
        assert {f"{base}/noi-dung/{name}.md" for name in folder.topics} <= set(pages)
    for name, register in (("nguy-co", project.hazards), ("doi-tuong", project.audiences), ("van-ban", project.documents),
                           ("ke-hoach", project.plans)):  # fmt: skip
        assert register
        assert {f"{name}/{key}.md" for key in register} | {f"{name}/index.md"} <= set(pages)


def test_links_lead_to_pages_and_the_check_can_fail(pages: dict[str, Page]) -> None:
    assert sum(1 for page in pages.values() for _ in links_in(page.data)) > 1000
    assert find_dead(pages) == []
    page = next(iter(pages.values()))
    assert find_dead({page.uri: replace(page, data={"a": [{"b": Link("x", "khong-co.md")}]})}) == [
        Link("x", "khong-co.md")
    ]


def test_links_to_places_find_their_anchor(project: Project, pages: dict[str, Page]) -> None:
    wanted = {(link.uri, link.anchor) for page in pages.values() for link in links_in(page.data)
              if link.uri.startswith("ke-hoach/") and link.anchor}  # fmt: skip
    there = {(page.uri, row["anchor"]) for page in pages.values() if page.template == "plan.md.j2"
             for sort in page.data["sorts"] for row in sort["rows"]}  # fmt: skip
    fixed = {(f"ke-hoach/{plan}.md", place_anchor(place)) for plan in project.plans for place in ("T", "0", "NN")}
    assert len(wanted) > 100
    assert wanted - there - fixed == set()


def test_anchors_of_places_are_distinct(project: Project) -> None:
    for plan in project.plans.values():
        assert len({place_anchor(at) for at in plan.places()}) == len(plan.places())


def test_home_shows_what_is_on_now_then_next_alike(project: Project) -> None:
    def places(day: date) -> dict[str, list[tuple[str, str]]]:
        home = next(page for page in make_pages(project, day, []) if page.uri == "index.md")
        found: dict[str, list[tuple[str, str]]] = {"now": [], "next": [], "rest": []}
        for campaign in home.data["campaigns"]:
            found[campaign["place"]].append((campaign["state"], campaign["year"]))
        return found

    assert [state for state, _ in places(date(2026, 11, 22))["now"]] == ["standing"]
    assert places(date(2026, 11, 22))["next"] == [("next", "2027")] * 2
    assert places(date(2025, 5, 15))["now"] == [("on", "2025")] * 2
    assert places(date(2027, 5, 2))["now"] == [("on", "2027")] * 2 and not places(date(2027, 5, 2))["next"]
    assert [state for state, _ in places(date(2031, 1, 1))["now"]] == ["standing"]


def test_home_without_standing_shows_every_campaign_that_starts_first_or_ended_last() -> None:
    def place(*rows: tuple[str, str]) -> list[str]:
        return [row["place"] for row in place_campaigns([{"state": state, "starts": starts} for state, starts in rows])]

    assert place(("next", "2027-05-01"), ("next", "2027-05-01"), ("next", "2027-09-01")) == ["now", "now", "next"]
    assert place(("past", "2025-05-01"), ("past", "2025-05-01"), ("past", "2024-05-01")) == ["now", "now", "rest"]
    assert place(("on", "2025-05-01"), ("on", "2025-04-01"), ("standing", "")) == ["now", "now", "rest"]


@pytest.mark.parametrize(("day", "words"), [
    (date(2025, 4, 30), "Còn 1 ngày"), (date(2025, 5, 1), "Đang diễn ra, còn 31 ngày"),
    (date(2025, 5, 31), "Đang diễn ra, còn 1 ngày"), (date(2025, 6, 1), "Đã kết thúc"),
])  # fmt: skip
def test_state_on_the_edges(project: Project, day: date, words: str) -> None:
    folder = next(f for f in project.campaigns.values() if f.campaign.starts == date(2025, 5, 1))
    assert find_state(folder, day)[1] == words


def test_unannounced_subject_makes_pages_but_no_subject(project: Project) -> None:
    name, folder = next((n, f) for n, f in project.campaigns.items() if f.campaign.starts)
    silent = replace(folder, campaign=folder.campaign.model_copy(update={"subject": Subject(text="")}))
    pages = make_pages(replace(project, campaigns={name: silent}), DAY, [])
    overview = next(page for page in pages if page.uri == f"chien-dich/{name}/index.md")
    assert overview.data["campaign"]["is_announced"] is False
    assert overview.data["campaign"]["subject"] == ""


def test_print_files_never_reach_the_site(project: Project, pages: dict[str, Page]) -> None:
    pieces = make_pieces(project)
    secret = {f"an-pham/{piece.path}" for piece in pieces if piece.purpose == "print"}
    shown = {file["uri"] for page in pages.values() if page.template == "entry.md.j2"
             for file in page.data["entry"]["files"]}  # fmt: skip
    assert secret and shown
    assert not secret & shown
    assert shown == {f"an-pham/{piece.path}" for piece in pieces if piece.purpose == "preview"}


def test_the_code_of_every_piece_leads_to_a_page_that_offers_it(project: Project, pages: dict[str, Page]) -> None:
    site = project.organisation.site.rstrip("/")
    checked = 0
    for piece in make_pieces(project):
        page = pages[piece.data["piece"]["url"].removeprefix(f"{site}/") + "index.md"]
        if piece.purpose == "preview":
            assert f"an-pham/{piece.path}" in {file["uri"] for file in page.data["entry"]["files"]}
            checked += 1
    assert checked > 50


def test_libraries_show_every_entry_once(project: Project, pages: dict[str, Page]) -> None:
    cards = [card["uri"] for page in pages.values() if page.template == "library.md.j2"
             for group in page.data["groups"] for card in group["cards"]]  # fmt: skip
    assert len(cards) == len(set(cards)) > 20
    assert set(cards) == {uri for uri, page in pages.items() if page.template == "entry.md.j2"}


def test_chart_multiplies_and_says_no_more_than_the_plan() -> None:
    down = Target(id="a", subject="A", direction="giam", figure="4", unit="%/năm")
    up = Target(id="b", subject="B", direction="tang", figure="5", unit="%/năm")
    other = Target(id="c", subject="C", direction="dat", figure="100", unit="%")
    chart = make_chart([down, up, other, up.model_copy(update={"id": "d"})])
    assert [row["id"] for row in chart["rows"]] == ["a", "b", "d"]
    assert chart["rows"][0]["figures"][:3] == ["100", "96", "92,2"]
    assert chart["rows"][1]["figures"][-1] == "134"
    assert [row["is_drawn"] for row in chart["rows"]] == [True, True, False]


def test_words() -> None:
    assert say_span(date(2027, 5, 1), date(2027, 5, 31)) == "01/5 – 31/5/2027"
    assert say_span(date(2026, 12, 30), date(2027, 1, 2)) == "30/12/2026 – 02/01/2027"
    assert say_number(92.16) == "92,2" and say_number(100.0) == "100"


def test_sizes(project: Project) -> None:
    said = {say_size(preset) for preset in project.theme.presets.values()}
    assert "297 × 420 mm" in said
    assert any(words.endswith(" m") for words in said) and any(words.endswith(" px") for words in said)


def test_pages_are_the_same_twice(project: Project) -> None:
    assert make_pages(project, DAY, []) == make_pages(project, DAY, [])


def test_an_event_without_a_day_says_when_in_words(project: Project) -> None:
    page = next(
        p
        for p in make_pages(project, DAY, [])
        if p.uri == "chien-dich/chi-thi-31/lich.md" or p.uri == "chien-dich/chi-thi-31/lich/index.md"
    )
    assert any("Trước ngày 05 tháng 01" in event["when"] for event in page.data["undated"])
