"""Lines as Word, Zalo and PDF paste them → lines that Markdown reads as they were meant; no line moves.

Comes in: the body of a text. Goes out: the body with bullets, lettered lines and addresses in Markdown's form, and a
slip (a warning) for each sort of change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.wording.lines import COUNTED, breaks_item, find_lines
from generator.wording.outline import ITEM, write_lists
from generator.wording.slips import Slip

FENCE = re.compile("^ {0,3}(?:`{3,}|~{3,})")
#: An address with spaces, as Windows and phones name their files: “IMG_0001 (1).JPG”.
SPACED = re.compile(
    r"(!?\[[^\[\]\n]{0,300}\]\()((?:[^()<>\n\" ]|\([^()<>\n\"]*\))+ (?:[^()<>\n\"]|\([^()<>\n\"]*\))*\.\w{2,5})\)"
)
#: (*) and (**): signs of a note.
NOTE_SIGN = re.compile(r"\((\*{1,3})\)")
#: “> 38 độ”, “>= 2 m”: a comparison that would become a quotation, and lose its sign.
MORE_THAN = re.compile(r"^([ \t]*)>(?= ?=| ?\d)")
#: A line of underscores is a blank to fill in; a line of = is a line.
BLANK = re.compile(r"^([ \t]*)(?=_{3,}[ \t]*$)")
RULE = re.compile(r"^[ \t]*={3,}[ \t]*$")
#: Lines that are something else than words: headings, quotes, tables, boxes, links and notes of the end, pictures.
NO_WORDS = re.compile(r"^[ \t]*(?:#+ |[>\[|!?:]|<!|[-*_]{3,}[ \t]*$|\S.*\t)|.*\|")


def tidy(body: str) -> tuple[str, tuple[Slip, ...]]:
    """Return the body as Markdown reads it rightly, with as many lines, and what was changed."""
    lines = body.split("\n")
    blocks = list(_find_blocks(lines))
    for start, end in blocks:
        _keep_letters(lines, start, end)
    slips = tuple(write_lists(lines, blocks))
    for start, end in blocks:
        _keep_lines(lines, start, end)
    return "\n".join(lines), slips[:1]


def _find_blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, one after the last) of every run of lines that are neither empty nor code."""
    start, is_code = 0, False
    for index, line in enumerate([*lines, ""]):
        is_fence = FENCE.match(line) is not None
        if is_code or is_fence or not line.strip():
            if start < index and not is_code:
                yield start, index
            start = index + 1
        is_code ^= is_fence


def _keep_letters(lines: list[str], start: int, end: int) -> None:
    """Keep as letters what Markdown would take for marks, and as an address what has spaces."""
    quoted = [index for index in range(start, end) if lines[index].lstrip().startswith(">")]
    are_comparisons = all(MORE_THAN.match(lines[index]) for index in quoted)
    for index in range(start, end):
        line = NOTE_SIGN.sub(lambda found: f"({found[1].replace('*', chr(92) + '*')})", lines[index])
        if counted := COUNTED.match(line):
            line = counted[0] + line[counted.end() :].replace("\t", " ", 1)
        line = SPACED.sub(r"\1<\2>)", RULE.sub("---", BLANK.sub(r"\1\\", line)))
        lines[index] = MORE_THAN.sub(r"\1\\>", line) if are_comparisons else line


def _keep_lines(lines: list[str], start: int, end: int) -> None:
    """End with two spaces every line after which the next one begins anew."""
    first = start
    for index in range(start, end + 1):
        is_end = index == end
        if is_end or ITEM.match(lines[index]) or NO_WORDS.match(lines[index]):
            for place in find_lines(lines[first:index]):
                lines[first + place] = lines[first + place].rstrip() + "  "
            first = index + 1
        elif start < index == first and ITEM.match(lines[index - 1]) and breaks_item(lines[index], lines[index - 1]):
            lines[index - 1] = lines[index - 1].rstrip() + "  "
