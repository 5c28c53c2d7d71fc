from __future__ import annotations

import pytest

from generator.errors import Place, UserError
from generator.source import parse_markdown, parse_yaml


def test_every_scalar_stays_as_written() -> None:
    written = {
        "a": "0912345678",
        "b": "No",
        "c": "12:30",
        "d": "0123",
        "e": "1e5",
        "f": "~",
        "g": "2025-05-01",
        "h": "null",
    }
    source = parse_yaml("".join(f"{key}: {value}\n" for key, value in written.items()), "a.yml")
    assert source.data == written


def test_the_place_of_every_key_and_value_is_known() -> None:
    source = parse_yaml("id: x\nslogans:\n  - id: a\n    text: b\n  - {id: c, text: d}\n", "a.yml")
    assert source.place_of(("slogans",)) == Place("a.yml", 2, 1)
    assert source.place_of(("slogans", 0, "text")) == Place("a.yml", 4, 5)
    assert source.place_of(("slogans", 1, "text"), of_value=True) == Place("a.yml", 5, 19)


def test_an_unknown_place_is_that_of_the_nearest_parent() -> None:
    source = parse_yaml("slogans:\n  - id: a\n  - id: b\n", "a.yml")
    assert source.place_of(("slogans", 1, "text")) == Place("a.yml", 3, 5)
    assert source.place_of(("summary",)) == Place("a.yml", 1)


def test_lines_of_front_matter_and_body_are_those_of_the_file() -> None:
    source = parse_markdown("---\ntitle: A\npoints:\n  - b\n---\n\nBài.\n", "a.md")
    assert source.place_of(("points", 0), of_value=True) == Place("a.md", 4, 5)
    assert (source.body, source.body_line) == ("Bài.", 7)


def test_a_line_of_dashes_in_the_body_stays_in_the_body() -> None:
    assert parse_markdown("---\ntitle: A\n---\nMột\n\n---\n\nHai", "a.md").body == "Một\n\n---\n\nHai"


@pytest.mark.parametrize(
    ("written", "cut"),
    [
        ("a: giải #1", True),
        ("a: [x, y] # ghi chú", False),
        ('a: "giải #1" # ghi chú', False),
        ("a: giải#1", False),
        ("# ghi chú\na: b", False),
        ("a:\n  giải dài\n  nối #1 dòng", True),
        ("a: 'x #y'", False),
        ("a: >-\n  giải #1\n", False),
        ("- b #c", True),
        ("a: #c", True),
        ("a: # ghi chú của nhóm\n  b: c", False),
    ],
)
def test_a_value_cut_by_a_hash_is_warned_of(written: str, cut: bool) -> None:
    warnings = parse_yaml(written, "a.yml").warnings
    assert bool(warnings) is cut
    assert all(warning.is_warning for warning in warnings)


def test_escapes_cannot_smuggle_control_characters_or_decomposed_letters() -> None:
    assert parse_yaml('a: "e\\u0302\\u0301"', "a.yml").data == {"a": "ế"}
    with pytest.raises(UserError, match="ký tự ẩn"):
        parse_yaml('a: "x\\0y"', "a.yml")
    with pytest.raises(UserError, match="ký tự ẩn"):
        parse_yaml('"x\\0y": a', "a.yml")


def test_a_doubled_key_is_told_together_with_the_syntax_mistake_after_it() -> None:
    with pytest.raises(UserError) as caught:
        parse_yaml("a: 1\na: 2\nb: @\n", "a.yml")
    assert [problem.place.line for problem in caught.value.problems] == [2, 3]


def test_same_text_same_result() -> None:
    text = "a: [1, {b: c}]\n"
    assert parse_yaml(text, "a.yml") == parse_yaml(text, "a.yml")


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('a: 1\nb: "mở\nc: "2025"\nd: x\n', 2),
        ("a: 1\nb: ['x'\nc: d\ne: f\n", 2),
        ("a: 1\nb 2\nc: 3\n", 2),
        ("a: 1\nb: x: y\nc: 3\n", 2),
        ("a:\n  - b\n\t- c\n", 3),
    ],
)
def test_the_line_told_is_the_one_to_mend(written: str, line: int) -> None:
    with pytest.raises(UserError) as caught:
        parse_yaml(written, "a.yml")
    assert [problem.place.line for problem in caught.value.problems] == [line]


@pytest.mark.parametrize("written", ["{", "{0", "[", "a: {b", "'", '"', "- {", "\u2028{0", "a: [\u2028b #c", "%", "&"])
def test_what_fuzzing_found_stays_found(written: str) -> None:
    for text in (written, f"{written}\n"):
        with pytest.raises(UserError):
            parse_yaml(text, "a.yml")
