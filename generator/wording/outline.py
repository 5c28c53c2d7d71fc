"""Lists as Word, Zalo and official documents write them → lists of Markdown: •, o, ▪, –, + under one another.

Comes in: the lines of a text and where its blocks stand. Goes out: the same lines, rewritten in place, and a slip for
every mark that Markdown does not know. Called by `tidy`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.wording.slips import Slip

#: Bullets that nothing else begins a line with; the private ones are Word's (Wingdings, Symbol).
BULLET = re.compile("^([ \t]*)([•·‣⁃◦▪▫■□●○◆◇➢➤►▶✓✔❖§\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d])\ufe0f?[ \t]*(?=\\S)")
#: “✗ Chạy trong xưởng”: beside such lines a ✓ is no bullet, and neither may go.
NO = re.compile("^[ \t]*[✗✘✖❌]")
YES = "✓✔"
#: Marks that are bullets only where several lines begin so, under a line that ends with a colon, or under a bullet.
DASH = re.compile(
    r"^([ \t]*)([–—―−](?=.)|o(?=[ \t])|\+(?=[^\W\d_])|--(?=[ \t])|--?(?=[^\W\d_])(?!.*-$)|\*(?=[^\W\d_][^*]*$))[ \t]*(?=\S)"
)
#: A list of Markdown's own.
ITEM = re.compile(r"^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
#: Marks of one level; any other mark is a level of its own.
LEVELS = ("--–—―−⁃\uf02d", "•·●‣\uf0b7", "o◦○", "▪▫■□§\uf0a7", "✓✔\uf0fc", "➢➤►▶\uf0d8", "◆◇❖\uf076")
USE_DASH = "Đã đọc thành danh sách. Để khỏi được nhắc: thay dấu ấy bằng dấu - và một dấu cách."


@dataclass(frozen=True)
class _Item:
    """An item of a list: its line (the first is 0), what stands before its mark, the mark, the words."""

    line: int
    indent: str
    mark: str
    words: str
    is_plain: bool

    @property
    def level(self) -> str:
        """Items with marks of one level stand side by side."""
        return next((marks for marks in LEVELS if self.mark[0] in marks), self.mark.lstrip("0123456789"))

    @property
    def can_interrupt(self) -> bool:
        """A number in the middle of a paragraph is no item, as in “… tháng / 5. Trong đó …”."""
        return not self.mark[0].isdigit() or self.mark[:-1] == "1"

    @property
    def head(self) -> str:
        """The mark as Markdown reads it: its own stay as they are, so that a list ends where another mark begins."""
        return self.mark if self.is_plain else "-"


def write_lists(lines: list[str], blocks: Sequence[tuple[int, int]]) -> Iterator[Slip]:
    """Rewrite the lists of a text in place, and yield the marks that were no marks of Markdown's."""
    outline: list[_Item] = []
    before = ""
    for start, end in blocks:
        is_under = before.endswith(":") or (bool(outline) and not outline[-1].is_plain)
        before = lines[end - 1].rstrip()
        items = _find_items(lines, start, end, is_under)
        yield from (
            Slip(item.line + 1, f"dòng mở đầu bằng dấu “{item.mark}”", USE_DASH, is_warning=True)
            for item in items
            if not item.is_plain
        )
        is_more = bool(items and outline) and items[0].line == start and not (items[0].is_plain or outline[-1].is_plain)
        if not is_more:
            _write(lines, outline)
            outline = []
        outline += items
    _write(lines, outline)


def _find_items(lines: Sequence[str], start: int, end: int, is_under: bool) -> list[_Item]:
    """Return the items among the lines of a block; `is_under`: it stands under a colon or a bullet."""
    dashes = [index for index in range(start, end) if DASH.match(lines[index])]
    follow_colon = (lines[one - 1].rstrip().endswith(":") for one in dashes if one > start)
    are_bullets = len(dashes) > 1 or is_under or any(follow_colon)
    has_no = any(NO.match(line) for line in lines[start:end])
    items: list[_Item] = []
    levels: set[str] = set()
    for index in range(start, end):
        plain = ITEM.match(lines[index])
        found = plain or BULLET.match(lines[index])
        if not found and (are_bullets or (items and items[-1].line == index - 1 and not items[-1].is_plain)):
            found = DASH.match(lines[index])
        if not found or (has_no and found[2] in YES):
            continue
        item = _Item(index, found[1], found[2], lines[index][found.end() :], bool(plain))
        if index == start or item.can_interrupt or item.level in levels:
            items.append(item)
            levels.add(item.level)
    return items


def _write(lines: list[str], outline: Sequence[_Item]) -> None:
    """Write items back; where none is indented, the order in which marks come says what lies under what."""
    is_flat = len({item.indent for item in outline}) == 1
    above: list[_Item] = []
    for item in outline:
        if any(one.level == item.level for one in above):
            while above[-1].level != item.level:
                above.pop()
            above.pop()
        deeper = sum(len(one.head) + 1 for one in above) if is_flat else 0
        if deeper or not item.is_plain:
            lines[item.line] = f"{item.indent}{' ' * deeper}{item.head} {item.words}"
        above.append(item)
