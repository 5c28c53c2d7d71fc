"""How many wrong names of a file are worth a hint.

Comes in: the place of a wrong name and the right ones. Goes out: those to compare it with. One for each pass of checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.errors import Place

#: So many wrong names of one file are compared with the right ones.
MOST_HINTED = 50


class Hints:
    """The nearest right words, for the first names of a file that answer to nothing: a thousand cost minutes to
    compare, and are one mistake.
    """

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def choices(self, place: Place, known: Iterable[str]) -> Iterable[str]:
        """Return what is worth comparing with one more wrong name of this file: nothing after MOST_HINTED."""
        self.asked[place.path] += 1
        return known if self.asked[place.path] <= MOST_HINTED else ()
