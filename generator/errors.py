"""Say what is wrong: Place, Problem and the only two exceptions people may meet.

Comes in: a place in a file, what is wrong there, what to do. Goes out: values that every other room
collects and `cli` prints. Imports nothing of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

#: What a terminal would obey or could not show, from names of files: control and direction marks, halves of pairs.
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
#: Longer words are cut where a message quotes them.
SHOWN = 60


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file that people write: path relative to the project, 1-based line and column (0 = whole file)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `path:line:column`, leaving out what is not known."""
        parts = [self.path] + [str(number) for number in (self.line, self.column) if number]
        return _show(":".join(parts))


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to fix (or, as a warning, to know): place, what is wrong, what to do; both texts in Vietnamese."""

    place: Place
    wrong: str
    remedy: str = field(default="")
    is_warning: bool = field(default=False)

    def __str__(self) -> str:
        """Return the two lines that staff read."""
        word = "nhắc: " if self.is_warning else ""
        first = f"{self.place}: {word}{_show(self.wrong)}"
        return f"{first}\n    → {_show(self.remedy)}" if self.remedy else first


class UserError(Exception):
    """Something that staff can fix; carries every problem found, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InternalError(Exception):
    """A fault of the program itself, never of what staff wrote."""


def split_problems(problems: Iterable[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Return (errors, warnings), each sorted by place and without repeats."""
    ordered = sorted(set(problems))
    return [p for p in ordered if not p.is_warning], [p for p in ordered if p.is_warning]


def shorten(words: str) -> str:
    """Return words short enough to be quoted in a message, cut between words."""
    return words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + "…"


def _show(words: str) -> str:
    return UNSHOWN.sub("\ufffd", words)
