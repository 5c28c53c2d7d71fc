"""The reader's rules for marks that Markdown does not have, or that its plugins read too freely: comments, ends of
lines, boxes, notes.

Comes in: the state of markdown-it at a place. Goes out: whether a mark stands there, and its tokens. Called by `reader`.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.admon.index import admonition
from mdit_py_plugins.footnote.index import footnote_def

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
#: The kinds of boxes that the website knows; of a box in another form, words would be lost.
BOX = re.compile(
    r"(?:!!!|\?\?\?\+?) *(?:abstract|bug|danger|example|failure|info|note|question|quote|success|tip|warning)"
    r'(?: +".*"| +[^"]+)? *',
    re.IGNORECASE,
)

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
    """Read `[1]: address`, but no note: one that could not be read would vanish."""
    begins = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", begins) and reference(state, start, end, is_silent)
