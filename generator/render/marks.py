"""Say which marks a press file gets: one order for all its pages, for theme/press/marks.typ to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.model import Sheet

#: Pages of a single sheet, front and back, are told apart without numbers.
PAGES_OF_A_SHEET = 2


@dataclass(frozen=True)
class Leaf:
    """One page on a side: where it begins and how wide it is, in real mm from the trim; `label`: which page it is."""

    x_mm: float
    width_mm: float
    label: str


@dataclass(frozen=True)
class Marks:
    """The marks of a file: its sheet, the slug line, the leaves of every side (of one side where all are alike)."""

    sheet: Sheet
    slug_line: str
    sides: tuple[tuple[Leaf, ...], ...]


def mark_pages(sheet: Sheet, slug_line: str, count: int) -> Marks:
    """Return the marks of a file of single pages, numbered where there are more than one sheet has."""
    if count > PAGES_OF_A_SHEET:
        sides = tuple((Leaf(0, sheet.width_mm, _say(number, count)),) for number in range(1, count + 1))
    else:
        sides = ((Leaf(0, sheet.width_mm, ""),),) * (count if sheet.panels_mm else 1)
    return Marks(sheet, slug_line, sides)


def mark_sides(sheet: Sheet, slug_line: str, order: Sequence[tuple[int, int]]) -> Marks:
    """Return the marks of an imposed file; `sheet`: of one page; `order`: page numbers (left, right) of every side."""
    wide, count = sheet.width_mm, 2 * len(order)
    sides = ((Leaf(0, wide, _say(left, count)), Leaf(wide, wide, _say(right, count))) for left, right in order)
    return Marks(spread(sheet), slug_line, tuple(sides))


def spread(sheet: Sheet) -> Sheet:
    """Return the sheet of two pages side by side, folded between them."""
    return replace(sheet, width_mm=2 * sheet.width_mm, panels_mm=(sheet.width_mm, sheet.width_mm))


def _say(number: int, count: int) -> str:
    return f"trang {number}/{count}"
