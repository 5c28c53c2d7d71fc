"""Text → groups of syllables that a line break may never part.

Comes in: NFC text and the phrase lists (theme/phrases.yml and the campaign's keep_together). Goes out: the groups in
order; inside a group, spaces are U+00A0.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from generator.model import Phrases

NBSP = "\u00a0"
OPENING, CLOSING = '“‘("', '”’).,;:!?…"'
NUMBER = re.compile(r"\d[\d.,/–-]*%?")
#: A group of a telephone number, as another may follow it: “(0235) 3 852 111”.
GROUP = re.compile(r"[“‘(]?\+?\d+\)?")
#: What stands before the name of a place; the name is the capitalised words after it.
PLACES = {"tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "tp."}
LONGEST_NAME = 3
DATE = re.compile(
    r"ngày \d{1,2}/\d{1,2}(?:/\d{4})?|"
    r"ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?|tháng \d{1,2} năm \d{4}|tháng \d{1,2}|năm \d{4}|số \S*\d\S*",
    re.I,
)


def split_groups(text: str, phrases: Phrases, keep_together: Iterable[str] = ()) -> list[str]:
    """Return the unbreakable groups of `text`, longest compounds first; joined by spaces they give the text back."""
    words = text.split()
    joined = [False] * len(words)
    plain = [word.strip(OPENING + CLOSING).lower() for word in words]
    for compound in sorted([*phrases.compounds, *keep_together], key=len, reverse=True):
        _join_compound(words, plain, compound.lower().split(), joined)
    line = " ".join(words)
    spaces = [index for index, letter in enumerate(line) if letter == " "]
    for match in DATE.finditer(line):
        start = bisect_left(spaces, match.start())
        _join(joined, start, start + match.group().count(" ") + 1)
    _join_place_names(words, joined)
    leaders = {leader.lower() for leader in phrases.leaders}
    for index in range(1, len(words)):
        after_number = NUMBER.fullmatch(words[index - 1].lstrip(OPENING)) and plain[index] in phrases.units
        is_dash = words[index] in ("–", "—", "-", "&")
        is_grouped = GROUP.fullmatch(words[index - 1]) and plain[index].isdigit()
        if after_number or is_grouped or is_dash or words[index - 1].lower() in leaders:
            joined[index] = True
    return _glue(words, joined)


def _join_compound(words: Sequence[str], plain: Sequence[str], compound: Sequence[str], joined: list[bool]) -> None:
    if not compound or compound[0] not in plain:
        return
    size = len(compound)
    for start in range(len(words) - size + 1):
        is_same = all(plain[start + i] == compound[i] for i in range(size))
        has_pause = any(words[start + i][-1:] in ",.;:!?" for i in range(size - 1))
        if is_same and not has_pause and not any(joined[start : start + size]):
            _join(joined, start, start + size)


def _join_place_names(words: Sequence[str], joined: list[bool]) -> None:
    for index in range(1, len(words)):
        before = words[index - 1].lower()
        if before not in PLACES and " ".join(words[max(index - 2, 0) : index]).lower() not in PLACES:
            continue
        for after in range(index, min(index + LONGEST_NAME, len(words))):
            if not words[after][:1].isupper() or (after > index and words[after - 1][-1:] in ",.;:!?"):
                break
            joined[after] = True


def _join(joined: list[bool], start: int, end: int) -> None:
    for index in range(start + 1, end):
        joined[index] = True


def _glue(words: Sequence[str], joined: Sequence[bool]) -> list[str]:
    groups: list[str] = []
    for word, is_joined in zip(words, joined, strict=True):
        if is_joined and groups:
            groups[-1] += NBSP + word
        else:
            groups.append(word)
    return groups
