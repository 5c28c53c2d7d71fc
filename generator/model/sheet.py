"""The sheet that a piece is drawn on, as plain figures: what every step after the worklist knows of a size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Sheet:
    """A finished size in real mm; drawn `scale` times smaller; `panels_mm` from the left on sheet 1; `pages` 0: any number."""

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


def read_sheet(written: Mapping[str, object]) -> Sheet:
    """Return the sheet of a print document as a Sheet; what a Sheet does not hold is left out."""
    known = {field.name: written[field.name] for field in fields(Sheet) if field.name in written}
    return Sheet(**{key: tuple(value) if isinstance(value, list) else value for key, value in known.items()})  # type: ignore[arg-type]
