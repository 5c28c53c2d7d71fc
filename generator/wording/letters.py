"""What someone needs who paints or cuts a slogan: where its lines break, how many letters stand on each, how many of
each.

Comes in: the unbreakable groups of `phrases`. Goes out: a frozen Painting.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

NBSP = "\u00a0"
#: About as many letters stand on a line of a long banner that is read in passing.
LETTERS_A_LINE = 28
#: A line may hold a little more: 33 letters stay one line, 35 become two.
ROUND_UP = 0.3
MOST_LINES = 6
#: What a break inside a phrase costs, against lines of uneven length.
DEAR_BREAK = 0.35
PAUSES = (",", ";", ":", ".", "!", "?", "–", "—", "-")
ALPHABET = "AĂÂBCDĐEÊFGHIJKLMNOÔƠPQRSTUƯVWXYZ"
#: Marks that make another letter, in the order of the alphabet, and the five tones: the rest of a decomposed letter.
SHAPES = "\u0302\u0306\u031b"
TONES = "\u0300\u0309\u0303\u0301\u0323"


@dataclass(frozen=True)
class PaintedLine:
    """One line as it is painted: its text in capitals and how many letters it has."""

    text: str
    letters: int


@dataclass(frozen=True)
class LetterCount:
    """How many of one letter are needed."""

    letter: str
    count: int


@dataclass(frozen=True)
class Painting:
    """A slogan for the painter: lines, letters in all, syllables, and every letter of the alphabet in its order."""

    lines: tuple[PaintedLine, ...]
    letters: int
    syllables: int
    alphabet: tuple[LetterCount, ...]


def describe_letters(groups: Sequence[str]) -> Painting:
    """Return what a painter needs to know of a slogan, given its unbreakable groups."""
    lines = tuple(_line(groups[start:end]) for start, end in break_lines(groups))
    counted = Counter(letter for line in lines for letter in line.text if letter.isalnum())
    return Painting(
        lines=lines,
        letters=sum(counted.values()),
        syllables=sum(any(map(str.isalnum, word)) for group in groups for word in group.split()),
        alphabet=tuple(LetterCount(letter, counted[letter]) for letter in sorted(counted, key=_place)),
    )


def break_lines(groups: Sequence[str]) -> list[tuple[int, int]]:
    """Return (start, end) of every line: as even as can be, parted where a phrase ends rather than in its middle."""
    before = list(accumulate(map(_count, groups), initial=0))
    count = min(MOST_LINES, len(groups), max(1, round(before[-1] / LETTERS_A_LINE + ROUND_UP)))
    ideal = max(before[-1] / count, 1)

    def price(start: int, end: int) -> float:
        is_good = end == len(groups) or groups[end - 1].endswith(PAUSES)
        return ((before[end] - before[start]) / ideal - 1) ** 2 + (0 if is_good else DEAR_BREAK)

    # For every end the cheapest way to it, one line more at every step.
    ways: dict[int, tuple[float, list[int]]] = {0: (0, [0])}
    for _ in range(count):
        ways = {
            end: min((paid + price(start, end), [*cuts, end]) for start, (paid, cuts) in ways.items() if start < end)
            for end in range(min(ways) + 1, len(groups) + 1)
        }
    cuts = ways[len(groups)][1]
    return list(pairwise(cuts))


def _line(groups: Sequence[str]) -> PaintedLine:
    """Return one line as it is painted: a dash that parts two clauses is left out where the line ends."""
    text = " ".join(groups).replace(NBSP, " ").upper()
    head, _, last = text.rpartition(" ")
    return PaintedLine(head if head and last in ("–", "—", "-") else text, _count(text))


def _count(words: str) -> int:
    return sum(map(str.isalnum, words))


def _place(letter: str) -> tuple[int, int, str]:
    """Return where a capital stands: by letter (A Ă Â …), then by tone; figures come last."""
    parts = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", parts[0] + "".join(part for part in parts[1:] if part in SHAPES))
    tone = next((TONES.index(part) + 1 for part in parts if part in TONES), 0)
    return (ALPHABET.index(base) if base in ALPHABET else len(ALPHABET), tone, letter)
