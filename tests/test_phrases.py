from __future__ import annotations

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Phrases
from generator.theme import read_theme
from generator.wording.phrases import NBSP, split_groups

REAL = read_theme(ROOT).phrases
#: The list of the tests, so that a phrase added to theme/ changes nothing here.
PHRASES = Phrases(
    compounds=[
        "an toàn",
        "lao động",
        "người lao động",
        "người sử dụng",
        "Chỉ thị",
        "Ban Bí thư",
        "tai nạn",
        "bệnh nghề nghiệp",
        "kỷ nguyên",
    ],
    units=["m", "mm", "%", "người"],
    leaders=["Điều", "khoản", "TP.", "số", "Số", "thứ"],
)
WORDS = [
    "an",
    "toàn",
    "lao",
    "động,",
    "số",
    "31-CT/TW",
    "ngày",
    "tháng",
    "năm",
    "2025",
    "5",
    "(tháng",
    "5)",
    "–",
    "-",
    "&",
    "Điều",
    "16",
    "mm",
    "4%",
    "“Móc",
    "dây”",
    "TP.",
    "thứ",
    "1.000",
    "người",
]


def split(text: str, *keep_together: str) -> list[str]:
    return [group.replace(NBSP, "_") for group in split_groups(text, PHRASES, keep_together)]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Chỉ thị số 31-CT/TW của Ban Bí thư", ["Chỉ_thị", "số_31-CT/TW", "của", "Ban_Bí_thư"]),
        ("Từ ngày 01 tháng 5 năm 2025", ["Từ", "ngày_01_tháng_5_năm_2025"]),
        ("Hưởng ứng (tháng 5 năm 2025)", ["Hưởng", "ứng", "(tháng_5_năm_2025)"]),
        ("Chỉ thị ngày 19/3/2024 của", ["Chỉ_thị", "ngày_19/3/2024", "của"]),
        ("“Tháng 5” về rồi", ["“Tháng_5”", "về", "rồi"]),
        ("Cách mép sàn 2 m, cao (5 mm)", ["Cách", "mép", "sàn", "2_m,", "cao", "(5_mm)"]),
        ("Giảm 4 %, 1.000 người", ["Giảm", "4_%,", "1.000_người"]),
        ("Vững tay nghề – Chắc an toàn", ["Vững", "tay", "nghề_–", "Chắc", "an_toàn"]),
        ("Gọi 0900 000 000 ngay", ["Gọi", "0900_000_000", "ngay"]),
        ("Gọi (0235) 3 852 111, 115", ["Gọi", "(0235)_3_852_111,", "115"]),
        ("Số +84 905 123 456", ["Số_+84_905_123_456"]),
        ("An toàn - Xanh & Sạch", ["An_toàn_-", "Xanh_&", "Sạch"]),
        ("người sử dụng lao động", ["người_sử_dụng", "lao_động"]),
        ("bệnh nghề nghiệp, tai nạn", ["bệnh_nghề_nghiệp,", "tai_nạn"]),
        ("an, toàn", ["an,", "toàn"]),
        ("Theo Điều 16 khoản 2", ["Theo", "Điều_16", "khoản_2"]),
        ("TP. Mẫu Đơn mở hội", ["TP._Mẫu_Đơn", "mở", "hội"]),
        ("Bà con xã Mẫu, phường Hòa Bình", ["Bà", "con", "xã_Mẫu,", "phường_Hòa_Bình"]),
        ("– Một", ["–", "Một"]),
        ("", []),
    ],
)
def test_what_belongs_together_stays_together(text: str, groups: list[str]) -> None:
    assert split(text) == groups


def test_a_campaign_keeps_its_own_words_together_longest_first() -> None:
    assert split("Giờ vàng an toàn", "giờ vàng", "giờ vàng an toàn") == ["Giờ_vàng_an_toàn"]
    assert split("kỷ nguyên mới", "nguyên mới") == ["kỷ_nguyên_mới"], "phrases that overlap are one"


def test_the_lists_are_there() -> None:
    assert len(REAL.compounds) > 50
    assert {"mm", "m", "%"} <= set(REAL.units)
    assert "Điều" in REAL.leaders


texts = st.one_of(st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join), st.text(max_size=60))


@given(texts, st.lists(st.sampled_from([*WORDS, "an toàn", "lao động", " "]), max_size=3))
def test_the_groups_give_the_text_back(text: str, keep_together: list[str]) -> None:
    groups = split_groups(text, PHRASES, keep_together)
    assert " ".join(groups).replace(NBSP, " ") == " ".join(text.split())
    assert all(groups)


@given(texts)
def test_no_line_begins_with_a_dash(text: str) -> None:
    for group in split_groups(text, PHRASES)[1:]:
        assert group.split(NBSP)[0] not in ("–", "—", "-", "&")


@given(texts)
def test_without_any_phrase_it_still_works(text: str) -> None:
    split_groups(text, Phrases(compounds=[], units=[], leaders=[]))
