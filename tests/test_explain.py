from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core.core_schema import ErrorType

from generator import model
from generator.errors import Place, UserError
from generator.explain import PATTERN_HELP, WORDING, check, find_nearest, suggest, unknown
from generator.hints import MOST_HINTED, Hints
from generator.model import Campaign, Plan, Tokens
from generator.source import parse_yaml


def explain(kind: Any, text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        check(kind, parse_yaml(text, "a.yml"))
    return [str(problem) for problem in caught.value.problems]


def test_the_wording_is_keyed_by_codes_that_exist() -> None:
    theirs = set(get_args(ErrorType))
    ours = {"empty", "item_type"}
    assert len(WORDING) > 20
    assert {code for code in WORDING if not code.startswith("loa_")} <= theirs | ours


def test_every_pattern_of_the_models_has_its_help() -> None:
    patterns = set(re.findall(r'"pattern": "([^"]+)"', _schemas().replace("\\\\", "\\")))
    assert len(patterns) >= 6
    assert {pattern for pattern in patterns if "IVX" not in pattern} <= set(PATTERN_HELP)


def test_every_limit_of_the_models_is_worded() -> None:
    limits = {
        "maxLength": "string_too_long",
        "minLength": "string_too_short",
        "minItems": "too_short",
        "maxItems": "too_long",
        "exclusiveMinimum": "greater_than",
        "minimum": "greater_than_equal",
        "maximum": "less_than_equal",
    }
    used = {code for limit, code in limits.items() if f'"{limit}"' in _schemas()}
    assert len(used) >= 5
    assert used <= set(WORDING)


def _schemas() -> str:
    import json

    kinds = [getattr(model, name) for name in model.__all__ if isinstance(getattr(model, name), type)]
    return "\n".join(json.dumps(TypeAdapter(kind).json_schema()) for kind in kinds)


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("short_nmae", ["name", "short_name"], "short_name"),
        ("đã duyệt", ["chinh-thuc", "da-duyet"], "da-duyet"),
        ("Ngã Cao", ["nga-cao", "dien-giat"], "nga-cao"),
        ("hoàn toàn khác", ["nga-cao"], ""),
        ("x", [], ""),
    ],
)
def test_the_nearest_right_word(word: str, known: list[str], near: str) -> None:
    assert find_nearest(word, known) == near


def test_fewer_than_ten_choices_are_listed_and_more_are_not() -> None:
    assert suggest("?", map(str, range(9))) == "Được dùng: 0, 1, 2, 3, 4, 5, 6, 7, 8."
    assert suggest("?", map(str, range(10))) == "Kiểm tra lại cách viết."
    assert str(unknown(Place("a.yml", 2), "kênh", "pano", ["pa-no"])) == (
        "a.yml:2: không có kênh nào tên “pano”\n    → Có phải ý bạn là “pa-no”? Được dùng: pa-no."
    )


def test_a_misspelt_key_is_told_once_not_also_as_missing() -> None:
    text = 'id: "001"\nform: x\ntitel: y\nshort_title: z\nissuer: b\n'
    assert explain(Plan, text) == [
        "a.yml:3:1: không có dòng nào tên “titel” ở chỗ này\n    → Có phải ý bạn là “title”?"
    ]


def test_a_key_without_a_value_is_empty_not_missing() -> None:
    text = 'id: "001"\nform: x\ntitle: y\nshort_title:\nissuer: b\n'
    assert explain(Plan, text)[0].startswith("a.yml:4:13: dòng “short_title” còn để trống")


def test_all_mistakes_of_a_file_are_told_at_once_sorted_by_place() -> None:
    said = explain(Campaign, "id: Á\nname: n\nstarts: x\nends: 31/2/2025\nslogans: a\nmake: [{kind: a, with: b}]\n")
    assert [line.split(":")[1] for line in said] == ["1", "1", "1", "1", "1", "1", "3", "4", "5", "6"]


def test_numbers_and_dictionaries_of_the_theme_are_told_by_place() -> None:
    said = explain(
        Tokens,
        'paints:\n  do: {screen: "#GG0000", cmyk: [0, 0, 0, 101]}\n  Đen: {screen: "#000000", cmyk: [0, 0, 0]}\njobs: {}\n',
    )
    assert [re.split(r": ", line)[0] for line in said] == ["a.yml:2:16", "a.yml:2:33", "a.yml:3:8", "a.yml:3:34"]


def test_what_people_wrote_is_shown_on_one_line_and_cut() -> None:
    (said,) = explain(
        Plan, 'id: "001"\nform: x\ntitle: y\nshort_title: z\nissuer: b\ndate: |\n  một\n  hai ' + "x" * 200 + "\n"
    )
    assert said.count("\n") == 1
    assert len(said) < 250


def test_a_code_we_never_saw_still_speaks_vietnamese() -> None:
    with pytest.raises(ValidationError):
        Campaign.model_validate(3)
    assert explain(Campaign, "3")[0].startswith("a.yml:1: “a.yml” phải gồm các dòng “tên: nội dung”")


def test_only_the_first_wrong_names_of_a_file_are_compared_with_the_right_ones() -> None:
    hints, here, there = Hints(), Place("a.yml", 1), Place("b.yml", 1)
    assert [hints.choices(here, ["x"]) for _ in range(MOST_HINTED + 1)] == [["x"]] * MOST_HINTED + [()]
    assert hints.choices(there, ["x"]) == ["x"]
    assert unknown(here, "kênh", "bang-rom", ()).remedy == "Kiểm tra lại cách viết."
