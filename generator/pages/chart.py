"""Targets such as “giảm 4 %/năm” → an illustration: what they come to by 2030 when 2024 is set to 100.

Comes in: a campaign's targets. Goes out: the chart's lines (SVG units) and the figures of its table. Pure arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.model import Target
from generator.pages.words import say_number

#: The directive is of 2024 and the plans look to 2030 (plan 003, I.2).
YEARS = range(2024, 2031)
YEARLY = "%/năm"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 340, 46, 96, 24, 40


def make_chart(targets: Sequence[Target]) -> dict[str, Any]:
    """Return {"years", "rows", "ticks", "size"}; `rows` is empty when no target is a yearly percentage."""
    series = [(target, _grow(target)) for target in targets if _is_yearly(target)]
    values = [value for _, row in series for value in row] or [100.0]
    low, high = 10 * (min(values) // 10), 10 * (max(values) // 10 + 1)

    def x(index: int) -> float:
        return round(LEFT + index * (WIDTH - LEFT - RIGHT) / (len(YEARS) - 1), 1)

    def y(value: float) -> float:
        return round(TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    rows = [{"id": target.id, "subject": target.subject, "sign": "giam" if target.direction == "giam" else "tang",
             "words": _words(target), "figures": [say_number(value) for value in row],
             "points": " ".join(f"{x(i)},{y(value)}" for i, value in enumerate(row)),
             "end": {"x": x(len(row) - 1), "y": y(row[-1])}}
            for target, row in series]  # fmt: skip
    ticks = [{"value": str(int(low) + step), "y": y(low + step)} for step in range(0, int(high - low) + 1, 10)]
    years = [{"year": str(year), "x": x(index)} for index, year in enumerate(YEARS)]
    return {"years": years, "rows": _merge(rows), "ticks": ticks,
            "size": {"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT, "base": HEIGHT - BOTTOM}}  # fmt: skip


def _is_yearly(target: Target) -> bool:
    figure = target.figure.replace(",", ".")
    return target.unit == YEARLY and figure.replace(".", "", 1).isdigit() and target.direction != "dat"


def _grow(target: Target) -> list[float]:
    rate = float(target.figure.replace(",", ".")) / 100 * (-1 if target.direction == "giam" else 1)
    return [100 * (1 + rate) ** step for step in range(len(YEARS))]


def _words(target: Target) -> str:
    verb = "giảm" if target.direction == "giam" else "tăng"
    return " ".join(filter(None, [verb, target.qualifier, f"{target.figure}{target.unit}"]))


def _merge(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mark rows whose line lies exactly on an earlier one, so that the chart draws and labels it once."""
    seen: set[str] = set()
    for row in rows:
        row["is_drawn"] = row["points"] not in seen
        seen.add(row["points"])
    return rows
