"""Hostile files, made by rule: whatever somebody puts into a project is refused in words, or read and shown harmlessly."""

from __future__ import annotations

import functools
import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from conftest import DEMO, ROOT, copy_demo
from markdown import markdown
from site_case import DAY, make_built, read_pages

from generator import plugin, shelves
from generator.build import _lay_out
from generator.errors import Problem, UserError, split_problems
from generator.explain import check
from generator.model import PageFront
from generator.plain import to_plain
from generator.plugin.desk import make_copy
from generator.project import Project, read, read_project
from generator.project.pages import NEWS, is_draft
from generator.render.calendar import make_calendar
from generator.render.safe_html import SafeHtml
from generator.render.site import render_page
from generator.shelves import fill_shelf
from generator.source import parse_markdown
from generator.worklist import make_tickets, pieces_of

#: Stands in every script; what lies outside the project; a host that no page may ask for anything.
MARK, SECRET, HOST = "alert(20261122)", "CHUYEN-BI-MAT-20261122", "la.test"
CAMPAIGN = "campaigns/thang-an-toan-2025"
#: Words that attack whoever does not treat them as words.
WORDS = [
    f'"><script>{MARK}</script>',
    f"'><img src=x onerror={MARK}>",
    f"[x](javascript:{MARK})",
    f"[x](JaVaScRiPt&#58;{MARK})",
    f"[x](data:text/html,<script>{MARK}</script>)",
    f"![x](https://{HOST}/a.png)",
    f"![x](//{HOST}/a.png)",
    "{{ config.site_dir }}{% include 'loa.html' %}{{ ''.__class__.__mro__ }}",
    '#read("../../ngoai/bi-mat.md") #eval("1") $sys.path$ \\',
    f"<iframe src=//{HOST}></iframe><object data=//{HOST}></object>",
    f"<form action=https://{HOST}><input name=x autofocus onfocus={MARK}></form>",
    f"<style>@import url(//{HOST}/x.css);</style><link rel=stylesheet href=//{HOST}/x.css>",
    f"<svg onload={MARK}><use href=//{HOST}/a.svg#x></use></svg>",
    '--8<-- "../ngoai/bi-mat.md"',
    f"</title></head><meta http-equiv=refresh content='0;url=//{HOST}'>",
    f"x <!-- more --><script>{MARK}</script> -->",
    "::: generator.cli",
    f"x {{: onclick={MARK} style=background:url(//{HOST}) }}",
    f"&lt;script&gt;{MARK}&lt;/script&gt;",
    "x\r\nATTACH:https://la.test/x\r\nBEGIN:VALARM",
    "x\n---\ntemplate: redirect.html\n---\n",
    "\u202ea\u2066b\u200bc\ufeffd",
    '=HYPERLINK("https://la.test")',
    "[x]: <javascript:alert(20261122)>\n[x]",
]
#: Addresses that leave the project or are of an active type.
PATHS = [
    "../../ngoai/bi-mat.jpg",
    "../ngoai/bi-mat.pdf",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "\\\\la.test\\a.jpg",
    "photos/../../../ngoai/bi-mat.jpg",
    "file:///etc/passwd",
    f"https://{HOST}/a.jpg",
    "%2e%2e/%2e%2e/ngoai/bi-mat.jpg",
    "photos/.htaccess",
    "photos/a.html",
    "photos/a.svg",
    "photos/a.php.jpg",
    "loi-tat.jpg",
    "photos",
    "",
    "a" * 300 + ".jpg",
    "CON.jpg",
]
#: What a payload stands in, in the body of a text.
WRAPPERS = [
    "{0}",
    "- {0}",
    "1. {0}\n   - {0}",
    "> {0}",
    "## {0}",
    "| a | b |\n|---|---|\n| {0} | {0} |",
    "[{0}](https://vidu.vn)",
    "[a]({0})",
    "[a](<{0}>)",
    "![{0}](le.jpg)",
    "![a]({0})",
    "`{0}`",
    "```{0}\n{0}\n```",
    "Một[^1].\n\n[^1]: {0}",
    '!!! note "{0}"\n    {0}',
    "**{0}** *{0}*",
    "<{0}>",
    "[a][1]\n\n[1]: {0}",
    "[a](#{0})",
    '[a](https://vidu.vn "{0}")',
]
#: Names for pages and folders that systems, servers and the website itself give a meaning.
NAMES = ["con", "aux", "nul", "index", "404", "search", "assets", "sitemap", "-x", "_x", "x.html", "x.md", ".htaccess"]
NAMES += [
    "a b",
    "..",
    "%2e%2e",
    "{{x}}",
    '"><script>',
    "x" * 230,
    "🚧",
    "\u202egpj",
    "x;rm",
    "$(id)",
    "tin-tuc",
    "posts",
]
#: Files that a web server or a browser would run, and what stands in them.
ACTIVE = ["a.html", "a.htm", "a.js", "a.mjs", "a.svg", "a.php", ".htaccess", "a.xml", "CNAME", "robots.txt", "sw.js"]
ACTIVE += [
    "assets/javascripts/loa.js",
    "search/search_index.json",
    "index.html",
    "404.html",
    "a.shtml",
    "a.wasm",
    "x.css",
]

Files = dict[str, str | bytes]


@dataclass(frozen=True)
class Case:
    """Files laid over the demo project: path → what stands in it."""

    name: str
    files: Files


def read_head(written: str) -> Any:
    """Return the data of a YAML file or of the head of a Markdown file; every value is a string."""
    return yaml.load(written.removeprefix("---\n").split("\n---\n")[0], Loader=yaml.BaseLoader)


def edit(name: str, keys: tuple[Any, ...], value: object, written: str = "") -> str:
    """Return a YAML file, or the head of a Markdown file, with one value replaced; without words, the demo project's."""
    written = written or (DEMO / name).read_text("utf-8")
    data, body = read_head(written), "" if name.endswith(".yml") else written.split("\n---\n", 1)[1]
    place = data
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    dumped = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return dumped if name.endswith(".yml") else f"---\n{dumped}---\n{body}"


def walk(data: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every string."""
    if isinstance(data, str):
        yield keys
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from walk(value, (*keys, key))


def make_fields(random_: random.Random) -> Iterator[Case]:
    """Yield a case for every value of every YAML file and head of campaigns/, with words and paths by turns."""
    for path in sorted([*DEMO.rglob("*.yml"), *DEMO.rglob("*.md")]):
        name = path.relative_to(DEMO).as_posix()
        for keys in walk(read_head(path.read_text("utf-8"))):
            is_path = keys[-1] in ("file", "logo", "site", "id", "kind", "face", "script", "link")
            for value in random_.sample(PATHS + WORDS if is_path else WORDS, 4 if is_path else 1):
                where = ".".join(map(str, keys))
                yield Case(f"{Path(name).name}-{where}-{value[:20]!r}", {name: edit(name, keys, value)})


def make_fronts() -> Iterator[Case]:
    """Yield news and pages with hostile front matter: known keys, keys of MkDocs and its theme, forms of YAML."""
    keys = ["title", "description", "image", "slug", "draft", "campaign", "source", "template", "location", "hide"]
    keys += ["search", "tags", "status", "icon", "authors", "links", "categories", "pin", "meta", "extra", "<<", "url"]
    for index, key in enumerate(keys):
        for turn in range(3):
            value = yaml.safe_dump([WORDS, PATHS, WORDS][turn][(index * 5 + turn * 3) % 18], allow_unicode=True)
            value = value.removesuffix("\n...\n").strip()
            where = f"content/{NEWS}/h-{index}-{turn}.md" if turn < 2 else f"content/h-{index}.md"
            head = "date: 2026-11-22\n" if turn < 2 else ""
            yield Case(f"front-{key}-{turn}", {where: f"---\n{head}{key}: {value}\n---\n\n# Tin\n\nChữ.\n"})
    for index, form in enumerate(["!!python/object/apply:os.system [id]", "&a [*a]", "{a: {b: *c}}", "- " * 200 + "x"]):
        yield Case(f"front-form-{index}", {f"content/f-{index}.md": f"---\ntitle: {form}\n---\n\nChữ.\n"})
    for index, start in enumerate(
        ["+++\n", "<!--\n---\n", "\ufeff\ufeff---\n", "---\r", "...\n", "%YAML 1.1\n---\n", "\x0c---\n"]
    ):
        text = f"{start}template: redirect.html\nlocation: javascript:{MARK}\n---\n\n# Trang\n\nChữ.\n"
        yield Case(f"front-start-{index}", {f"content/s-{index}.md": text})


def make_bodies(random_: random.Random) -> Iterator[Case]:
    """Yield texts of every sort with hostile bodies."""
    heads = {path.relative_to(DEMO).as_posix(): path.read_text("utf-8") for path in sorted(DEMO.rglob("*.md"))}
    payloads = [*WORDS, f"javascript:{MARK}", f"//{HOST}/a", "../../../ngoai/bi-mat.md", f"vbscript:{MARK}", "tel:<b>"]
    pairs = [(payload, wrapper) for payload in payloads for wrapper in WRAPPERS]
    for index, (payload, wrapper) in enumerate(random_.sample(pairs, 170)):
        body = wrapper.format(payload)
        name = f"content/{NEWS}/b-{index}.md" if index % 2 else f"content/b-{index}.md"
        head = "---\ndate: 2026-11-22\n---\n\n" if index % 2 else ""
        if index % 5 == 0:
            name = random_.choice(sorted(heads))
            head = heads[name].rpartition("\n---\n")[0] + "\n---\n"
        yield Case(f"body-{index}-{wrapper[:10]!r}", {name: f"{head}# Bài\n\n{body}\n"})


def make_files() -> Iterator[Case]:
    """Yield names with a meaning, active files beside a page and named by one, pictures and documents that are others."""
    script = f"<?php {MARK} ?><script>{MARK}</script>"
    for index, name in enumerate(NAMES):
        if name != "..":
            yield Case(f"page-{name[:20]}", {f"content/{name}.md": "# Trang\n\nChữ.\n"})
        post = f"---\ntitle: Tin\ndate: 2026-11-22\nslug: {yaml.safe_dump(name).splitlines()[0]}\n---\n\nChữ.\n"
        yield Case(f"slug-{name[:20]}", {f"content/{NEWS}/slug-{index}.md": post})
    for index, name in enumerate(ACTIVE):
        yield Case(f"file-{name}", {f"content/{name}": script})
        page = f"[a]({name})\n\n![a]({name})\n" if index % 2 else f"[a]({name})\n"
        yield Case(f"named-{name}", {f"content/{name}": script, f"content/n-{index}.md": page})
        edited = edit(f"{CAMPAIGN}/campaign.yml", ("photos", 0, "file"), f"photos/{Path(name).name}")
        yield Case(
            f"photo-{name}", {f"{CAMPAIGN}/photos/{Path(name).name}": script, f"{CAMPAIGN}/campaign.yml": edited}
        )
    heads = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"", "docx": b"", "jpeg": b"GIF89a"}
    for ending, head in heads.items():
        bad = {
            f"content/xau.{ending}": head + script.encode(),
            "content/xau.md": f"[a](xau.{ending})\n\n![a](xau.{ending})\n",
        }
        yield Case(f"other-inside-{ending}", bad)
        edited = edit("campaigns/documents.yml", ("documents", 0, "file"), f"van-ban/xau.{ending}")
        stored: Files = {f"campaigns/van-ban/xau.{ending}": head + script.encode(), "campaigns/documents.yml": edited}
        yield Case(f"stored-{ending}", stored)
        edited = edit("campaigns/organisation.yml", ("logo",), f"xau.{ending}")
        yield Case(
            f"logo-{ending}", {f"campaigns/xau.{ending}": head + script.encode(), "campaigns/organisation.yml": edited}
        )


def make_cases() -> list[Case]:
    """Return every case, always the same."""
    random_ = random.Random(20261122)
    return [*make_fields(random_), *make_fronts(), *make_bodies(random_), *make_files()]


CASES = make_cases()


@dataclass
class Watch:
    """What Python itself says of files and sockets while `is_on`."""

    outside: str = ""
    is_on: bool = False
    seen: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.is_on:
            return
        if event.startswith("socket.") or event in ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn"):
            self.seen.append((event, str(given)[:100]))
        elif event == "open" and isinstance(given[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(given[0]))
            if path.startswith(self.outside) or (isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)):
                self.seen.append((event, path))


WATCH = Watch()
sys.addaudithook(WATCH)


SCHEMES = ("http", "https", "mailto", "tel", "")
NEVER = {"script", "iframe", "frame", "object", "embed", "form", "input", "button", "link", "meta", "base", "style"}


class Dangers(HTMLParser):
    """Collects whatever on a page of ours could run, be fetched from elsewhere, or take words from people."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NEVER:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            address = "".join(letter for letter in value or "" if letter > " ")
            is_foreign = tag != "a" and name in ("src", "href", "srcset", "data") and urlsplit(address).netloc
            is_run = name in ("src", "href", "cite", "action") and urlsplit(address).scheme not in SCHEMES
            if name.startswith("on") or name in ("style", "srcdoc", "srcset") or is_foreign or is_run:
                self.found.append(f"<{tag} {name}={value}>")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo project with news beside it and secrets outside; its theme is read once."""
    around = tmp_path_factory.mktemp("hostile")
    outside = around / "ngoai"
    outside.mkdir()
    photo = DEMO / CAMPAIGN / "photos" / "le-phat-dong.jpg"
    (outside / "bi-mat.md").write_text(f"# {SECRET}\n\n{SECRET}\n", "utf-8")
    (outside / "bi-mat.jpg").write_bytes(photo.read_bytes() + SECRET.encode())
    (outside / "bi-mat.pdf").write_bytes(b"%PDF-1.7 " + SECRET.encode())
    project = copy_demo(around / "du-an")
    (project / "content" / NEWS).mkdir(parents=True)
    for name in ("content/le.jpg", f"content/{NEWS}/le.jpg"):
        shutil.copy(photo, project / name)
    WATCH.outside = str(outside.resolve())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "read_theme", functools.cache(read.read_theme))
        patch.setattr(shelves, "make_web_copy", lambda path, longest: b"RIFF")  # `read_photo` has judged it
        assert split_problems(read_project(project)[1])[0] == []
        yield project


def lay(root: Path, files: Files) -> bool:
    """Write files into a project; False where this system takes no such name."""
    try:
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    except (OSError, ValueError):
        return False
    return True


def take_back(root: Path, files: Files) -> None:
    """Put the project back as it was."""
    for name in files:
        (root / name).unlink(missing_ok=True)
        if (DEMO / name).is_file():
            shutil.copy(DEMO / name, root / name)
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()) and folder.name != "posts":
            folder.rmdir()


@functools.cache
def shown_of_old(root: Path) -> frozenset[str]:
    """Return the pages of the project as it stands before anybody touches it."""
    project, _ = read_project(root)
    assert project is not None
    return frozenset(show(project))


def show(project: Project) -> Iterator[str]:
    """Yield every page of a project as MkDocs is handed it, with its front matter."""
    built = make_built(project, with_pieces=True)
    shelf, _ = fill_shelf(built, list(project.pages))
    yield from (render_page(page, project.theme, project.organisation, shelf) for page in built.pages)
    yield from (make_copy(name, page, built) for name, page in project.pages.items() if not is_draft(page))


def follow(root: Path) -> list[str] | None:
    """Take a project the whole way, drawing aside; return the pages that differ, None where it is refused in words."""
    try:
        project, problems = read_project(root)
        errors = split_problems(problems)[0]
        if errors or project is None:
            assert errors
            raise UserError(errors)
        tickets = make_tickets(project, project.organisation)
        _lay_out(project, DAY, pieces_of(tickets))
    except UserError as error:
        assert all(problem.place.path and problem.wrong and problem.remedy for problem in error.problems)
        return None
    for ticket in tickets:
        assert SECRET not in str(to_plain(ticket.brief))
    for folder in project.campaigns.values():
        calendar = make_calendar(folder, project.organisation, project.documents)
        assert not any(line.startswith((b"ATTACH", b"BEGIN:VALARM")) for line in calendar.splitlines())
    return [page for page in show(project) if page not in shown_of_old(root)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_is_refused_or_harmless(case: Case, root: Path) -> None:
    shown_of_old(root)
    try:
        if not lay(root, case.files):
            return
        WATCH.seen.clear()
        WATCH.is_on = True
        pages = follow(root)
    finally:
        WATCH.is_on = False
        take_back(root, case.files)
    assert WATCH.seen == []
    for page in pages or []:
        assert SECRET not in page
        head, _, body = page.removeprefix("---\n").partition("\n---\n")
        assert not any(sign in line.partition(":")[2] for line in head.splitlines() for sign in ("<", ">"))
        assert Dangers(markdown(body, extensions=[SafeHtml()])).found == []


@pytest.fixture
def everything(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One project with every hostile page and file that is not refused, and a script in every value that takes one."""
    monkeypatch.setattr("generator.project.bodies.find_mark_in_line", lambda words: "")  # the first wall is not enough
    whole = tmp_path / "trong" / "du-an"
    shutil.copytree(root, whole)
    shutil.copytree(ROOT / "theme" / "site", whole / "theme" / "site")
    shutil.copytree(ROOT / "content", whole / "content", ignore=shutil.ignore_patterns("posts"), dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", whole)
    for path in sorted([*DEMO.rglob("*.yml"), *DEMO.rglob("*.md")]):
        name = path.relative_to(DEMO).as_posix()
        for keys in walk(read_head(path.read_text("utf-8"))):
            before = (whole / name).read_text("utf-8")
            (whole / name).write_text(edit(name, keys, WORDS[0], before), "utf-8")
            if split_problems(read_project(whole)[1])[0]:
                (whole / name).write_text(before, "utf-8")
    for case in CASES:
        if all(name.startswith("content/") and not (whole / name).exists() for name in case.files):
            lay(whole, case.files)
    for _ in range(5):
        for problem in find_errors(whole):
            (whole / problem.place.path).unlink(missing_ok=True)
    return whole


def find_errors(root: Path) -> list[Problem]:
    """Return what is wrong with a project up to its links."""
    project, problems = read_project(root)
    wrong = split_problems(problems)[0]
    if wrong or project is None:
        return wrong
    try:
        _lay_out(project, DAY, pieces_of(make_tickets(project, project.organisation)))
    except UserError as error:
        return list(error.problems)
    return []


def test_the_whole_website_of_all_that_is_accepted(everything: Path, tmp_path: Path) -> None:
    project, problems = read_project(everything)
    assert project is not None and split_problems(problems)[0] == []
    assert len(project.pages) >= 60 and project.organisation.name == WORDS[0]
    before = {path for path in everything.parent.rglob("*") if path.is_file()}
    site = tmp_path / "ra" / "site"
    plugin.make_site(everything, make_built(project, with_pieces=True), site)
    assert {path for path in everything.parent.rglob("*") if path.is_file()} == before
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["site"]
    for path in (path for path in site.rglob("*") if path.is_file()):
        name, body = path.relative_to(site).as_posix(), path.read_bytes()
        assert SECRET.encode() not in body, name
        assert MARK.encode() not in body or path.suffix in (".html", ".json", ".ics", ".txt"), name
        assert path.name not in ("CNAME", "robots.txt", ".htaccess") and path.suffix not in (
            ".php",
            ".mjs",
            ".shtml",
        ), name
    pages = read_pages(site)
    assert sum(MARK in (site / name).read_text("utf-8") for name in pages) >= 20
    for name, page in pages.items():
        assert not [address for address in page.fetched if HOST in address or MARK in address], name
        assert not [words for words in page.texts.get("script", []) if MARK in words], name
        found = Dangers((site / name).read_text("utf-8")).found
        assert not [one for one in found if MARK in one or HOST in one], (name, found)


HEADS = ["title: {0}", "title: a\n{0}: b", "title: [{0}]", "source: [{0}]", "title: '{0}'", "? {0}"]


@pytest.mark.parametrize("form", HEADS)
@pytest.mark.parametrize("mark", ["a", "[", "&a ", '"', "- ", "{{", "\u0301a", "a, ", "# "])
def test_the_work_for_a_head_grows_no_faster_than_the_head(form: str, mark: str) -> None:
    few, many = (count_calls(form.format(mark * times)) for times in (200, 800))
    assert many < 8 * few


def count_calls(head: str) -> int:
    """Return how many functions are called to read and judge the head of a page."""
    calls = 0

    def note(frame: object, event: str, called: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        check(PageFront, parse_markdown(f"---\n{head}\n---\nChữ.\n", "a.md"))
    except UserError:
        pass
    finally:
        sys.setprofile(None)
    return calls


def test_there_are_many_cases_and_each_is_another() -> None:
    assert len(CASES) >= 250
    assert len({tuple(case.files.items()) for case in CASES}) >= 0.95 * len(CASES)


def test_the_eye_sees_what_is_dangerous() -> None:
    assert len([words for words in WORDS if Dangers(markdown(words)).found]) >= 7
    WATCH.seen.clear()
    WATCH.is_on = True
    with pytest.raises(FileNotFoundError):
        Path(WATCH.outside, "khong-co").read_text("utf-8")
    WATCH.is_on = False
    assert WATCH.seen
