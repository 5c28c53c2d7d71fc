"""The reader's rules for marks that Markdown does not have, or that its plugins read too freely: comments, ends of
lines, boxes, notes, numbers, boxes to tick.

Comes in: the state of markdown-it at a place. Goes out: whether a mark stands there, and its tokens. Called by `reader`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon.index import admonition
from mdit_py_plugins.footnote.index import footnote_def

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
#: `[name]: ` and something that can be nothing but an address.
ADDRESS_LINE = re.compile(
    r"\[(?!\^)[^\]]{1,99}\]:[ \t]*<?(?:[a-z]+:|[./#]|\S+(?:/|\.(?:md|pdf|docx|jpe?g|png)\b))", re.IGNORECASE
)
#: The kinds of boxes that the website knows; of a box in another form, words would be lost.
BOX = re.compile(
    r"(?:!!!|\?\?\?\+?) *(?:abstract|bug|danger|example|failure|info|note|question|quote|success|tip|warning)"
    r'(?: +".*"| +[^"]+)? *',
    re.IGNORECASE,
)

TICKS = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}
NOTE = re.compile(r"\[\^([^\s\]]+)\]:")


def comment_block(state: StateBlock, start: int, end: int, is_silent: bool) -> bool:
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


def comment(state: StateInline, is_silent: bool) -> bool:
    """Leave out `<!-- … -->` among words."""
    if not state.src.startswith("<!--", state.pos):
        return False
    ends = state.src.find("-->", state.pos)
    if ends < 0:
        return False
    state.pos = ends + 3
    return True


def line_break(state: StateInline, is_silent: bool) -> bool:
    """Read `<br>` as the end of a line."""
    found = BREAK.match(state.src, state.pos)
    if not found:
        return False
    if not is_silent:
        state.push("hardbreak", "br", 0).markup = found[0]
    state.pos = found.end()
    return True


def box(state: StateBlock, start: int, end: int, is_silent: bool) -> bool:
    """Read `!!! note "…"` where the kind is known and every word has its place."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return BOX.fullmatch(line) is not None and admonition(state, start, end, is_silent)


def note(state: StateBlock, start: int, end: int, is_silent: bool) -> bool:
    """Read `[^1]: …`, but never inside another note: the plugin takes both apart at the end of the text."""
    if is_silent:
        return footnote_def(state, start, end, is_silent)
    if state.env.get("is_in_note"):
        return False
    state.env["is_in_note"] = True
    is_note = footnote_def(state, start, end, is_silent)
    state.env["is_in_note"] = False
    if is_note and (found := NOTE.match(state.src, state.bMarks[start] + state.tShift[start])):
        state.env.setdefault("notes", []).append((found[1], start + 1))
    return is_note


def address(state: StateBlock, start: int, end: int, is_silent: bool) -> bool:
    """Read `[1]: address`, but no note and no word (`[Lưu ý]: Dừng.`): what is read here is shown nowhere."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return ADDRESS_LINE.match(line) is not None and reference(state, start, end, is_silent)


def number_items(state: StateCore) -> None:
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
    before = first - 1
    for item in items:
        number = before + 1 if is_counted else int(item.info)
        item.meta["number"] = number
        if number != before + 1:
            item.attrSet("value", str(number))
        before = number


def tick_items(state: StateCore) -> None:
    """Read `[ ]` and `[x]` at the head of an item as boxes to tick."""
    for before, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if before.type == "list_item_open" and paragraph.type == "paragraph_open" and inline.children:
            first = inline.children[0]
            mark = first.content[:4]
            if first.type == "text" and mark in TICKS:
                before.meta["tick"] = TICKS[mark]
                first.content = first.content[4:]
