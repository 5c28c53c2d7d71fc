"""Page → Markdown with front matter, through the Jinja2 templates of theme/pages.

Comes in: a Page, the Theme, who publishes, the Shelf of everything that the site holds. Goes out: text. A template
begins by setting `title` and `description`; every value is escaped, people's texts come through `article`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.addresses import LANDING, drawing_uri, make_relative
from generator.errors import InternalError
from generator.model import Organisation, Printed
from generator.pages import Link, Page, SiteMap
from generator.project.names import shorten
from generator.render.article import make_article
from generator.render.look import ANY_FACE
from generator.render.markup import escape_all, escape_front
from generator.theme import Theme

PAGES = Path("pages")
#: What search engines show of a description.
DESCRIPTION_LETTERS = 155
#: A piece shows at most this many of its pages.
MOST_PICTURES = 8


@dataclass(frozen=True)
class Shelf:
    """What the site holds: `uris` of pages and files, the `pictures` of each piece, what each drawing shows in words,
    where everything stands that texts link to.
    """

    uris: frozenset[str] = frozenset()
    pictures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)
    site: SiteMap = field(default_factory=SiteMap)

    def resolve(self, page: str, written: str) -> str:
        """Return the address that a text of `page` means; a dead one was refused before anything was made."""
        if address := self.site.resolve(page, written):
            return address
        raise InternalError(f"{page} links to {written!r}, which leads nowhere")


@dataclass(frozen=True)
class Picture:
    """A drawing on a page: its relative address (empty: there is no such drawing) and what it shows, in words."""

    src: str = ""
    alt: str = ""


@dataclass(frozen=True)
class _Tools:
    """What a template may call or name besides its data; addresses are relative to its page."""

    page: Page
    shelf: Shelf
    printed: Printed

    def href(self, target: Link | str) -> str:
        """Return the address of a Link or path; a target that the site does not hold is our own mistake."""
        uri, anchor = (target, "") if isinstance(target, str) else (target.uri, target.anchor)
        if uri not in self.shelf.uris:
            raise InternalError(f"{self.page.uri} links to {uri!r}, which the site does not hold")
        return make_relative(self.page.uri, uri) + (f"#{anchor}" if anchor else "")

    def art(self, drawing: str, face: str = ANY_FACE) -> Picture:
        """Return a drawing in a face's colours."""
        if drawing not in self.shelf.drawings:
            return Picture()
        return Picture(make_relative(self.page.uri, drawing_uri(drawing, face)), self.shelf.drawings[drawing])

    def article(self, body: str) -> Markup:
        """Return people's text as HTML, without its title: the page's head shows one."""
        return make_article(body, partial(self.shelf.resolve, self.page.uri), has_title=False)

    def pictures(self, piece: str) -> list[str]:
        """Return the addresses of a piece's pictures, given its own."""
        return [make_relative(self.page.uri, uri) for uri in self.shelf.pictures.get(piece, ())[:MOST_PICTURES]]


#: The names that every template has besides its data.
TOOLS = ("href", "art", "article", "pictures", "printed")


def render_page(page: Page, theme: Theme, organisation: Organisation, shelf: Shelf) -> str:
    """Return the page as Markdown with front matter; raises InternalError for a link that leads nowhere."""
    template = _make_environment(theme.folder).get_template(page.data.template)
    tools = _Tools(page, shelf, theme.printed)
    module = template.make_module({**vars(page.data), **{name: getattr(tools, name) for name in TOOLS}})

    front: dict[str, object] = {"template": "loa.html"}
    front["title"] = escape(_read_line(module, "title", page))
    front["description"] = escape(shorten(_read_line(module, "description", page), DESCRIPTION_LETTERS))
    if page.image and page.image in shelf.uris:
        front["image"] = escape(f"{organisation.site.rstrip('/')}/{page.image}")
    if not page.data.is_searchable:
        front["search"] = {"exclude": True}
    head = "".join(f"{key}: {escape_front(value)}\n" for key, value in front.items())
    return f"---\n{head}---\n\n{module}\n"


def _read_line(module: object, name: str, page: Page) -> str:
    """Return a line that the template sets for the page's head: plain words, escaped later."""
    line = getattr(module, name, None)
    if not isinstance(line, str) or isinstance(line, Markup) or not line:
        raise InternalError(f"{page.data.template} sets no plain {name} for {page.uri}")
    return line


@lru_cache(maxsize=4)
def _make_environment(theme_folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(theme_folder / PAGES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=escape_all,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
    )
    environment.globals["landing"] = LANDING
    return environment


def make_error_page(problems: Sequence[str]) -> str:
    """Return the page that `serve` shows instead of the site while files hold errors."""
    rows = "".join(f"<li>{escape_all(problem)}</li>\n" for problem in problems)
    return (
        f"---\ntemplate: loa.html\ntitle: Có lỗi trong tệp\ndescription: Có lỗi trong tệp\n---\n\n"
        f'<section class="loa-band loa-wrong">\n<div class="loa-wrap">\n<h1 class="loa-title">Có lỗi trong tệp</h1>\n'
        f"<p>Sửa các chỗ dưới đây rồi lưu; trang tự hiện lại. Bản đã xuất trước đó vẫn còn nguyên.</p>\n"
        f"<ol>\n{rows}</ol>\n</div>\n</section>\n"
    )
