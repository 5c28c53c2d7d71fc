from __future__ import annotations

import pytest

from generator.decode import decode
from generator.errors import Place
from generator.source import parse_yaml
from generator.unseen import strip_unseen

MARKS = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD, 0x180E, 0xFE0F, 0xFFFC]


@pytest.mark.parametrize("mark", [*MARKS, 0x34F, 0x61C, 0xE0041], ids=hex)
def test_unseen_marks_are_taken_away_wherever_they_stand(mark: int) -> None:
    unseen = chr(mark)
    text = f"{unseen}name: {unseen}Hòa{unseen} bình{unseen}\n"
    assert decode(text.encode(), Place("a.yml")) == "name: Hòa bình\n"
    assert parse_yaml(f'a: "x\\U{mark:08x}y"', "a.yml").data == {"a": "xy"}


@pytest.mark.parametrize("space", [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x2800], ids=hex)
def test_every_space_is_a_plain_one(space: int) -> None:
    assert strip_unseen(f"0900{chr(space)}000 000") == "0900 000 000"


@pytest.mark.parametrize("emoji", ["❤️ yêu", "👨‍👩‍👧 nhà", "1️⃣ một", "🏳️‍🌈"])
def test_emoji_keep_what_they_are_made_of(emoji: str) -> None:
    assert strip_unseen(emoji) == emoji
    assert strip_unseen("0\ufe0f900 0\u200d00") == "0900 000"


def test_a_tone_typed_before_the_shape_of_its_letter_is_composed() -> None:
    assert strip_unseen("ta\u0301\u0302t ca\u0309\u0306, Hải\u2011Phòng") == "tất cẳ, Hải-Phòng"
