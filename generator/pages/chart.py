"""Targets such as “giảm 4 %/năm” → an illustration: what they come to when the campaign's base year is set to 100.

Comes in: a campaign's targets and the years of its chart. Goes out: lines (SVG units) and the figures of a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import ChartYears, Target
from generator.pages.words import say_number

YEARLY = "%/năm"
#: What the base year is set to.
BASE = 100.0
#: The scale's lines stand at multiples of this.
STEP = 10
#: Room above the highest line (SVG units).
TOP = 24


@dataclass(frozen=True)
class Frame:
    """The drawing's size, and where its lines run inside it (SVG units)."""

    width: int = 640
    height: int = 340
    left: int = 46
    right: int = 544
    base: int = 300


@dataclass(frozen=True)
class Mark:
    """A year below the chart, or a value beside it, and where it stands."""

    words: str
    at: float


@dataclass(frozen=True)
class Line:
    """One target's line; `is_drawn` is false where it lies exactly on an earlier one."""

    subject: str
    sign: str
    words: str
    figures: tuple[str, ...]
    points: str
    end_x: float
    end_y: float
    is_drawn: bool


@dataclass(frozen=True)
class Chart:
    """The whole illustration: years from left to right, values from bottom to top, a line per target."""

    base_year: int
    years: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    frame: Frame


@dataclass(frozen=True)
class _Scale:
    """Where years and values stand in the frame."""

    frame: Frame
    years: int
    low: int
    high: int

    def x(self, index: int) -> float:
        return round(self.frame.left + index * (self.frame.right - self.frame.left) / (self.years - 1), 1)

    def y(self, value: float) -> float:
        share = (self.high - value) / (self.high - self.low)
        return round(TOP + share * (self.frame.base - TOP), 1)


def make_chart(targets: Sequence[Target], span: ChartYears | None) -> Chart | None:
    """Return the chart of the yearly percentages, or None when there is none or the campaign names no years."""
    yearly = [target for target in targets if _is_yearly(target)]
    if not yearly or span is None:
        return None
    years = range(span.base, span.base + span.years + 1)
    series = [_grow(target, len(years)) for target in yearly]
    values = [value for row in series for value in row]
    low, high = STEP * int(min(values) // STEP), STEP * int(max(values) // STEP + 1)
    scale = _Scale(Frame(), len(years), low, high)
    return Chart(
        base_year=span.base,
        years=tuple(Mark(str(year), scale.x(index)) for index, year in enumerate(years)),
        ticks=tuple(Mark(str(value), scale.y(value)) for value in range(low, high + 1, STEP)),
        lines=_draw_lines(yearly, series, scale),
        frame=scale.frame,
    )


def _is_yearly(target: Target) -> bool:
    figure = target.figure.replace(",", ".")
    return target.unit == YEARLY and figure.replace(".", "", 1).isdigit() and target.direction != "dat"


def _grow(target: Target, years: int) -> list[float]:
    rate = float(target.figure.replace(",", ".")) / 100 * (-1 if target.direction == "giam" else 1)
    return [BASE * (1 + rate) ** step for step in range(years)]


def _draw_lines(targets: Sequence[Target], series: Sequence[Sequence[float]], scale: _Scale) -> tuple[Line, ...]:
    lines: list[Line] = []
    for target, values in zip(targets, series, strict=True):
        points = " ".join(f"{scale.x(index)},{scale.y(value)}" for index, value in enumerate(values))
        line = Line(
            subject=target.subject,
            sign=target.direction,
            words=_say(target),
            figures=tuple(say_number(value) for value in values),
            points=points,
            end_x=scale.x(len(values) - 1),
            end_y=scale.y(values[-1]),
            is_drawn=points not in [earlier.points for earlier in lines],
        )
        lines.append(line)
    return tuple(lines)


def _say(target: Target) -> str:
    return " ".join(filter(None, [target.qualifier, f"{target.figure}{target.unit}"]))
