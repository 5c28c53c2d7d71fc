"""Lines as Word, Zalo and PDF paste them → lines that Markdown reads as they were meant; no line moves.

Comes in: the body of a text. Goes out: the body with bullets, lettered lines and addresses in Markdown's form, and a
slip (a warning) for each sort of change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.wording.slips import Slip

#: Bullets that nothing else begins a line with; the private ones are Word's (Wingdings, Symbol).
BULLET = re.compile("^([ \t]*)[•‣⁃◦▪▫■□●○◆◇➢➤►▶✓✔✗❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d][ \t]*(?=\\S)")
#: Marks that are bullets only where several lines begin so, or under a line that ends with a colon.
DASH = re.compile("^([ \t]*)(?:[–—―−·§]|o(?=[ \t])|\\+(?=\\S))[ \t]*(?=\\S)")
#: a) b. 1/ 2.Ngắt: counted lines that Markdown would run together.
COUNTED = re.compile(r"^[ \t]*(?:\d{1,2}[.)/]|[a-zđA-ZĐ][.)]|[ivxIVX]{1,4}[.)])(?=[^\W\d_]|[ \t])")
#: A list of Markdown's own.
ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
FENCE = re.compile("^ {0,3}(?:`{3,}|~{3,})")
#: An address with spaces, as Windows and phones name their files.
SPACED = re.compile(
    r"(!?\[[^\[\]\n]{0,300}\]\()([^()<>\n\"]*? [^()<>\n\"]*?\.(?:jpe?g|png|pdf|docx|md))\)", re.IGNORECASE
)
ENDS = (":", ".", ";", "!", "?", "…")
USE_DASH = "Đã đọc thành danh sách. Để khỏi được nhắc: thay dấu ấy bằng dấu - và một dấu cách."


def tidy(body: str) -> tuple[str, tuple[Slip, ...]]:
    """Return the body as Markdown reads it rightly, with as many lines, and what was changed."""
    lines = body.split("\n")
    slips: list[Slip] = []
    for start, end in _find_blocks(lines):
        slips += _tidy_block(lines, start, end)
    return "\n".join(lines), tuple(slips[:1])


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


def _tidy_block(lines: list[str], start: int, end: int) -> Iterator[Slip]:
    for index in range(start, end):
        lines[index] = SPACED.sub(r"\1<\2>)", lines[index])
    dashes = [index for index in range(start, end) if DASH.match(lines[index])]
    under_colon = start > 0 and _last_before(lines, start).endswith(":")
    follow_colon = (lines[one - 1].rstrip().endswith(":") for one in dashes if one > start)
    are_bullets = len(dashes) > 1 or under_colon or any(follow_colon)
    for index in range(start, end):
        found = BULLET.match(lines[index]) or (DASH.match(lines[index]) if are_bullets else None)
        if found:
            mark = lines[index].strip()[0]
            lines[index] = f"{found[1]}- {lines[index][found.end() :]}"
            yield Slip(index + 1, f"dòng mở đầu bằng dấu “{mark}”", USE_DASH, is_warning=True)
        elif index > start and _is_counted(lines[index], lines[index - 1]):
            lines[index - 1] = lines[index - 1].rstrip() + "  "


def _last_before(lines: list[str], start: int) -> str:
    return next((line.rstrip() for line in reversed(lines[:start]) if line.strip()), "")


def _is_counted(line: str, before: str) -> bool:
    """Tell whether a line begins with a number or letter that Markdown would take for words of the line before."""
    if not COUNTED.match(line) or (ITEM.match(line) and ITEM.match(before)):
        return False
    return bool(COUNTED.match(before) or before.rstrip().endswith(ENDS))
