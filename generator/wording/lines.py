"""Which lines of a text begin anew, though no empty line stands before them: steps, dates, addresses, verses.

Comes in: a line and the one before it. Goes out: yes or no; `tidy` keeps such lines apart, `reader` ends a list there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

#: a) b. 1/ 2.Ngắt (1) 1.2. ①: counted lines that Markdown would run together.
COUNTED = re.compile(
    r"[ \t]*(?:\d{1,2}(?:\.\d{1,2})+(?:[.)](?=\S)|[.)]?(?=[ \t]))|\d{1,2}[.)/]|[a-zđA-ZĐ]\d{0,2}[.)]|[ivxIVX]{1,4}[.)/]"
    r"|\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)|[①-⓿❶-❿]|\d\ufe0f?\u20e3)(?=[^\W\d_]|[ \t])"
)
NAMES = "Bước|Câu|Điều|Khoản|Mục|Chương|Phần|Bài|Tiết|Ngày|Thứ|Tuần|Tháng|Lần|Đợt|Buổi|Nhóm|Tổ|Đội"
#: Lines that say by their first words that they are lines: “Bước 1:”, “28/4:”, “7h30 – Đón khách”, “Địa điểm: …”.
HEADED = re.compile(
    rf"(?:{NAMES}) (?:\d{{1,3}}|[IVX]{{1,5}}|[A-Z]) ?[.:–-]|[IVX]{{1,5}}\. "
    r"|(?:Ngày )?(?:\d{1,2} ?[–-] ?)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})? ?[:–-] ?"
    r"|(?:Từ )?\d{1,2}(?:[hg:]\d{0,2}| giờ(?: \d\d)?)(?!\w)|[^\W\d_][^\W_]*(?:[ /][^\W_]+){0,5} ?:(?=[ *_])"
)
#: Headings of a part of a document: they stand above any list.
SECTION = re.compile(r"(?:(?:Điều|Mục|Chương|Phần) (?:\d{1,3}|[IVX]{1,5})\b|[IVX]{1,5}\. )")
#: An end after which the next words may follow on the same line.
SENTENCE_ENDS = (".", "!", "?", "…")
ENDS = (":", ";", *SENTENCE_ENDS)
#: No one wraps text narrower than this.
NARROW = 40


def is_counted(line: str, before: str) -> bool:
    """Tell whether a line begins with a number or letter that Markdown would take for words of the line before."""
    return bool(COUNTED.match(line) and (COUNTED.match(before) or before.rstrip().endswith(ENDS)))


def is_headed(line: str) -> bool:
    """Tell whether the first words of a line say that it is a line of its own."""
    bare = _bare(line)
    return bool(bare) and not bare[0].islower() and HEADED.match(bare) is not None


def breaks_item(line: str, before: str) -> bool:
    """Tell whether a line right under an item of a list is a line of its own in that item."""
    is_short = _fits(line, before, NARROW) and not before.rstrip().endswith(SENTENCE_ENDS)
    return is_counted(line, before) or (not line[0].isspace() and (is_headed(line) or (_is_capital(line) and is_short)))


def ends_list(line: str, before: str) -> bool:
    """Tell whether a line right under the last item of a list is no part of it; a) and b) go on with the item."""
    is_over = _fits(line, before, NARROW) or before.rstrip().endswith(SENTENCE_ENDS)
    return not COUNTED.match(line) and (is_headed(line) or (_is_capital(line) and is_over))


def is_section(line: str) -> bool:
    """Tell whether a line heads a section, which is above any list: “II. NỘI DUNG”, “Điều 2. …”."""
    return SECTION.match(_bare(line)) is not None


def find_lines(lines: Sequence[str]) -> Iterator[int]:
    """Yield those of neighbouring lines (their places, from 0) after which the next one begins anew."""
    headed = [is_headed(line) for line in lines]
    has_lines = _are_lines(lines)
    for place, before in enumerate(lines[:-1]):
        is_near = headed[place] or before.rstrip().endswith(ENDS) or any(headed[place + 2 : place + 3])
        if has_lines or (headed[place + 1] and is_near) or is_counted(lines[place + 1], before):
            yield place


def _are_lines(lines: Sequence[str]) -> bool:
    """Tell whether all lines were meant as lines: each begins anew, and none was broken because it was full.

    Sentences that follow one another are one paragraph, however their lines were broken.
    """
    width = max((NARROW, *map(len, lines)))
    pairs = list(pairwise(lines))
    fit = all(_fits(line, before, width) for before, line in pairs)
    are_sentences = all(before.rstrip().endswith(SENTENCE_ENDS) for before, _ in pairs)
    return fit and not are_sentences and all(_begins_anew(line) for line in lines[1:])


def _fits(line: str, before: str, width: int) -> bool:
    """Tell whether the first word of a line would have had room on the line before."""
    return len(before.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) <= width


def _begins_anew(line: str) -> bool:
    bare = _bare(line)
    is_sign = (
        bare.startswith(("->", "=>", "→", "⇒", "@", "#", "--", "\\", "<")) or unicodedata.category(bare[0]) == "So"
    )
    return bare[0].isupper() or is_sign or is_headed(line) or COUNTED.match(bare) is not None


def _is_capital(line: str) -> bool:
    return _bare(line)[:1].isupper()


def _bare(line: str) -> str:
    """Return a line without the marks of bold words before it."""
    return line.strip().lstrip("*_") or line.strip()
