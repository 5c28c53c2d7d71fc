"""What the website's tests share: build a site without drawing pieces, and read the pages that came out."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import ROOT
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from workshop_case import pieces_in, read_sound

from generator import build, plugin
from generator.errors import UserError, split_problems
from generator.pages import make_pages, make_site_map
from generator.project import Project, read_project
from generator.workshop import Kept, Made, Store

DAY = date(2026, 11, 22)
#: Tags whose address the browser fetches by itself; `a` and `link rel=canonical` are not fetched.
FETCHED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
FETCHED_RELS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "modulepreload", "dns-prefetch"}
VOID = {"img", "br", "hr", "input", "meta", "link", "col", "source", "wbr", "area", "base", "embed", "track"}


def read_real() -> Project:
    """Return the project of this repository."""
    return read_sound()


@cache
def stand_in() -> Kept:
    """Return a piece that nothing drew, with one picture, in a store of its own that goes when the tests end."""
    folder = tempfile.mkdtemp(prefix="loa-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = Store(Path(folder))
    assert store.put("0" * 64, b"%PDF-", (b"RIFF",))
    kept = store.get("0" * 64)
    assert kept is not None
    return kept


def make_built(project: Project, with_pieces: bool = False) -> build.Built:
    """Return what a site is made of; pieces, where wanted, are stand-ins that nothing drew."""
    pieces = pieces_in(project) if with_pieces else []
    made = [Made(piece, stand_in()) for piece in pieces if piece.purpose == "preview"]
    pages = make_pages(project, project.organisation, DAY, pieces)
    return build.Built(project, made, pages, DAY, make_site_map(project, pages, pieces))


def draw_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let MkDocs read and check a project as always, and draw nothing."""

    def read(root: Path, day: date, workshop: object = None) -> build.Built:
        project, problems = read_project(root)
        if project is None or split_problems(problems)[0]:
            raise UserError(problems)
        return make_built(project)

    monkeypatch.setattr(build, "build_for_site", read)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


def make_site(project: Project, folder: Path, with_pieces: bool = False) -> int:
    """Build the site of a project into `folder` and return the number of pages."""
    return plugin.make_site(ROOT, make_built(project, with_pieces), folder)


class Server:
    """Builds as `mkdocs serve` does: one plugin for many builds."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root, self.site = root, site
        self.config = self.load()
        self.plugin = plugin.run.find_plugin(self.config)
        self.config.plugins.on_startup(command="serve", dirty=False)

    def load(self) -> plugin.MkDocsConfig:
        return load_config(config_file=str(self.root / "mkdocs.yml"), site_dir=str(self.site))

    def build(self, dirty: bool = False) -> None:
        mkdocs_build(self.load(), serve_url="http://localhost:8000/", dirty=dirty)

    def read(self, address: str) -> str:
        return (self.site / address / "index.html").read_text(encoding="utf-8")


@dataclass
class Seen(HTMLParser):
    """One page, read: attributes of the elements, text by element, ids, links, what the browser fetches."""

    lang: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in pairs}
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")
        if tag == "html":
            self.lang = given.get("lang", "")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "meta":
            self.metas[given.get("name") or given.get("property") or "?"] = given.get("content", "")
        if tag in FETCHED and FETCHED[tag] in given:
            self.fetched.append(given[FETCHED[tag]])
        if tag == "link" and FETCHED_RELS & set(given.get("rel", "").split()):
            self.fetched.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data


def read_page(html: str) -> Seen:
    """Return one HTML page, read."""
    seen = Seen()
    seen.feed(html)
    return seen


def read_pages(folder: Path) -> dict[str, Seen]:
    """Return every HTML page of a built site, by path."""
    return {
        path.relative_to(folder).as_posix(): read_page(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def find_foreign(pages: dict[str, Seen]) -> list[tuple[str, str]]:
    """Return (page, address) of everything a browser would fetch from another host."""
    return [(name, address) for name, page in pages.items() for address in page.fetched if urlsplit(address).netloc]


def find_dead_links(pages: dict[str, Seen], folder: Path) -> list[tuple[str, str]]:
    """Return (page, address) of links inside the site that lead to no file or to no anchor."""
    return [
        (name, link)
        for name, page in pages.items()
        if name != "404.html"
        for link in page.links
        if not _resolves(name, link, pages, folder)
    ]


def _resolves(name: str, link: str, pages: dict[str, Seen], folder: Path) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
    target = target.resolve()
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file() or not target.is_relative_to(folder.resolve()):
        return False
    page = pages.get(target.relative_to(folder.resolve()).as_posix())
    return not parts.fragment or (page is not None and unquote(parts.fragment) in page.ids)


def walk_css(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of our own stylesheets."""
    for path in sorted((folder / "assets" / "stylesheets").glob("*.css")):
        yield path.name, path.read_text(encoding="utf-8")
