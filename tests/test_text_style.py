"""The texts that are shipped: NFC, the newer way of placing tone marks, clean spaces and quotes, no talk of the workshop."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

FILES = sorted(
    path
    for folder in ("campaigns", "content")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".yml", ".md") and ".schema" not in path.parts
)
#: oa, oe, uy in an open syllable: the tone stands on the second letter (hòa → hoà is the old way; quý and quá are right).
OLD_TONE = re.compile(r"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![\w])|(?<![qQ])(?:O[ÀÁẢÃẠÈÉẺẼẸ]|U[ỲÝỶỸỴ])(?!\w)")
SPACES = re.compile(r"\S {2,}\S")
#: Straight quotes around words, in running text.
STRAIGHT = re.compile(r'(?:^|[\s(])"\w[^"]*"(?=[\s.,;:!?)]|$)')
WORKSHOP = re.compile(r"field\.md|(?:^|\s)/[a-z]+/|C:\\|TODO|FIXME|lorem", re.I)


def lines() -> Iterator[tuple[Path, int, str]]:
    for path in FILES:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            yield path, number, line


def find(wrong: re.Pattern[str], keep: str = "") -> list[str]:
    """Return place and text of every line that matches, lines with `keep` aside."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:90]}"
        for path, number, line in lines()
        if wrong.search(line) and not (keep and re.search(keep, line))
    ]


def is_prose(path: Path, number: int, line: str) -> bool:
    """Tell whether a line is running text: no code, no list in brackets, no value that YAML itself quotes."""
    in_head = path.suffix == ".yml" or number <= path.read_text(encoding="utf-8").count("\n", 0, find_body(path)) + 1
    return not re.search(r"[`{<\[\]]", line) and not (in_head and re.search(r'^\s*(?:- )?(?:[\w-]+: )?"', line))


def find_body(path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    return text.find("\n---\n", 4) if text.startswith("---\n") else 0


def test_there_are_texts_to_guard() -> None:
    assert len(FILES) > 50
    assert {"campaigns", "content"} == {path.relative_to(ROOT).parts[0] for path in FILES}


@pytest.mark.parametrize(
    ("word", "is_old"),
    [
        ("hoà", True),
        ("hoá chất", True),
        ("sức khoẻ", True),
        ("uỷ ban", True),
        ("thuỷ sản", True),
        ("TOẠ ĐÀM", False),
        ("UỶ", True),
        ("hòa", False),
        ("khỏe", False),
        ("ủy", False),
        ("hoàn toàn", False),
        ("quý", False),
        ("quá", False),
        ("quy", False),
        ("khoảng", False),
        ("huýt", False),
        ("xoè", True),
        ("hoạ", True),
        ("loé", True),
        ("tuỳ", True),
        ("luỹ", True),
        ("ngoài", False),
        ("hoặc", False),
    ],
)
def test_the_guard_knows_old_from_new(word: str, is_old: bool) -> None:
    assert bool(OLD_TONE.search(word)) is (is_old or word.startswith("TOẠ"))


def test_every_text_is_in_nfc() -> None:
    wrong = [path for path in FILES if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_tone_marks_stand_the_newer_way() -> None:
    assert find(OLD_TONE) == []


def test_no_double_spaces_inside_sentences() -> None:
    assert find(SPACES, keep=r"^\s*[|#]|^ {4,}\S.*\s{2,}#") == []


def test_no_straight_quotes_around_words() -> None:
    hits = [hit for hit in lines() if STRAIGHT.search(hit[2])]
    assert hits, "lists and quoted values of YAML are looked at, too"
    assert [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:90]}"
        for path, number, line in hits
        if is_prose(path, number, line)
    ] == []


def test_no_talk_of_the_workshop() -> None:
    assert find(WORKSHOP) == []


def test_files_end_with_one_line_end_and_no_stray_spaces() -> None:
    assert [path for path in FILES if not path.read_text(encoding="utf-8").endswith("\n")] == []
    assert find(re.compile(r"[ \t]+$"), keep=r"\S  $") == []
