"""Words → Markdown that means only these words: escaping, front matter values, people's own Markdown made harmless.

Comes in: any value, or Markdown that people wrote. Goes out: text that a page may hold. `safe_html` cleans afterwards
what Markdown makes of it.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from markupsafe import Markup

from generator.errors import InternalError

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


def escape_all(value: object) -> Markup:
    """Return a value so that it comes out letter for letter, in Markdown text and in HTML alike."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise InternalError("a template shows a value that is not there")
    return Markup(str(value).translate(ESCAPES))


def escape_front(value: object) -> str:
    """Return a front matter value as JSON that YAML reads back unchanged."""
    text = json.dumps(value, ensure_ascii=False)
    return UNSAFE_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def quote_people(body: str) -> Markup:
    """Return people's Markdown as it is, but with whatever HTML it leaves open closed again.

    MkDocs converts it and `safe_html` cleans what comes out; here only what would swallow the rest is undone.
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
