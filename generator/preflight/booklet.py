"""Look at a booklet: pages in fours, and the imposed file against the single pages that it was made of.

Comes in: PDF bytes and the sheet of one page. Goes out: sentences in Vietnamese, none when all is well. The order is
worked out here once more, by folding: the judge shares no code with the maker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2

from generator.model import Sheet
from generator.preflight.files import inspect_press
from generator.preflight.readback import find_lost, fold


def inspect_pages_of_booklet(pdf: bytes) -> list[str]:
    """Return what is wrong with the page count of a booklet: folded sheets have four pages each."""
    with pypdfium2.PdfDocument(pdf) as opened:
        count = len(opened)
    if count and count % 4 == 0:
        return []
    fewer, more = count // 4 * 4, count // 4 * 4 + 4
    fitting = f"{fewer} hoặc {more}" if fewer else str(more)
    return [
        f"sách đóng ghim giữa có {count} trang, số trang phải chia hết cho 4 (bớt hoặc thêm cho đủ {fitting} trang)"
    ]


def inspect_imposed(
    imposed: bytes, single: bytes, sheet: Sheet, must_read: Sequence[str], whole: Sequence[str] = ()
) -> list[str]:
    """Return what is wrong with an imposed press PDF; `single`: its pages before, `sheet`: of one page, real mm."""
    halves = _read_halves(single, 1)
    spread = replace(sheet, width_mm=2 * sheet.width_mm, pages=len(halves) // 2)
    wrong = [*inspect_press(imposed, spread, ()), *find_lost(halves, must_read, whole)]
    return wrong or _check_order(_read_halves(imposed, 2), halves)


def _check_order(found: Sequence[str], pages: Sequence[str]) -> list[str]:
    """Fold the sheets in thought: leaf by leaf, outermost first, every leaf gives a page from either end of the
    book.
    """
    low, high = 0, len(pages) - 1
    wrong = []
    for side in range(len(pages) // 2):
        wanted = (high, low) if side % 2 == 0 else (low, high)
        for half, number in enumerate(wanted):
            if found[2 * side + half] != pages[number]:
                where = "trái" if half == 0 else "phải"
                wrong.append(f"bình trang: nửa {where} của mặt tờ {side + 1} phải là trang {number + 1}")
        low, high = low + 1, high - 1
    return wrong


def _read_halves(pdf: bytes, parts: int) -> list[str]:
    """Return the words inside the trim of every page, cut into `parts` side by side."""
    words = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            left, bottom, right, top = page.get_trimbox()
            wide = (right - left) / parts
            text = page.get_textpage()
            for part in range(parts):
                start = left + part * wide
                words.append(fold(text.get_text_bounded(start, bottom, start + wide, top)))
    return words
