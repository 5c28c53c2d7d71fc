from __future__ import annotations

import pytest

from generator.errors import Place, UserError
from generator.lookalikes import mend_lookalikes
from generator.source import parse_markdown, parse_yaml


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ðội mũ, ðeo dây", "Đội mũ, đeo dây"),
        ("HÐND và UBND, CÐCS, Ɖoàn", "HĐND và UBND, CĐCS, Đoàn"),
        ("nǎm 2025", "năm 2025"),
        ("An toаn lаo động, Сông đoàn", "An toan lao động, Công đoàn"),
        ("аn toàn", "an toàn"),
        ("gọi ０９００ ngay", "gọi 0900 ngay"),
        ("𝐀𝐧 𝐭𝐨à𝐧, eﬃcient ﬁle, quý Ⅳ", "An toàn, efficient file, quý IV"),
        ("30 ℃, nặng 5 ㎏", "30 °C, nặng 5 kg"),
        ("An to&agrave;n&nbsp;lao &#273;&#7897;ng &#x1ECD;", "An toàn lao động ọ"),
        ("Th\\u00e1ng h\\u00e0nh \\u0111\\u1ed9ng", "Tháng hành động"),
    ],
)
def test_one_reading_is_taken_and_told(written: str, meant: str) -> None:
    text, warnings = mend_lookalikes(written, "a.md")
    assert text == meant
    assert warnings
    assert all(warning.is_warning and warning.remedy for warning in warnings)


@pytest.mark.parametrize(
    "fine",
    [
        "Guðmundur, Sigurður",
        "Москва и МИР",
        "μm, kΩ, Δt = 2π",
        "hoà, thuý, hòa, thúy",
        "`lệnh`, chạy`loa`ngay, K´Ho, don´t",
        "a &lt; b &amp; c, R&D; x",
        "số ① và ½, 2 m²",
        "C:\\users",
        "Buôn Čư M'gar, ơ̆",
    ],
)
def test_what_is_meant_as_it_is_stays(fine: str) -> None:
    assert mend_lookalikes(fine, "a.md") == (fine, ())


def test_the_warning_names_word_letter_and_place() -> None:
    _, (warning,) = mend_lookalikes("a\nlễ Ðội, Ðoàn", "a.yml", first_line=3)
    assert warning.place == Place("a.yml", 4, 4)
    assert "“Ðội”" in warning.wrong
    assert "U+00D0" in warning.wrong
    assert "cả tệp có 2 chỗ" in warning.wrong


@pytest.mark.parametrize(
    ("written", "meant", "column"), [("chan ho`a", "hòa", 8), ("a´o mưa", "áo", 2), ("tha˜ng", "thãng", 4)]
)
def test_an_accent_beside_its_letter_is_refused_with_the_word_meant(written: str, meant: str, column: int) -> None:
    with pytest.raises(UserError) as caught:
        mend_lookalikes(written, "a.md")
    (problem,) = caught.value.problems
    assert problem.place == Place("a.md", 1, column)
    assert problem.remedy == f"Gõ lại thành “{meant}”."


@pytest.mark.parametrize("written", ["cố\u0301 gắng", "th \u0301", "thu \u031bờng"])
def test_a_tone_on_a_tone_or_on_nothing_is_refused(written: str) -> None:
    with pytest.raises(UserError, match="dấu thanh thừa"):
        mend_lookalikes(written, "a.md")


def test_front_matter_body_and_keys_are_mended_alike() -> None:
    source = parse_markdown("---\ntitle: Ðội\n---\n\nÐoàn viên", "a.md")
    assert (source.data, source.body) == ({"title": "Đội"}, "Đoàn viên")
    assert [warning.place.line for warning in source.warnings] == [2]
    assert parse_yaml("nаme: x", "a.yml").data == {"name": "x"}


def test_codes_of_web_pages_are_read_in_yaml_and_stay_in_markdown() -> None:
    source = parse_markdown("---\ntitle: A &amp; B\n---\n\nA &lt; B", "a.md")
    assert source.data == {"title": "A & B"}
    assert source.body == "A &lt; B"
    assert [warning.place for warning in source.warnings] == [Place("a.md", 2, 8)]
