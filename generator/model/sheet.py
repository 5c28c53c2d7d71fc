"""The sheet that a piece is drawn on, as plain figures: what every step after the worklist knows of a size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A finished size in real mm; drawn `scale` times smaller; `panels_mm` from the left on sheet 1; `pages` 0: any
    number.
    """

    width_mm: float
    height_mm: float
    bleed_mm: float
    safe_mm: float = 0
    scale: float = 1
    smallest_letter_mm: float = 0
    panels_mm: tuple[float, ...] = ()
    margins_mm: tuple[float, ...] = ()
    base_mm: float = 0
    pages: int = 0
