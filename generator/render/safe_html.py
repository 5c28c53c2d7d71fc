"""Clean the HTML that comes out of Markdown, ours and people's, by an allow-list: the only door to nh3.

Comes in: converted HTML. Goes out: HTML without scripts, styles, event handlers or foreign schemes. `SafeHtml` is the
Python-Markdown extension that `plugin` registers, so that every page and every news excerpt goes through it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import nh3
from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor

TAG_NAMES = """
a abbr address article aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section
small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr svg g path rect circle
line polyline polygon text tspan title desc
"""
TAGS = set(TAG_NAMES.split())
#: Attributes that every tag may have, and those of shapes.
EVERYWHERE_NAMES = """
class id title lang dir role hidden data-starts data-ends data-filter data-search-exclude aria-label
aria-labelledby aria-hidden aria-current aria-describedby tabindex
"""
EVERYWHERE = set(EVERYWHERE_NAMES.split())
SHAPE_NAMES = "d x y x1 y1 x2 y2 cx cy r rx width height points transform text-anchor dx dy"
SHAPE = set(SHAPE_NAMES.split())
SHAPES = ("g", "path", "rect", "circle", "line", "polyline", "polygon", "text", "tspan")
ATTRIBUTES = {
    "*": EVERYWHERE,
    "a": {"href", "download", "rel"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "time": {"datetime"},
    "details": {"open"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "abbr"},
    "col": {"span"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "svg": {"viewBox", "width", "height", "focusable"},
    **dict.fromkeys(SHAPES, SHAPE),
}
#: Tags that go with everything inside them; of all others the words stay.
WITH_CONTENT = {"script", "style", "iframe", "object", "embed", "template", "noscript", "textarea", "select"}
SCHEMES = {"http", "https", "mailto", "tel"}
#: What our templates and Material's Markdown output use; everything else loses its class.
CLASSES = re.compile(
    r"loa-[a-z0-9_-]+|md-button(--[a-z]+)?|headerlink|admonition|note|tip|warning|danger|info|example|quote|details"
    r"|footnote(-ref|-backref)?|task-list(-item|-control|-indicator)?|highlight|highlighttable|linenos|linenodiv|code"
    r"|language-[a-z0-9+-]+|abstract|success|failure|bug|question|md-typeset__[a-z-]+|admonition-title|[a-z]{1,2}[0-9]?"
)
#: Where the news list cuts a post; the only comment that stays.
MORE = "<!-- more -->"
#: ids starting with this are Material's own controls (__drawer, __search): a page must not take them over.
RESERVED = "__"


@lru_cache(maxsize=4096)
def _filter_classes(value: str) -> str | None:
    return " ".join(part for part in value.split() if CLASSES.fullmatch(part)) or None


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return _filter_classes(value)
    if name == "id":
        return None if value.startswith(RESERVED) else value
    if name == "tabindex":
        return value if value in ("0", "-1") else None
    return value


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_filter_attribute,
    url_schemes=SCHEMES,
    link_rel=None,
    clean_content_tags=WITH_CONTENT,
)


def clean(html: str) -> str:
    """Return the HTML with only what the allow-list names; text comes out letter for letter."""
    return _CLEANER.clean(html)


class _CleanAfterAll(Postprocessor):
    def run(self, text: str) -> str:
        return MORE.join(clean(part) for part in text.split(MORE)) if "<" in text else text


class SafeHtml(Extension):
    """Python-Markdown extension: clean the page after every other postprocessor, raw HTML included."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the postprocessor below all others."""
        md.postprocessors.register(_CleanAfterAll(md), "loa-safe-html", -1000)


def makeExtension(**settings: Any) -> SafeHtml:
    """Return the extension, as Python-Markdown asks for it by name."""
    return SafeHtml(**settings)
