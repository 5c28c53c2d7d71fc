"""Rules of markdown-it's own sort for what people paste: tables of tabs, words right under a list, `<br>`,
bare addresses.

Comes in: the block that markdown-it is at. Goes out: its tokens (of a table, marked with a tab). Called by `reader`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile, zip_longest

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.wording.lines import COUNTED, ends_list, is_section
from generator.wording.outline import ITEM

TAB = "\t"
#: Addresses of websites and mail among words; what may follow one without being part of it.
ADDRESS = re.compile(
    r"(?<![\w@/.:-])(?:https?://[^\s<>\"“”]+|www\.[a-z0-9-]+\.[^\s<>\"“”]+|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
AFTER = ".,;:!?…’'*_"
#: The first row has words on both sides of a tab; “a) → Khẩu trang” is no row.
FIRST_ROW = re.compile(r"[ ]*[^\t\s][^\t]*\t+[^\t\s]")


def read_table(state: StateBlock, start: int, end: int, is_silent: bool) -> bool:
    """Read neighbouring lines with tabs between their words as a table; the first of them is its head."""
    rows = list(takewhile(lambda row: TAB in row.strip(" "), _rows(state, start, end)))
    if len(rows) < 2 or not FIRST_ROW.match(rows[0]) or COUNTED.match(rows[0]):
        return False
    if not is_silent:
        columns = zip_longest(*(row.split(TAB) for row in rows), fillvalue="")
        filled = [column for column in columns if any(cell.strip() for cell in column)]
        _push(state, start, list(zip(*filled, strict=True)))
    return True


def _rows(state: StateBlock, start: int, end: int) -> Iterator[str]:
    for line in range(start, end):
        yield state.src[state.bMarks[line] : state.eMarks[line]]


def _push(state: StateBlock, start: int, rows: list[tuple[str, ...]]) -> None:
    state.line = start + len(rows)
    opened = state.push("table_open", "table", 1)
    opened.map, opened.markup = [start, state.line], TAB
    for part, tag, first, several in (("thead", "th", start, rows[:1]), ("tbody", "td", start + 1, rows[1:])):
        state.push(f"{part}_open", part, 1)
        for line, row in enumerate(several, first):
            state.push("tr_open", "tr", 1).map = [line, line + 1]
            for cell in row:
                state.push(f"{tag}_open", tag, 1)
                inline = state.push("inline", "", 0)
                inline.content, inline.map, inline.children = cell.strip(), [line, line + 1], []
                state.push(f"{tag}_close", tag, -1)
            state.push("tr_close", "tr", -1)
        state.push(f"{part}_close", part, -1)
    state.push("table_close", "table", -1)


def end_list(state: StateBlock, start: int, end: int, is_silent: bool) -> bool:
    """End a list before a line that begins anew, is not indented, and has no more items under it."""
    if not is_silent or state.sCount[start] >= state.blkIndent:
        return False
    before, line = (state.src[state.bMarks[one] : state.eMarks[one]] for one in (start - 1, start))
    return is_section(line) or (ends_list(line, before) and not _has_items(state, start, end))


def _has_items(state: StateBlock, start: int, end: int) -> bool:
    """Tell whether an item of a list stands further down before an empty line; no line is looked at twice."""
    until, answer = state.env.get("items", (0, False))
    if start >= until:
        lines = ((one, state.src[state.bMarks[one] : state.eMarks[one]]) for one in range(start, end))
        until, last = next(((one, line) for one, line in lines if not line.strip() or ITEM.match(line)), (end, ""))
        answer = bool(last.strip())
        state.env["items"] = until, answer
    return bool(answer)


def link_addresses(state: StateCore) -> None:
    """Make links of the addresses of websites and the mail addresses that stand among words."""
    for token in state.tokens:
        if token.type == "inline" and token.children and ADDRESS.search(token.content):
            token.children = list(_link(token.children))


def _link(children: list[Token]) -> Iterator[Token]:
    inside = 0
    for child in children:
        inside += child.nesting if child.type.startswith("link_") else 0
        yield from [child] if inside or child.type != "text" else _link_words(child)


def _link_words(words: Token) -> Iterator[Token]:
    end = 0
    for found in ADDRESS.finditer(words.content):
        address = found[0].rstrip(AFTER)
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(")").rstrip(AFTER)
        scheme = "mailto:" if "@" in address and ":" not in address else "" if ":" in address else "https://"
        yield Token("text", "", 0, content=words.content[end : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": f"{scheme}{address}"})
        yield Token("text", "", 0, content=address)
        yield Token("link_close", "a", -1)
        end = found.start() + len(address)
    yield Token("text", "", 0, content=words.content[end:])
