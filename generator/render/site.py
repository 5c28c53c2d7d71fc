"""Page → Markdown with front matter, through the Jinja2 templates of theme/pages; faces → CSS; drawings → SVG.

Comes in: a Page, the Project, the Shelf of everything the site holds. Goes out: text. Every value is escaped letter for
letter for Markdown and HTML; only what a template marks `people` goes in as Markdown. Called by `plugin`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator.errors import InternalError
from generator.pages.page import Page
from generator.project import Project
from generator.theme import Theme

#: Placeholders of Python-Markdown; the readers refuse control characters, so that nothing people wrote is lost here.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Everything that Markdown or HTML could read as markup → its number; letters, digits, spaces, commas, slashes stay.
ESCAPES = {code: f"&#{code};" for code in map(ord, "!\"#$%&'()*+-.:;<=>?@[\\]^_`{|}~\t\r\n\u0085\u2028\u2029")}
ESCAPES |= {code: "" for code in range(0x80) if CONTROL.match(chr(code))}
#: What YAML would fold or refuse inside a double-quoted JSON string.
UNSAFE_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
#: A whole tag or a Markdown address in angle brackets.
WHOLE = (
    r"/?[a-z][\w-]*(?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+))?)*\s*/?>"
    r"|(?:https?://|mailto:)[^\s<>]+>"
)
#: What would swallow the rest of the page: unfinished tags, and markup whose inside is not read as markup.
SWALLOWING = re.compile(
    r"<(?=/?(?:script|style|textarea|title|plaintext|xmp|noembed|noframes|noscript|iframe|template|select|svg|math)\b"
    rf"|\?|!(?!--)|(?!{WHOLE})/?[a-z])",
    re.IGNORECASE,
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
SITE = Path("pages")
#: A piece shows at most this many of its pages.
MOST_PICTURES = 8
#: The face of drawings that belong to no campaign.
ANY_FACE = "chung"


@dataclass(frozen=True)
class Shelf:
    """What the site holds: `uris` of pages and files, `arts` (name → alternative text), `hazard_arts` (hazard → name)."""

    uris: frozenset[str] = frozenset()
    arts: Mapping[str, str] = field(default_factory=dict)
    hazard_arts: Mapping[str, str] = field(default_factory=dict)


def escape_all(value: Any) -> Markup:
    """Return a value so that it comes out letter for letter, in Markdown text and in HTML alike."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise InternalError("a template shows a value that is not there")
    return Markup(str(value).translate(ESCAPES))


def escape_front(value: Any) -> str:
    """Return a front matter value as JSON that YAML reads back unchanged."""
    text = json.dumps(value, ensure_ascii=False)
    return UNSAFE_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def render_page(page: Page, project: Project, shelf: Shelf) -> str:
    """Return the page as Markdown with front matter; raises InternalError for a link that leads nowhere."""
    site = project.organisation.site.rstrip("/")
    front: dict[str, Any] = {
        "template": "loa.html",
        "title": escape(page.title),
        "description": escape(page.description),
    }
    if page.image and page.image in shelf.uris:
        front["image"] = escape(f"{site}/{page.image}")
    if page.campaign:
        front["face"] = project.campaigns[page.campaign].campaign.face
    if not page.is_searchable:
        front["search"] = {"exclude": True}
    head = "".join(f"{key}: {escape_front(value)}\n" for key, value in front.items())
    template = _make_environment(project.theme.folder).get_template(page.template)
    body = template.render(page=page, shelf=shelf, **page.data)
    return f"---\n{head}---\n\n{body}\n"


def make_error_page(problems: Sequence[str]) -> str:
    """Return the page that `serve` shows instead of the site while files hold errors."""
    rows = "".join(f"<li>{escape_all(problem)}</li>\n" for problem in problems)
    return (
        f"---\ntemplate: loa.html\ntitle: Có lỗi trong tệp\ndescription: Có lỗi trong tệp\n---\n\n"
        f'<section class="loa-band loa-wrong">\n<div class="loa-wrap">\n<h1 class="loa-title">Có lỗi trong tệp</h1>\n'
        f"<p>Sửa các chỗ dưới đây rồi lưu; trang tự hiện lại. Bản đã xuất trước đó vẫn còn nguyên.</p>\n"
        f"<ol>\n{rows}</ol>\n</div>\n</section>\n"
    )


@lru_cache(maxsize=4)
def _make_environment(theme_folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(theme_folder / SITE), undefined=StrictUndefined, autoescape=True, finalize=escape_all,
        trim_blocks=True, lstrip_blocks=True, auto_reload=True,
    )  # fmt: skip
    environment.filters["people"] = quote_people
    environment.globals.update(any_face=ANY_FACE, href=_href, has=_has, art=_art, asset=_asset, thumbnails=_thumbnails)
    return environment


def quote_people(body: str) -> Markup:
    """Return people's Markdown as it is, but with whatever HTML it leaves open closed again.

    MkDocs converts it and `safe_html` cleans what comes out; here only what would swallow the rest of the page is undone.
    """
    text = SWALLOWING.sub("&lt;", CONTROL.sub("", body)).strip("\n")
    parser = _OpenTags()
    parser.feed(text)
    comment = "-->" if text.rfind("<!--") > text.rfind("-->") else ""
    closers = comment + "".join(f"</{tag}>" for tag in reversed(parser.open))
    return Markup("\n\n" + text + (f"\n{closers}" if closers else "") + "\n\n")


class _OpenTags(HTMLParser):
    """Collects the tags that a text opens and never closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.isalnum() and tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open and self.open.pop() != tag:
            pass


def make_relative(from_uri: str, to_uri: str) -> str:
    """Return the relative address between two Markdown paths or files, with directory addresses (`a/b.md` → `a/b/`)."""
    start = _folder_of(from_uri)
    end = _folder_of(to_uri) if to_uri.endswith(".md") else to_uri.split("/")
    shared = 0
    while shared < min(len(start), len(end)) and start[shared] == end[shared]:
        shared += 1
    steps = [".."] * (len(start) - shared) + end[shared:]
    return "/".join(steps or ["."]) + ("/" if to_uri.endswith(".md") else "")


def _folder_of(uri: str) -> list[str]:
    """Return the folder that a page's address names: `a/b.md` → a, b; `a/index.md` → a."""
    *folder, name = uri.removesuffix(".md").split("/")
    return folder if name == "index" else [*folder, name]


@pass_context
def _href(context: Context, target: Any) -> str:
    """Return the relative address of a Link or path; a target that the site does not hold is our own mistake."""
    uri, anchor = (target, "") if isinstance(target, str) else (target.uri, target.anchor)
    page, shelf = context["page"], context["shelf"]
    if uri not in shelf.uris:
        raise InternalError(f"{page.uri} links to {uri!r}, which the site does not hold")
    return make_relative(page.uri, uri) + (f"#{anchor}" if anchor else "")


@pass_context
def _has(context: Context, uri: str) -> bool:
    return uri in context["shelf"].uris


@pass_context
def _asset(context: Context, uri: str) -> str:
    """Return the relative address of a file of the theme."""
    return make_relative(context["page"].uri, uri)


@pass_context
def _art(context: Context, name: str, face: str) -> dict[str, str]:
    """Return {"src", "alt"} of a drawing in a face's colours, empty strings when there is no such drawing."""
    shelf: Shelf = context["shelf"]
    if name not in shelf.arts:
        return {"src": "", "alt": ""}
    return {"src": make_relative(context["page"].uri, art_uri(name, face)), "alt": shelf.arts[name]}


@pass_context
def _thumbnails(context: Context, first: str) -> list[str]:
    """Return the addresses of a piece's pictures that the site holds, given the first one's path."""
    page, shelf = context["page"], context["shelf"]
    stem = first.removesuffix("1.webp")
    uris = [first] if stem == first else [f"{stem}{number}.webp" for number in range(1, MOST_PICTURES + 1)]
    return [make_relative(page.uri, uri) for uri in uris if uri in shelf.uris]


def art_uri(name: str, face: str) -> str:
    """Return where the site keeps a drawing in a face's colours."""
    return f"assets/art/{face}/{name}.svg"


#: How theme/shared/drawings.typ ends and joins strokes.
ROUND = 'stroke-linecap="round" stroke-linejoin="round"'


def make_faces_css(theme: Theme) -> str:
    """Return the stylesheet of colours: every job as a custom property, shared on :root, each face on its class."""

    def rule(selector: str, jobs: Mapping[str, str]) -> str:
        values = "".join(f"--loa-{job}:{theme.tokens.paints[paint].screen};" for job, paint in jobs.items())
        return f"{selector}{{{values}}}\n"

    first = next(iter(theme.faces.values())).jobs if theme.faces else {}
    faces = "".join(rule(f".loa-face-{name}", face.jobs) for name, face in theme.faces.items())
    return rule(":root", {**first, **theme.tokens.jobs}) + faces


def make_svg(drawing: Mapping[str, Any], theme: Theme, face: str) -> str:
    """Return a drawing (see render.art) as a standalone SVG in a face's screen colours."""
    faces = theme.faces[face] if face in theme.faces else next(iter(theme.faces.values()))
    jobs = {**theme.tokens.jobs, **faces.jobs}

    def colour(job: str) -> str:
        return theme.tokens.paints[jobs[job]].screen if job in jobs else "none"

    def draw(shape: Mapping[str, Any]) -> str:
        steps = " ".join(" ".join(str(part) for part in step) for step in shape["path"])
        stroke = (
            f' stroke="{colour(shape["stroke"])}" stroke-width="{shape["thick"]}" {ROUND}' if shape["stroke"] else ""
        )
        rule = ' fill-rule="evenodd"' if shape["rule"] == "even-odd" else ""
        return f'<path fill="{colour(shape["fill"]) if shape["fill"] else "none"}"{stroke}{rule} d="{steps}"/>'

    size = f"{drawing['width']:g} {drawing['height']:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{"".join(map(draw, drawing["shapes"]))}</svg>\n'
    )
