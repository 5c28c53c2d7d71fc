"""The one reader of Markdown: people's text → tokens, from which both the website (`render/article`) and print (`blocks`)
are made.

Comes in: the body of a text (untrusted). Goes out: tokens of markdown-it, and what is wrong in the text or was read
otherwise than it stands, by line. HTML is letters; what is meant as a mark and cannot be read as one is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from generator.wording.pasted import end_list, link_addresses, read_break, read_table
from generator.wording.plain_names import make_plain
from generator.wording.slips import Slip, find_limit, find_marks, too_deep
from generator.wording.tidy import tidy

#: Where the lists of an outline end to be readable, on paper and on a phone.
DEEPEST_LIST = 5
#: So many mistakes of one text are told at once.
MOST_SLIPS = 20
#: Far above any depth that is let through, so that nothing is cut in silence.
MAX_NESTING = 100
TICKS = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}


@dataclass(frozen=True)
class Reference:
    """A link or a picture that a text names: its address as written, and the line where it stands (the first is 1)."""

    address: str
    line: int
    is_picture: bool


def parse(body: str) -> list[Token]:
    """Return the tokens of a text, new ones at every call."""
    return READER.parse(tidy(body)[0], {})


def find_slips(body: str) -> list[Slip]:
    """Return what is wrong in a text and what was read otherwise than it stands, by line."""
    if limit := find_limit(body):
        return [limit]
    text, changed = tidy(body)
    tokens = READER.parse(text, {})
    return [*changed, *_find_depth(tokens), *islice(find_marks(tokens), MOST_SLIPS)]


def find_references(body: str) -> Iterator[Reference]:
    """Yield every link and picture of a text, in reading order."""
    if "](" not in body and "]:" not in body and "<" not in body:  # as most texts
        return
    for token in parse(body):
        line = token.map[0] + 1 if token.map else 1
        for child in token.children or []:
            if child.type == "softbreak":
                line += 1
            elif child.type == "image":
                yield Reference(unquote(str(child.attrGet("src") or "")), line, is_picture=True)
            elif child.type == "link_open":
                yield Reference(unquote(str(child.attrGet("href") or "")), line, is_picture=False)


def find_anchors(body: str) -> frozenset[str]:
    """Return the ids of the headings of a text."""
    return frozenset(str(token.attrGet("id")) for token in parse(body) if token.type == "heading_open")


def read_title(body: str) -> str:
    """Return the words of the heading of the first level that a text begins with; empty where it has none."""
    tokens = parse(body)
    return words_of(tokens[1]).strip() if tokens and tokens[0].tag == "h1" else ""


def read_opening(body: str) -> str:
    """Return the words of the first paragraph of a text."""
    pairs = zip(parse(body), parse(body)[1:], strict=False)
    return next((words_of(inline).strip() for token, inline in pairs if token.type == "paragraph_open"), "")


def words_of(token: Token) -> str:
    """Return the plain words of an inline token: pictures say nothing."""
    words = {"softbreak": " ", "hardbreak": " ", "image": ""}
    return "".join(words.get(child.type, child.content) for child in token.children or [])


def _find_depth(tokens: Sequence[Token]) -> Iterator[Slip]:
    depth = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
            if depth > DEEPEST_LIST and token.map:
                yield too_deep(token.map[0] + 1)
                return
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1


def _comment_block(state: StateBlock, start: int, end: int, is_silent: bool) -> bool:
    """Leave out `<!-- … -->` that begins a line."""
    begins = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", begins):
        return False
    ends = state.src.find("-->", begins, state.eMarks[end - 1])
    if ends < 0 or state.src[ends + 3 : state.src.find("\n", ends) if "\n" in state.src[ends:] else None].strip():
        return False
    if not is_silent:
        state.line = start + state.src.count("\n", begins, ends) + 1
    return True


def _comment(state: StateInline, is_silent: bool) -> bool:
    """Leave out `<!-- … -->` among words."""
    if not state.src.startswith("<!--", state.pos):
        return False
    ends = state.src.find("-->", state.pos)
    if ends < 0:
        return False
    state.pos = ends + 3
    return True


def _close_up_levels(state: StateCore) -> None:
    """Let no heading stand more than one level below the one before: pages and readers aloud count levels.

    The first level is the title's: it stands at the very beginning, or nowhere.
    """
    above: list[int] = []
    tag = ""
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            level = int(token.tag[1:])
            tag = "h1"
            if index or level > 1:
                above = [*(one for one in above if one < level), level]
                tag = f"h{min(6, len(above) + 1)}"
        if token.type in ("heading_open", "heading_close"):
            token.tag = tag


def _name_anchors(state: StateCore) -> None:
    """Give every heading a plain id; of two with the same words, the second is counted."""
    times: Counter[str] = Counter()
    for token, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "heading_open":
            name = make_plain(words_of(inline))
            times[name] += 1
            token.attrSet("id", name if times[name] == 1 else f"{name}-{times[name]}")


def _name_boxes(state: StateCore) -> None:
    """Take away the titles that boxes were not given (`!!! note`): they would be English."""
    kept: list[Token] = []
    is_named = True
    for token in state.tokens:
        if token.type == "admonition_open":
            is_named = bool(token.info.strip().partition(" ")[2].strip(' "'))
        if is_named or not (token.type.startswith("admonition_title") or (kept and _is_title(kept[-1], token))):
            kept.append(token)
        if token.type == "admonition_title_close":
            is_named = True
    state.tokens = kept


def _is_title(before: Token, token: Token) -> bool:
    return before.type == "admonition_open" and token.type == "inline"


def _number_items(state: StateCore) -> None:
    """Note the number of every item as it was written; a list whose numbers are all the same is counted."""
    lists: list[list[Token]] = []
    for token in state.tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type == "bullet_list_close":
            lists.pop()
        elif token.type == "ordered_list_close":
            _number(lists.pop())


def _number(items: Sequence[Token]) -> None:
    first, *others = (int(item.info) for item in items)
    is_counted = all(other == first for other in others)
    for place, item in enumerate(items):
        number = first + place if is_counted else int(item.info)
        item.meta["number"] = number
        if number != first + place:
            item.attrSet("value", str(number))


def _tick_items(state: StateCore) -> None:
    """Read `[ ]` and `[x]` at the head of an item as boxes to tick."""
    for before, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if before.type == "list_item_open" and paragraph.type == "paragraph_open" and inline.children:
            first = inline.children[0]
            mark = first.content[:4]
            if first.type == "text" and mark in TICKS:
                before.meta["tick"] = TICKS[mark]
                first.content = first.content[4:]


def make_reader() -> MarkdownIt:
    """Return a new reader with every rule of ours."""
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    # Every address is read, so that whoever knows the website can say what is wrong with it.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    reader.enable("table")
    # Indented words are words, and a line of --- under a sentence is a line: nobody means code or a heading by them.
    reader.disable(["code", "lheading", "html_block", "html_inline"])
    reader.use(footnote_plugin, inline=False)
    reader.use(admon_plugin)
    reader.block.ruler.after("fence", "comment", _comment_block, {"alt": ["paragraph", "blockquote", "list"]})
    reader.block.ruler.after("fence", "end_list", end_list, {"alt": ["paragraph"]})
    reader.block.ruler.before("paragraph", "table_of_tabs", read_table, {"alt": ["paragraph"]})
    reader.inline.ruler.before("autolink", "comment", _comment)
    reader.inline.ruler.before("autolink", "line_break", read_break)
    for name, rule in (
        ("levels", _close_up_levels),
        ("anchors", _name_anchors),
        ("boxes", _name_boxes),
        ("numbers", _number_items),
        ("ticks", _tick_items),
    ):
        reader.core.ruler.before("text_join", name, rule)
    reader.core.ruler.push("addresses", link_addresses)
    return reader


READER = make_reader()
