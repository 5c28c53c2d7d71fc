"""The website as readers get it: a real mkdocs build of the real project, and of hostile and of large ones."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import markdown
import material
import pytest
import yaml
from conftest import ROOT
from jinja2 import UndefinedError
from markupsafe import Markup
from site_case import (
    DAY,
    Seen,
    find_dead_links,
    find_foreign,
    make_site,
    read_page,
    read_pages,
    read_real,
    walk_css,
)

from generator.addresses import LANDING
from generator.errors import InternalError
from generator.model import Document, Terms
from generator.pages import Page, make_pages
from generator.pages.front import ContactPage
from generator.project import Project
from generator.render.article import make_article
from generator.render.look import make_faces_css
from generator.render.markup import escape_all, escape_front
from generator.render.safe_html import SafeHtml
from generator.render.site import Shelf, render_page

HOSTILE = 'Đ"#$*_@\\<script>alert(1)</script>|[x](javascript:1)`&amp;{{ x }}{% y %}~^=-+!’'
#: Material's files that theme/site copies or overrides: when they change, look at our copies again.
UPSTREAM = {
    "partials/search.html": "partials/search.html",
    "base.html": "main.html",
    "partials/header.html": "partials/header.html",
    "partials/footer.html": "partials/footer.html",
}
PINS = ROOT / "tests" / "material_pins.json"


@pytest.fixture(scope="module")
def project() -> Project:
    return read_real()


@pytest.fixture(scope="module")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    make_site(project, folder, with_pieces=True)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Seen]:
    return read_pages(site)


def test_every_page_is_there_and_vietnamese(project: Project, pages: dict[str, Seen]) -> None:
    wanted = {page.uri for page in make_pages(project, project.organisation, DAY, [])}
    made = {name.removesuffix("index.html") for name in pages}
    for uri in wanted:
        address = re.sub(r"(^|/)index$", r"\1", uri.removesuffix(".md"))
        assert (address + "/" if address and not address.endswith("/") else address) in made
    assert len(pages) > len(wanted) > 150
    assert {page.lang for page in pages.values()} == {"vi"}


def test_nothing_is_fetched_from_another_host(pages: dict[str, Seen], site: Path) -> None:
    assert sum(len(page.fetched) for page in pages.values()) > 1000
    assert find_foreign(pages) == []
    bad = read_page('<html><img src="https://vidu.vn/x.png"><link rel="stylesheet" href="//vidu.vn/x.css"></html>')
    assert len(find_foreign({"bad.html": bad})) == 2
    sheets = dict(walk_css(site))
    assert {"loa.css", "faces.css"} <= set(sheets)
    assert not [name for name, text in sheets.items() if re.search(r"url\(\s*['\"]?(https?:)?//", text)]


def test_every_link_inside_the_site_leads_somewhere(pages: dict[str, Seen], site: Path) -> None:
    assert sum(len(page.links) for page in pages.values()) > 5000
    assert find_dead_links(pages, site) == []
    bad = read_page(
        '<a href="khong-co/">x</a><a href="#khong-co">x</a><a href="nguy-co/">x</a><a href="https://vidu.vn">x</a>'
    )
    assert find_dead_links({**pages, "index.html": bad}, site) == [
        ("index.html", "khong-co/"),
        ("index.html", "#khong-co"),
    ]


def test_what_a_page_fetches_is_there(pages: dict[str, Seen], site: Path) -> None:
    missing = [
        (name, address)
        for name, page in pages.items()
        if name != "404.html"
        for address in page.fetched
        if not ((site / name).parent / address.split("?")[0]).is_file()
    ]
    assert missing == []


def test_ids_stand_once_a_page(pages: dict[str, Seen]) -> None:
    doubled = {name: sorted({i for i in page.ids if page.ids.count(i) > 1}) for name, page in pages.items()}
    assert {name: ids for name, ids in doubled.items() if ids} == {}


def test_one_main_heading_and_a_description(pages: dict[str, Seen]) -> None:
    for name, page in pages.items():
        shown = page.tags.count("h1")
        assert shown >= 1, name
        assert name == "index.html" or shown == 1, name
        assert page.metas.get("description"), name


def test_no_upstream_banner_and_no_english(pages: dict[str, Seen], site: Path) -> None:
    assert not [name for name, page in pages.items() if "generator" in page.metas]
    text = (site / "404.html").read_text(encoding="utf-8")
    assert "Không tìm thấy" in text and "Not found" not in text
    assert not [name for name, page in pages.items() if "Made with" in "".join(page.texts.get("body", []))]


def test_share_picture_is_absolute_and_exists(project: Project, pages: dict[str, Seen], site: Path) -> None:
    address = project.organisation.site.rstrip("/") + "/"
    images = {page.metas["og:image"] for page in pages.values() if "og:image" in page.metas}
    assert images
    assert all(image.startswith(address) and (site / image.removeprefix(address)).is_file() for image in images)


def test_search_index_is_utf8_and_leaves_repeats_out(site: Path) -> None:
    raw = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "Ngã cao" in raw and "\\u1" not in raw
    places = {row["location"] for row in json.loads(raw)["docs"]}
    assert any(place.startswith("nguy-co/nga-cao") for place in places)
    assert not [place for place in places if re.fullmatch(r"chien-dich/[^/]+/(tai-lieu|nguy-co|doi-tuong)/", place)]
    ours = (ROOT / "theme/site/assets/javascripts/lunr/min/lunr.vi.min.js").read_bytes()
    assert (site / "assets/javascripts/lunr/min/lunr.vi.min.js").read_bytes() == ours


def test_colours_are_written_once(project: Project) -> None:
    paints = {paint.screen for paint in project.theme.tokens.paints.values()}
    written = set(
        re.findall(r"#[0-9a-fA-F]{3,8}\b", (ROOT / "theme/site/assets/stylesheets/loa.css").read_text("utf-8"))
    )
    assert written == set()
    css = make_faces_css(project.theme)
    assert set(re.findall(r"#[0-9a-f]{6}", css)) <= paints
    for name in project.theme.faces:
        assert f".loa-face-{name}{{" in css
    used = set(
        re.findall(r"var\(--loa-([a-z-]+)\)", (ROOT / "theme/site/assets/stylesheets/loa.css").read_text("utf-8"))
    )
    assert used
    own = {"edge", "full", "text", "motif"}
    assert used - own - set(re.findall(r"--loa-([a-z-]+):", css)) == set()


def make_hostile(project: Project) -> Project:
    """Return the project with the same hostile line wherever people write a line."""
    name, folder = next(
        (name, folder) for name, folder in project.campaigns.items() if folder.topics and folder.campaign.starts
    )
    campaign, line = folder.campaign, {"text": HOSTILE, "title": HOSTILE}
    hostile = campaign.model_copy(
        update={
            "name": HOSTILE,
            "short_name": HOSTILE,
            "summary": HOSTILE,
            "subject": campaign.subject.model_copy(update={"text": HOSTILE}),
            "slogans": [slogan.model_copy(update=line) for slogan in campaign.slogans[:2]],
            "messages": [message.model_copy(update=line) for message in campaign.messages[:2]],
            "events": [
                event.model_copy(update={**line, "note": HOSTILE, "place": HOSTILE}) for event in campaign.events[:3]
            ],
        }
    )
    key, topic = next(iter(folder.topics.items()))
    body = "<script>alert(2)</script>\n\n<div>\n\n```\nhàng rào mở\n\n"
    body += "[x](javascript:alert(3)) <!-- mở\n\n**đậm** {{ 1 + 1 }}"
    front = topic.front.model_copy(update={"title": HOSTILE, "summary": HOSTILE, "points": [HOSTILE, HOSTILE]})
    topics = {**folder.topics, key: replace(topic, front=front, body=body)}
    organisation = project.organisation.model_copy(update={"name": HOSTILE, "short_name": HOSTILE, "address": HOSTILE})
    bad = replace(folder, campaign=hostile, topics=topics)
    return replace(project, organisation=organisation, campaigns={**project.campaigns, name: bad})


def test_hostile_text_comes_out_letter_for_letter(project: Project, tmp_path: Path) -> None:
    hostile = make_hostile(project)
    make_site(hostile, tmp_path)
    name = next(name for name, folder in hostile.campaigns.items() if folder.campaign.name == HOSTILE)
    key = next(iter(hostile.campaigns[name].topics))

    def read(address: str) -> Seen:
        return read_page((tmp_path / address / "index.html").read_text(encoding="utf-8"))

    front, topic, days = (read(f"chien-dich/{name}/{part}") for part in ("", f"noi-dung/{key}", "lich"))
    plain = HOSTILE.replace("\u00a0", " ")
    for page in (front, topic):
        assert page.texts["h1"][0].replace("\u00a0", " ").strip() == plain
        assert page.texts["title"][0].startswith(HOSTILE + " – " + HOSTILE)
    assert front.metas["description"] and front.metas["description"] in (HOSTILE, HOSTILE[:154])
    assert [text for text in topic.texts["li"] if text.strip() == HOSTILE]
    assert [text for text in days.texts["h2"] if text.strip() == HOSTILE]
    assert sum(text.replace("\u00a0", " ").strip() == plain for text in front.texts["p"]) >= 3
    for page in (front, topic, days):
        assert not [text for text in page.texts["script"] if "alert" in text]
        assert not [link for link in page.links if link.startswith("javascript")]
    assert "Nguồn" in "".join(topic.texts["h2"]), "what comes after people's Markdown must survive it"
    assert "Chữ" not in HOSTILE and HOSTILE in read("lien-he").texts["p"][-1] + "".join(read("lien-he").texts["body"])


@pytest.mark.parametrize(
    "body",
    [
        "<div><div>",
        "</div></section></article>",
        "<!-- mở",
        "```\nmở",
        "<script>",
        "<title>",
        "<textarea>",
        "<plaintext>",
        "<?php",
        "<![CDATA[",
        "<!DOCTYPE html",
        "<svg><title>",
        "<table><tr>",
        '<div class="',
        "<p",
        "<a href='x",
        "- <b>",
        "> <div>\n>",
        "<select>",
        "<template>",
        "a <!-- b --> c <!--",
        "[x]: <javascript:1>",
        "<details>\n\n# h",
        "`<div>",
        "    <div>",
        "<ul><li><ol>",
        "<h1>",
        '<a href="x>',
        "<a b='>",
        "<b\n",
        "</",
        "<!-",
        "<p/",
        '<p a="<">',
        "<a><a",
    ],
)
def test_peoples_markdown_never_swallows_the_page(body: str) -> None:
    after = '<footer class="loa-after"><h2>Nguồn</h2></footer>'
    text = make_article(body, lambda written: "", has_title=True)
    html = markdown.markdown(f"<header>đầu</header>\n\n{text}\n\n{after}", extensions=[SafeHtml()])
    assert after in html, html
    assert "đầu" in html


@pytest.mark.parametrize(
    "value", [HOSTILE, "---", "a: b", "dòng\nhai", "\u2028\u0085", "😀", "'", "null", "No", 'đuôi "']
)
def test_front_matter_is_read_back_unchanged(value: str) -> None:
    assert yaml.safe_load(f"title: {escape_front(value)}\n") == {"title": value}


class Nameless:
    """An organisation that says nothing but its name."""

    name = "A"


def test_missing_values_and_dead_links_are_errors(project: Project) -> None:
    organisation = project.organisation
    page = Page(LANDING.contact, ContactPage(organisation), "x")
    with pytest.raises(InternalError, match=r"index\.md"):
        render_page(page, project.theme, organisation, Shelf(frozenset({LANDING.contact})))
    broken = replace(page, data=ContactPage(Nameless()))  # type: ignore[arg-type]
    with pytest.raises(UndefinedError, match="superior"):
        render_page(broken, project.theme, organisation, Shelf(frozenset(LANDING)))
    with pytest.raises(InternalError):
        escape_all(None)
    assert escape_all(Markup("<b>")) == "<b>" and escape_all("<b>") == "&#60;b&#62;"


def make_large(project: Project, count: int) -> Project:
    """Return a project whose site has `count` document pages of one size, and little else."""
    documents = {
        f"van-ban-{number:05d}": Document(
            id=f"van-ban-{number:05d}",
            form="Nghị định",
            number=f"{number:05d}/NĐ-CP",
            title="Quy định về an toàn, vệ sinh lao động",
        )
        for number in range(count)
    }
    return replace(
        project,
        documents=documents,
        plans={},
        campaigns={},
        hazards={},
        audiences={},
        terms=Terms(audiences=[], hazards=[], sectors=[]),
    )


def test_a_page_weighs_the_same_among_100_and_among_1000(project: Project, tmp_path: Path) -> None:
    def weigh(count: int) -> float:
        folder = tmp_path / str(count)
        make_site(make_large(project, count), folder)
        sizes = [path.stat().st_size for path in folder.glob("van-ban/*/index.html")]
        assert len(sizes) == count
        return sum(sizes) / count

    few, many = weigh(100), weigh(1000)
    assert many < 1.02 * few, f"{few:.0f} → {many:.0f} bytes a page: are generated pages in the navigation?"


def test_same_data_same_site(project: Project, tmp_path: Path) -> None:
    def digest(folder: Path) -> dict[str, str]:
        make_site(project, folder)
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    first, second = digest(tmp_path / "a"), digest(tmp_path / "b")
    assert len(first) > 200
    assert {name for name in first if first[name] != second[name]} == set()


def test_material_files_that_we_copied_are_the_ones_we_know() -> None:
    folder = Path(material.__file__).parent / "templates"
    found = {
        name: hashlib.sha256(
            re.sub(r"\.[0-9a-f]{8}\.|material-[0-9.]+", "", (folder / name).read_text("utf-8")).encode()
        ).hexdigest()
        for name in UPSTREAM
    }
    assert all((ROOT / "theme/site" / ours).is_file() for ours in UPSTREAM.values())
    assert found == json.loads(PINS.read_text("utf-8")), (
        "compare theme/site with Material's files, then update the pins"
    )
