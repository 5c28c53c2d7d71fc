"""The templates of pages against the data they get: every name is a field, every field is named; words stand once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import CAMPAIGN, ROOT
from jinja2 import Environment, meta, nodes

from generator import pages
from generator.addresses import Part, campaign_uri
from generator.pages import Page, PageData, make_pages
from generator.project import Project, read_project
from generator.render.site import DESCRIPTION_LETTERS, TOOLS, Shelf, render_page

FOLDER = ROOT / "theme" / "pages"
TEMPLATES = sorted(path.name for path in FOLDER.glob("*.j2") if not path.name.startswith("_"))
#: What every template sets before anything else.
HEAD = ("title", "description")
GLOBALS = {"landing", *TOOLS}
DAY = date(2026, 11, 22)


def all_data() -> dict[str, type[PageData]]:
    """Return the data class of every template."""
    found = {kind.template: kind for kind in walk(PageData) if "template" in vars(kind)}
    assert len(found) == sum("template" in vars(kind) for kind in walk(PageData)), "two classes for one template"
    return found


def walk(kind: type[PageData]) -> Iterator[type[PageData]]:
    for below in kind.__subclasses__():
        yield below
        yield from walk(below)


@cache
def parse(name: str) -> nodes.Template:
    return Environment().parse((FOLDER / name).read_text("utf-8"))


def undeclared(tree: nodes.Template) -> set[str]:
    """Return the names that a template takes from outside."""
    return meta.find_undeclared_variables(tree)


def attributes(tree: nodes.Template) -> set[str]:
    """Return the names after a dot, and those that `map(attribute=…)` reads."""
    dotted = {node.attr for node in tree.find_all(nodes.Getattr)}
    mapped = {
        node.value.value
        for node in tree.find_all(nodes.Keyword)
        if node.key == "attribute" and isinstance(node.value, nodes.Const)
    }
    return dotted | mapped


def unknown_names(kind: type[PageData], tree: nodes.Template) -> set[str]:
    return undeclared(tree) - {part.name for part in fields(kind)} - GLOBALS


def unused_fields(kind: type[PageData], tree: nodes.Template) -> set[str]:
    return {part.name for part in fields(kind)} - undeclared(tree)


def test_every_template_has_its_data_and_the_other_way_round() -> None:
    assert len(TEMPLATES) > 20
    assert sorted(all_data()) == TEMPLATES


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_name_of_a_template_is_a_field_and_every_field_is_named(name: str) -> None:
    kind, tree = all_data()[name], parse(name)
    assert unknown_names(kind, tree) == set()
    assert unused_fields(kind, tree) == set()


def test_the_check_of_names_can_fail() -> None:
    kind = all_data()["topics.md.j2"]
    tree = Environment().parse("{% set title = campaign.name %}{{ current }}{{ topic }}")
    assert unknown_names(kind, tree) == {"topic"}
    assert unused_fields(kind, tree) == {"topics"}


def test_parts_take_nothing_from_outside_but_tools() -> None:
    for path in FOLDER.glob("_*.j2"):
        assert undeclared(parse(path.name)) <= GLOBALS


def test_every_field_of_what_pages_hold_is_read_by_some_template() -> None:
    trees = [parse(path.name) for path in FOLDER.glob("*.j2")]
    named = set().union(*map(attributes, trees))
    prefix = pages.__name__ + "."
    views = {
        value
        for name, module in sys.modules.items()
        if name.startswith(prefix)
        for value in vars(module).values()
        if isinstance(value, type) and is_dataclass(value) and value.__module__ == name
        if not issubclass(value, PageData) and not value.__name__.startswith("_")
    }
    made = {"Page", "CampaignContext", "Uses", "Listing", "SiteMap"}  # what only Python reads
    shown = [view for view in views if view.__name__ not in made]
    assert len(shown) > 20
    assert {
        f"{view.__name__}.{part.name}" for view in shown for part in fields(view) if part.name not in named
    } == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_begins_with_its_title_and_description(name: str) -> None:
    head = (FOLDER / name).read_text("utf-8").split("{% from", 1)[0]
    assert re.findall(r"^\{% set (\w+) = .+ %\}$", head, re.MULTILINE)[-2:] == list(HEAD)
    assert all(line.startswith("{% set ") for line in head.splitlines() if line)


# What comes out


def read_demo(root: Path) -> Project:
    project, problems = read_project(root)
    assert project is not None, problems
    return project


def render(project: Project, uri: str) -> str:
    made = {page.uri: page for page in make_pages(project, project.organisation, DAY, [])}
    files = {photo.uri for page in made.values() for photo in getattr(page.data, "photos", ())}
    files |= {ics for page in made.values() if (ics := getattr(page.data, "ics", ""))}
    shelf = Shelf(frozenset({*made, *files}))
    return render_page(made[uri], project.theme, project.organisation, shelf)


@pytest.mark.parametrize("status", ["chinh-thuc", "da-duyet", "goi-y"])
def test_the_subject_is_marked_as_what_it_is(demo: Path, status: str) -> None:
    campaign = demo / CAMPAIGN
    campaign.write_text(campaign.read_text("utf-8").replace("status: chinh-thuc", f"status: {status}", 1), "utf-8")
    project = read_demo(demo)
    text = render(project, campaign_uri(next(iter(project.campaigns))))
    (mark,) = re.findall(r"Chủ đề: <span class=\"loa-status loa-status--(\S+?)\">", text)
    assert mark.replace("&#45;", "-") == status


def test_a_long_description_is_cut_at_a_word(demo_to_read: Path) -> None:
    project = read_demo(demo_to_read)
    name, folder = next(iter(project.campaigns.items()))
    long = folder.campaign.model_copy(update={"summary": "chữ " * 70})
    longer = replace(project, campaigns={name: replace(folder, campaign=long)})
    (line,) = re.findall(r"^description: \"(.*)\"$", render(longer, campaign_uri(name)), re.MULTILINE)
    assert len(line) <= DESCRIPTION_LETTERS and line.endswith("chữ…")


def test_a_template_without_a_title_is_our_own_mistake(demo: Path) -> None:
    template = demo / "theme" / "pages" / "contact.md.j2"
    template.write_text(template.read_text("utf-8").replace("{% set title", "{% set name"), "utf-8")
    project = read_demo(demo)
    page = next(page for page in make_pages(project, project.organisation, DAY, []) if is_contact(page))
    with pytest.raises(Exception, match="title"):
        render_page(page, project.theme, project.organisation, Shelf(frozenset({page.uri, "index.md"})))


def is_contact(page: Page) -> bool:
    return page.data.template == "contact.md.j2"


def test_a_chart_is_drawn_from_the_years_of_the_campaign(demo: Path) -> None:
    campaign = demo / CAMPAIGN
    plain = read_demo(demo)
    uri = campaign_uri(next(iter(plain.campaigns)), Part.TARGETS)
    assert "loa-chart" not in render(plain, uri)

    years = 'chart: {base: "2021", years: "3"}\nevents:'
    campaign.write_text(campaign.read_text("utf-8").replace("events:", years), "utf-8")
    text = render(read_demo(demo), uri)
    assert "lấy năm 2021 là 100" in text
    assert re.findall(r'<th scope="col">(\d{4})</th>', text) == ["2021", "2022", "2023", "2024"]


def test_every_number_to_call_is_made_by_one_function() -> None:
    """A telephone dials digits: a template writes them out, or takes what `dial` made."""
    paths = [*FOLDER.glob("*.j2"), *(ROOT / "theme" / "site").rglob("*.html")]
    links = [link for path in paths for link in re.findall(r'tel:([^"]*)"', path.read_text(encoding="utf-8"))]
    assert any("dial" in link for link in links)
    assert [link for link in links if not re.fullmatch(r"\d{3}|\{\{ line\.dial( \| e)? \}\}", link)] == []
