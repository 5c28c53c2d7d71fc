"""Sizes of people's own: `4,2x2,6` metres, cut from the kind's model size.

Comes in: what people wrote, a model preset. Goes out: a preset, or what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Place, Problem
from generator.model import Preset

#: Sides of a free size, metres: below it no letter is read from afar, above it no printer's roll is long enough.
SMALLEST_M, LARGEST_M = 0.4, 30.0


def read_size(size: str) -> tuple[float, float]:
    """Return width and height in metres of a size such as `4,2x2,6`."""
    width, _, height = size.replace("×", "x").replace(",", ".").partition("x")
    return float(width), float(height)


def check_size(place: Place, kind: str, size: str, free_preset: str | None) -> Iterator[Problem]:
    """Yield what is wrong with a size; `free_preset` is the kind's model, None for a kind of fixed sizes."""
    if free_preset is None:
        yield Problem(place, f"loại “{kind}” chỉ làm các khổ có sẵn", "Xóa dòng sizes, chọn khổ ở presets.")
    elif not all(SMALLEST_M <= side <= LARGEST_M for side in read_size(size)):
        wrong = f"khổ “{size}” mét ra ngoài khoảng {SMALLEST_M:g}–{LARGEST_M:g} m".replace(".", ",")
        yield Problem(place, wrong, "Ghi rộng x cao bằng mét, ví dụ 4,2x2,6.")


def cut_to(model: Preset, name: str, width_m: float, height_m: float) -> Preset:
    """Return a size of people's own: margins and smallest letter of the model, in proportion to the shorter side.

    `name` is the kind's.
    """
    share = 1000 * min(width_m, height_m) / min(model.width_mm or 1, model.height_mm or 1)
    figures = f"{width_m:g}x{height_m:g}"
    return model.model_copy(
        update={
            "id": f"{model.id}-{figures.replace('.', '-')}",
            "name": f"{name} {width_m:g} × {height_m:g} m".replace(".", ","),
            "width_mm": 1000 * width_m,
            "height_mm": 1000 * height_m,
            "safe_mm": model.safe_mm * share,
            "smallest_letter_mm": model.smallest_letter_mm * share,
        }
    )
