"""What a painter is told of a slogan: lines parted where phrases end, how many letters, how many of each."""

from __future__ import annotations

from itertools import pairwise

from generator.wording.letters import break_lines, describe_letters

NBSP = "\u00a0"
LONG = (
    "Tăng_cường đánh_giá, nhận_diện nguy_cơ, rủi_ro và chủ_động triển_khai các biện_pháp bảo_đảm an_toàn, "
    "vệ_sinh_lao_động tại nơi_làm_việc"
)


def groups(words: str) -> list[str]:
    return words.replace("_", NBSP).split(" ")


def lines(words: str) -> list[str]:
    return [line.text for line in describe_letters(groups(words)).lines]


def test_short_slogans_stay_on_one_line() -> None:
    assert lines("Đi làm an_toàn_– về nhà bình_an") == ["ĐI LÀM AN TOÀN – VỀ NHÀ BÌNH AN"]
    assert lines("Một") == ["MỘT"]


def test_lines_are_even_and_parted_where_a_phrase_ends() -> None:
    assert lines(LONG) == [
        "TĂNG CƯỜNG ĐÁNH GIÁ, NHẬN DIỆN NGUY CƠ,",
        "RỦI RO VÀ CHỦ ĐỘNG TRIỂN KHAI",
        "CÁC BIỆN PHÁP BẢO ĐẢM AN TOÀN,",
        "VỆ SINH LAO ĐỘNG TẠI NƠI LÀM VIỆC",
    ]
    assert lines("Công_nhân Việt_Nam tiên_phong bước_vào kỷ_nguyên mới") == [
        "CÔNG NHÂN VIỆT NAM TIÊN PHONG",
        "BƯỚC VÀO KỶ NGUYÊN MỚI",
    ]


def test_a_dash_between_clauses_is_left_out_where_its_line_ends() -> None:
    assert lines("Thấy nguy_cơ, báo ngay_– Chưa an_toàn, chưa làm") == [
        "THẤY NGUY CƠ, BÁO NGAY",
        "CHƯA AN TOÀN, CHƯA LÀM",
    ]


def test_nothing_is_lost_whatever_the_words() -> None:
    for words in (LONG, " ".join([LONG] * 6), "–", "a b c", "1 2 3"):
        spans = break_lines(groups(words))
        assert spans[0][0] == 0 and spans[-1][1] == len(groups(words))
        assert all(end == start for (_, end), (start, _) in pairwise(spans))
        assert all(start < end for start, end in spans)


def test_letters_are_counted_in_the_order_of_the_alphabet() -> None:
    told = describe_letters(groups("Ngã ngửa, ăn ấm 115, ở đâu"))
    assert told.letters == sum(line.letters for line in told.lines) == 18
    assert told.syllables == 7
    assert [(one.letter, one.count) for one in told.alphabet] == [
        ("A", 1),
        ("Ã", 1),
        ("Ă", 1),
        ("Â", 1),
        ("Ấ", 1),
        ("Đ", 1),
        ("G", 2),
        ("M", 1),
        ("N", 3),
        ("Ở", 1),
        ("U", 1),
        ("Ử", 1),
        ("1", 2),
        ("5", 1),
    ]
