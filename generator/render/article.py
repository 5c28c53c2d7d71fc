"""People's text → HTML for a page of the website, from the same reading as on paper (`wording.reader`).

Comes in: the body of a text, and who resolves its addresses. Goes out: blocks of HTML that Markdown leaves alone;
`safe_html` cleans them like everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from markdown_it.token import Token
from markupsafe import Markup

from generator.wording.reader import make_reader, parse

#: Written address → address on the page.
Resolve: TypeAlias = Callable[[str], str]


def make_article(body: str, resolve: Resolve, has_title: bool) -> Markup:
    """Return a text as HTML; its own title (a heading of the first level) only where the page shows no other."""
    tokens = parse(body)
    if not has_title and tokens and tokens[0].tag == "h1":
        tokens = tokens[3:]
    for token in tokens:
        for child in token.children or []:
            for name in ("href", "src"):
                if written := child.attrGet(name):
                    child.attrSet(name, resolve(str(written)))
    _show_ticks(tokens)
    html = HTML.renderer.render(tokens, HTML.options, {})
    return Markup(f"\n\n{html}\n\n")


def _show_ticks(tokens: Sequence[Token]) -> None:
    for item, inline in zip(tokens, tokens[2:], strict=False):
        if item.type == "list_item_open" and "tick" in item.meta and inline.children:
            item.attrSet("class", "loa-tick")
            inline.children.insert(0, Token("text", "", 0, content=f"{item.meta['tick']} "))


def _show_reference(_: object, tokens: Sequence[Token], index: int, *rest: object) -> str:
    note, time = tokens[index].meta["id"] + 1, tokens[index].meta["subId"]
    place = f' id="loi-chu-{note}"' if time == 0 else ""
    return f'<sup class="footnote-ref"{place}><a href="#chu-{note}">{note}</a></sup>'


def _open_note(_: object, tokens: Sequence[Token], index: int, *rest: object) -> str:
    return f'<li id="chu-{tokens[index].meta["id"] + 1}">'


def _show_way_back(_: object, tokens: Sequence[Token], index: int, *rest: object) -> str:
    note, time = tokens[index].meta["id"] + 1, tokens[index].meta["subId"]
    if time:
        return ""
    return f' <a href="#loi-chu-{note}" class="footnote-backref" aria-label="Về chỗ dẫn lời chú {note}">↩</a>'


def _open_notes(*_: object) -> str:
    return '<div class="footnote">\n<hr>\n<ol>\n'


def _close_notes(*_: object) -> str:
    return "</ol>\n</div>\n"


HTML = make_reader()
HTML.add_render_rule("footnote_ref", _show_reference)
HTML.add_render_rule("footnote_open", _open_note)
HTML.add_render_rule("footnote_anchor", _show_way_back)
HTML.add_render_rule("footnote_block_open", _open_notes)
HTML.add_render_rule("footnote_block_close", _close_notes)
