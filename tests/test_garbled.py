from __future__ import annotations

from itertools import product

import pytest

from generator.decode import decode
from generator.errors import Place, UserError
from generator.garbled import find_garbled

SENTENCE = "Đội trưởng nhắc: “Tháng Công nhân, an toàn là trên hết”"


def read_wrong(text: str, codec: str, times: int = 1) -> str:
    """What a program shows that takes the bytes of UTF-8 for a code page; bytes that it leaves open stay as they are."""
    for _ in range(times):
        text = "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode("utf-8"))
    return text


@pytest.mark.parametrize(
    ("codec", "times"),
    [*product(("cp1252", "latin-1", "cp1258", "mac_roman"), (1, 2)), ("cp437", 1)],
)
def test_utf8_read_wrong_is_told_with_the_sentence_mended(codec: str, times: int) -> None:
    (problem,) = find_garbled(f"id: x\ntext: {read_wrong(SENTENCE, codec, times)}\n", "a.yml")
    assert problem.place.line == 2
    assert times > 1 or problem.place.column == 7
    assert problem.remedy == f"Thay bằng: {SENTENCE}"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("THÃ¡NG CÃ´NG NHÃ¢N", "THáNG CôNG NHâN"),
        ("lÃ\u00a0m viá»‡c", "làm việc"),
        ("nhiá»‡t Ä‘á»™ 30Â°C", "nhiệt độ 30°C"),
        ("Äá»™i xung kÃ\u00adch", "Đội xung kích"),
        ("Chá»¯ Ä‘Ã£ vá»¡ á»Ÿ giá»¯a chá»¯ cÃ²n lÃ\u00a0nh", "Chữ đã vỡ ở giữa chữ còn lành"),
        ("Chữ còn lành, chỉ một chỗ má»›i vỡ", "Chữ còn lành, chỉ một chỗ mới vỡ"),
        ("An to=C3=A0n lao =C4=91=E1=BB=99ng", "An toàn lao động"),
    ],
)
def test_every_sort_of_broken_letter_is_mended(broken: str, mended: str) -> None:
    (problem,) = find_garbled(broken, "a.md")
    assert problem.remedy == f"Thay bằng: {mended}"


def test_what_cannot_be_mended_for_sure_is_to_be_copied_again() -> None:
    (problem,) = find_garbled("NhÃ  nÆ°á»›c", "a.md")
    assert problem.remedy == "Chép lại câu này từ bản gốc, hoặc gõ lại."


@pytest.mark.parametrize(
    "fine",
    [
        "“PHÒNG CHỐNG TÉ NGÃ” và ‘NGÃ’, NGÃ… TÉ NGÃ – NGÃ™ NGÃ\u00a0CAO",
        "São Paulo, Citroën, Ångström, Äußerung, Ærø, à la carte, Camões",
        "Chữ «Â» và «lá»… rồi «cá»— chữ Ă” cuối bảng",
        "Giá 5€, nhiệt độ 30 °C, 2 m² · 3 m³, ½ cốc",
        "Noël, naïve, España, Raphaël",
        "Guðmundur Ólafsson",
        "Ai hỏi? Ta đáp. Có đi không? Có.",
        "https://vidu.vn/tim?q=a&trang=2?b",
        "Buôn Čư M'gar, Ê Đê, K'Ho",
        "bụi 2,5 µm; 3 N·m; © 2025",
    ],
)
def test_what_people_do_write_is_not_broken(fine: str) -> None:
    assert find_garbled(fine, "a.md") == []


@pytest.mark.parametrize("old", ["An toaøn", "Thaùng 5", "ngöôøi lao ñoäng", "An toµn", "Lao ðµng", "SÑc khöe ngß¶i"])
def test_old_fonts_are_told_by_one_sure_word(old: str) -> None:
    (problem,) = find_garbled(f"id: x\ntitle: {old}\n", "a.yml")
    assert "mã cũ" in problem.wrong
    assert problem.place.line == 2


@pytest.mark.parametrize(("lost", "column"), [("An to\ufffdn lao động", 6), ("An toàn lao d?ng, bi?t cách", 14)])
def test_lost_letters_are_refused_with_their_sentence(lost: str, column: int) -> None:
    (problem,) = find_garbled(f"text: {lost}", "a.yml")
    assert problem.place == Place("a.yml", 1, 6 + column)
    assert lost in problem.wrong


def test_at_most_twenty_lines_are_told() -> None:
    assert len(find_garbled("Ná»™i\n" * 100, "a.md")) == 20


def test_the_broken_mark_at_the_head_of_a_file_is_taken_away() -> None:
    assert decode("ï»¿name: Tháng\n".encode(), Place("a.yml")) == "name: Tháng\n"


def test_signs_of_the_symbol_face_are_told_by_name() -> None:
    with pytest.raises(UserError, match="Wingdings"):
        decode("a: \uf0b7 Đội mũ".encode(), Place("a.yml"))
