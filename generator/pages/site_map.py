"""Where everything stands that a text may link to, and the links of people's texts that lead nowhere.

Comes in: a Project, the generated pages, the pieces. Goes out: addresses as readers see them; a problem with place and
remedy for every dead link.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from generator.addresses import calendar_uri, copy_uri, piece_uri
from generator.errors import Place, Problem, shorten
from generator.explain import find_nearest
from generator.model import Article, PageFront
from generator.pages.page import Page
from generator.project import Project, TextFile
from generator.project.pages import CONTENT, find_address, is_draft
from generator.wording.reader import Reference, find_anchors, find_references
from generator.worklist.shape import Piece

#: What a link may begin with; everything else names a page or a file of this website.
SCHEMES = ("https://", "http://", "mailto:", "tel:")
#: `C:`, `file:`, `javascript:`, `//another-host`.
FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
#: Addresses of other websites and of mail, as people write them.
BARE = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net|me|gle|ly|io)(?=[/?#:]|$))\S*", re.IGNORECASE)
MAIL = re.compile(r"[^\s@/]+@[\w-]+(?:\.[\w-]+)+")
INDEX = "index.html"
FORM = "Viết địa chỉ tính từ tệp này, ví dụ ../trang-khac.md, hoặc cả địa chỉ https://… của trang khác."


@dataclass(frozen=True)
class SiteMap:
    """Where everything stands: address by path (a page's path is that of its Markdown).

    `anchors`: the headings of every text by the path of its page; `whole`: address → path of the pages that hold
    nothing but a text, so that every anchor of theirs is known.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, page: str, written: str) -> str:
        """Return what a link of `page` (a path) leads to, as an address relative to the page; empty: nowhere."""
        if written.startswith(SCHEMES):
            return written
        if FOREIGN.match(written):
            return ""
        path, _, anchor = unquote(written).partition("#")
        if not path:
            return f"#{anchor}" if anchor in self.anchors.get(page, ()) else ""
        target = self._find(page, path.partition("?")[0])
        if target is None or not self._has_anchor(target, anchor):
            return ""
        return _step(self.addresses[page], target) + (f"#{anchor}" if anchor else "")

    def _has_anchor(self, address: str, anchor: str) -> bool:
        return not anchor or address not in self.whole or anchor in self.anchors[self.whole[address]]

    def _find(self, page: str, path: str) -> str | None:
        """Return the address that a path means: beside the page's file, as the browser shows it, or from the start."""
        folders = ("" if path.startswith("/") else posixpath.dirname(page), self.addresses[page], "")
        for folder in folders:
            name = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
            name = "" if name == "." else name
            for one in (name, f"{name}/", f"{name}.md", posixpath.join(name, "index.md")):
                if one in self.addresses:
                    return self.addresses[one]
        return None


def _step(start: str, target: str) -> str:
    """Return the relative address from one address to another; both end with a slash where they are pages."""
    relative = posixpath.relpath(target or ".", start or ".")
    return f"{relative}/" if target.endswith("/") or not target else relative


def make_site_map(project: Project, pages: Sequence[Page], pieces: Sequence[Piece]) -> SiteMap:
    """Return the map of the whole website."""
    addresses = {page.uri: _as_seen(page.uri) for page in pages}
    for name, page in project.pages.items():
        if not is_draft(page):
            addresses[name] = find_address(name, page).removesuffix(INDEX)
    addresses |= project.files
    files = [piece_uri(piece.path) for piece in pieces if piece.purpose == "preview"]
    files += [copy_uri(document.file) for document in project.documents.values() if document.file]
    files += [calendar_uri(folder) for folder in project.campaigns]
    addresses |= {file: file for file in files} | {address: address for address in addresses.values()}
    anchors = {page: find_anchors(text.body) for page, text in _stand_on(project, pages)}
    whole = {addresses[page]: page for page in project.pages if page in addresses}
    return SiteMap(addresses, anchors, whole)


def _as_seen(uri: str) -> str:
    folder, _, name = uri.removesuffix(".md").rpartition("/")
    return posixpath.join(folder, "" if name == "index" else f"{name}/")


def find_dead_links(project: Project, pages: Sequence[Page], site: SiteMap) -> list[Problem]:
    """Return a problem for every link of people's texts that leads nowhere."""
    return [
        _explain(site, page, reference, text)
        for page, text in _stand_on(project, pages)
        if page in site.addresses
        for reference in find_references(text.body)
        if not reference.is_picture and not site.resolve(page, reference.address)
    ]


def _stand_on(project: Project, pages: Sequence[Page]) -> Iterator[tuple[str, TextFile[Article | PageFront]]]:
    """Yield every text with the path of the page that it stands on."""
    places = {page.edit_path: page.uri for page in pages} | {f"{CONTENT}/{name}": name for name in project.pages}
    yield from ((places[text.source.path], text) for text in project.texts if text.source.path in places)


def _explain(site: SiteMap, page: str, reference: Reference, text: TextFile[Article | PageFront]) -> Problem:
    place = Place(text.source.path, text.source.body_line + reference.line - 1)
    written = shorten(reference.address)
    if FOREIGN.match(reference.address):
        return Problem(place, f"liên kết “{written}” không mở được từ trang web", FORM)
    if BARE.fullmatch(reference.address) or MAIL.fullmatch(reference.address):
        scheme = "mailto:" if MAIL.fullmatch(reference.address) else "https://"
        return Problem(place, f"liên kết “{written}” thiếu {scheme} ở đầu", f"Viết [chữ]({scheme}{written}).")
    known = {posixpath.basename(one.removesuffix("/index.md").removesuffix(".md")): one for one in site.addresses}
    near = find_nearest(posixpath.basename(reference.address.partition("#")[0].rstrip("/")).removesuffix(".md"), known)
    folder = posixpath.dirname(page) or "."
    remedy = f"Có phải ý bạn là “{posixpath.relpath(known[near], folder)}”?" if near else FORM
    return Problem(place, f"liên kết “{written}” không dẫn tới trang nào", remedy)
