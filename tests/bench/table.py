"""Figures and tables: medians, ratios, and a row that says whether the goal is met."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any

Job = Callable[[Any], object]
Prepare = Callable[[int], Any]
NUMBERS = count(10)


@dataclass(frozen=True)
class Goal:
    """A measured number against its goal: at most (or at least) `limit`, in `unit`."""

    value: float
    limit: float
    unit: str = "×"
    is_least: bool = False

    def cells(self) -> list[str]:
        """Return [measured, goal, verdict] for a table."""
        is_met = self.value >= self.limit if self.is_least else self.value <= self.limit
        sign = "≥" if self.is_least else "≤"
        return [show(self.value, self.unit), f"{sign} {show(self.limit, self.unit)}", "đạt" if is_met else "CHƯA ĐẠT"]


GOAL_HEADS = ["đo được", "mục tiêu", ""]


def show(number: float, unit: str = "") -> str:
    """Return a number as Vietnamese readers write it: two or three digits that count, decimal comma."""
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    return f"{number:.{digits}f}".replace(".", ",") + (f" {unit}" if unit else "")


def measure_in_turn(
    jobs: Sequence[Job], runs: int, prepare: Prepare = lambda number: number, block: int = 1
) -> list[float]:
    """Run the jobs A B C A B C … and return each one's median seconds; the first round warms up and is not counted.

    `prepare` (not timed) makes each job's argument from a number that no other call gets, so that no engine may answer
    from what it has seen. `block`: times that each job runs in a row, as in bulk work, before it is the next one's turn.
    """
    seconds: list[list[float]] = [[] for _ in jobs]
    for _ in range(runs + 1):
        for job, times in zip(jobs, seconds, strict=True):
            for _ in range(block):
                given = prepare(next(NUMBERS))
                since = time.perf_counter()
                job(given)
                times.append(time.perf_counter() - since)
    return [median(times[block:]) for times in seconds]


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """Print a table in aligned plain text: first column left, the others right."""
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    print(f"\n{title}")
    for row in [heads, *rows]:
        print("  " + "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip())
    for note in notes:
        print(f"  · {note}")
