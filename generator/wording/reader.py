"""The one reader of Markdown: people's text → tokens, from which both the website (`render/article`) and print (`blocks`)
are made.

Comes in: the body of a text (untrusted). Goes out: tokens of markdown-it, and what is wrong in the text or was read
otherwise than it stands, by line. HTML is letters; what is meant as a mark and cannot be read as one is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from generator.wording import marks
from generator.wording.pasted import end_list, link_addresses, read_table
from generator.wording.plain_names import make_plain
from generator.wording.slips import Slip, find_limit, find_marks, say_empty, say_lost, say_too_deep
from generator.wording.tidy import tidy

#: Where the lists of an outline end to be readable, on paper and on a phone.
DEEPEST_LIST = 5
#: So many mistakes of one text are told at once.
MOST_SLIPS = 20
#: Far above any depth that is let through, so that nothing is cut in silence.
MAX_NESTING = 100


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
    env: dict[str, Any] = {}
    tokens = READER.parse(text, env)
    return [
        *changed,
        *_find_depth(tokens),
        *_find_empty(tokens),
        *_find_lost_notes(env),
        *islice(find_marks(tokens), MOST_SLIPS),
    ]


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
    pairs = pairwise(parse(body))
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
                yield say_too_deep(token.map[0] + 1)
                return
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1


def _find_empty(tokens: Sequence[Token]) -> Iterator[Slip]:
    """Yield the headings and links that say nothing: a reader aloud would stop at them."""
    for token, inline in pairwise(tokens):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open" and not words_of(inline).strip():
            yield say_empty("đề mục", line)
        for child, following in pairwise(token.children or []):
            line += child.type == "softbreak"
            if (child.type, following.type) == ("link_open", "link_close"):
                yield say_empty("liên kết", line)


def _find_lost_notes(env: Mapping[str, Any]) -> Iterator[Slip]:
    """Yield the notes that no place of the text leads to, and those that another of the same name took the place of."""
    used = env.get("footnotes", {}).get("refs", {})
    told: set[str] = set()
    for name, line in env.get("notes", ()):
        if name in told or used.get(f":{name}", -1) < 0:
            yield say_lost(line, name, is_double=name in told)
        told.add(name)


def _space_out_tabs(state: StateCore) -> None:
    """Read tabs among words as spaces: browsers do, on paper a tab is a hole."""
    for token in state.tokens:
        for one in (token, *(token.children or [])):
            one.content = one.content.replace("\t", " ")


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


def _part_paragraphs(state: StateCore) -> None:
    """Keep a paragraph apart from the one before: in a tight list neither has a tag, and a note or a comment between
    them is gone.
    """
    for index, (before, token) in enumerate(pairwise(state.tokens), 1):
        if before.type == "paragraph_close" and token.type == "paragraph_open":
            token.hidden = state.tokens[index + 2].hidden = False


def _name_anchors(state: StateCore) -> None:
    """Give every heading a plain id; of two with the same words, the second is counted."""
    times: Counter[str] = Counter()
    for token, inline in pairwise(state.tokens):
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
    reader.block.ruler.at("admonition", marks.box, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    reader.block.ruler.at("footnote_def", marks.note, {"alt": ["paragraph", "reference"]})
    reader.block.ruler.at("reference", marks.address)
    reader.block.ruler.after("fence", "comment", marks.comment_block, {"alt": ["paragraph", "blockquote", "list"]})
    reader.block.ruler.after("fence", "end_list", end_list, {"alt": ["paragraph"]})
    reader.block.ruler.before("paragraph", "table_of_tabs", read_table, {"alt": ["paragraph"]})
    reader.inline.ruler.before("autolink", "comment", marks.comment)
    reader.inline.ruler.before("autolink", "line_break", marks.line_break)
    for name, rule in (
        ("tabs", _space_out_tabs),
        ("paragraphs", _part_paragraphs),
        ("levels", _close_up_levels),
        ("anchors", _name_anchors),
        ("boxes", _name_boxes),
        ("numbers", marks.number_items),
        ("ticks", marks.tick_items),
    ):
        reader.core.ruler.before("text_join", name, rule)
    reader.core.ruler.push("addresses", link_addresses)
    return reader


READER = make_reader()
