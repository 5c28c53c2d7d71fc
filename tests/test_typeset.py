from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from print_case import FONTS, HEAD, NOON, SLOGAN, THEME, draw, make_document, make_line, make_theme, read_lines

from generator.preflight.readback import find_lost, fold
from generator.render.press import crop_to_trim
from generator.render.qr import make_qr
from generator.render.refusals import REFUSALS, MissingGlyph, Refused, TooLong, Undrawable, read_error
from generator.render.typeset import Typesetter

STACKED = "Nghiêm cấm ẪM Ỗ ỮNG Ể, giẫm lên gỗ mục, nghịch ngợm"
LONG = (
    "Tăng cường đánh giá, nhận diện nguy cơ, rủi ro và chủ động triển khai các biện pháp bảo đảm an toàn, "
    "vệ sinh lao động tại nơi làm việc"
)


def test_text_is_drawn_letter_for_letter(tmp_path: Path) -> None:
    text = "Dấu \" # $ * _ @ \\ <script> `x` = - + /* // ~ ' “ ” [a](b) #panic(1)"
    pdf = draw(tmp_path, '#text(font: font-of("text"), param("line"))', make_document({"line": text}))
    assert read_lines(pdf) == [text]


def test_lines_break_between_groups_and_never_leave_one_syllable(tmp_path: Path) -> None:
    together = ("an toàn", "vệ sinh lao động", "nguy cơ", "rủi ro", "triển khai", "biện pháp", "làm việc")
    typesetter = Typesetter(make_theme(tmp_path, SLOGAN.replace("mm(280)", "mm(data.content.wide)")), FONTS)
    counts = set()
    for wide in range(90, 281, 10):
        document = make_document({"slogan": make_line(LONG, *together), "wide": wide}, smallest_letter_mm=3)
        lines = read_lines(typesetter.draw("thu", document, NOON))
        counts.add(len(lines))
        assert " ".join(lines) == LONG.upper()
        assert all(len(line.split()) >= 2 for line in lines)
        for phrase in together:
            assert any(phrase.upper() in line for line in lines), (wide, phrase, lines)
    assert len(counts) > 1, "the widths tried must lead to different numbers of lines"


@pytest.mark.parametrize("text", [STACKED, "Ẫ", "An toàn", LONG])
def test_stacked_marks_stay_in_the_frame_and_fill_it(tmp_path: Path, text: str) -> None:
    pdf = crop_to_trim(draw(tmp_path, SLOGAN, make_document({"slogan": make_line(text)}, smallest_letter_mm=3)))
    with pypdfium2.PdfDocument(pdf) as opened:
        picture = opened[0].render(scale=4).to_pil().convert("RGB")
    ink = picture.getchannel("R").point(lambda value: 255 if value > 128 else 0).getbbox()
    assert ink is not None
    left, top, right, bottom = (edge / 4 * 25.4 / 72 for edge in ink)
    assert left >= 9.8 and top >= 9.8 and right <= 290.2 and bottom <= 70.2
    assert bottom - top > 55 or right - left > 250, "the words must be as large as the frame allows"


def test_letters_set_apart_count_in_every_line(tmp_path: Path) -> None:
    """Typst adds the tracking of the last letter where a line break follows: such a line may not be too wide for its frame."""
    source = SLOGAN.replace("weight: 700,", "weight: 700, tracking: 0.3em, max-lines: data.content.most,")
    typesetter = Typesetter(make_theme(tmp_path, source), FONTS)
    for most in (1, 2, 3):
        document = make_document(
            {"slogan": make_line("Đi làm an toàn, về nhà bình an"), "most": most}, smallest_letter_mm=3
        )
        lines = read_lines(typesetter.draw("thu", document, NOON))
        assert len(lines) == min(most, 2) and "".join(lines).replace(" ", "") == "ĐILÀMANTOÀN,VỀNHÀBÌNHAN"


def test_no_line_ends_with_a_word_that_leads_on(tmp_path: Path) -> None:
    source = SLOGAN.replace("weight: 700,", "weight: 700, max-lines: 2, share: 0.8,")
    slogan = make_line(
        "Chủ động triển khai các biện pháp phòng ngừa", "Chủ động", "triển khai", "biện pháp", "phòng ngừa"
    )
    lines = read_lines(draw(tmp_path, source, make_document({"slogan": slogan}, smallest_letter_mm=3)))
    assert lines == ["CHỦ ĐỘNG TRIỂN KHAI", "CÁC BIỆN PHÁP PHÒNG NGỪA"]


def test_too_long_is_refused_and_says_by_how_much(tmp_path: Path) -> None:
    text = 'Câu “dài” | có "dấu" \\ ' + LONG
    with pytest.raises(TooLong) as refused:
        draw(tmp_path, SLOGAN, make_document({"slogan": make_line(text)}, smallest_letter_mm=20))
    assert (refused.value.param, refused.value.smallest, refused.value.text) == ("slogan", 20.0, text)
    assert 300 < refused.value.by_percent < 700, "157 letters, room for one line of about 25"
    assert "20 mm" in refused.value.explain()[0]
    draw(tmp_path, SLOGAN, make_document({"slogan": make_line("An toàn")}, smallest_letter_mm=20))


def test_one_group_that_is_too_long_is_refused(tmp_path: Path) -> None:
    group = {"text": "x", "groups": ["Nghiêng" * 20]}
    with pytest.raises(TooLong):
        draw(tmp_path, SLOGAN, make_document({"slogan": group}, smallest_letter_mm=12))


BLOCK = """
#fit-block("intro", (param("intro"),), size => text(size: size, param("intro")),
  width: mm(60), height: mm(30), from: 14pt, to: 9pt, look: (font: font-of("text")))
"""


def test_body_text_steps_down_then_is_refused(tmp_path: Path) -> None:
    heights = []
    for words in ("An toàn lao động. ", "An toàn lao động. " * 13):
        with pypdfium2.PdfDocument(draw(tmp_path, BLOCK, make_document({"intro": words.strip()}))) as opened:
            page = opened[0].get_textpage()
            page.count_rects()
            heights.append(page.get_charbox(0, loose=True))
    assert (heights[0][3] - heights[0][1]) > 1.1 * (heights[1][3] - heights[1][1])
    for words in ("An toàn lao động. " * 60, "Nghiêng" * 20):
        with pytest.raises(TooLong) as refused:
            draw(tmp_path, BLOCK, make_document({"intro": words}))
        assert refused.value.param == "intro"


@pytest.mark.parametrize("words", ["🔥🔥", "安全", "السلامة", "An toàn 🔥 trên hết", "🔥 安全 السلامة 🎉 🎊"])
@pytest.mark.parametrize("body", [SLOGAN, SLOGAN.replace('font-of("display")', 'font-of("text")')])
def test_big_text_of_letters_that_no_face_has_is_refused_by_its_letter(tmp_path: Path, words: str, body: str) -> None:
    with pytest.raises(MissingGlyph):
        draw(tmp_path, body, make_document({"slogan": make_line(words)}, smallest_letter_mm=3))


@pytest.mark.parametrize("format", ["pdf", "png"])
def test_missing_glyph_is_named(tmp_path: Path, format: str) -> None:
    with pytest.raises(MissingGlyph) as refused:
        draw(tmp_path, SLOGAN, make_document({"slogan": make_line("An toàn 漢 lao động")}), format)
    assert refused.value.character == "漢"
    assert "U+6F22" in refused.value.explain()[0]


def test_same_input_gives_same_bytes(tmp_path: Path) -> None:
    document = make_document({"slogan": make_line(STACKED)})
    for format in ("pdf", "png"):
        assert draw(tmp_path / "a", SLOGAN, document, format) == draw(tmp_path / "b", SLOGAN, document, format)
    typesetter = Typesetter(make_theme(tmp_path, SLOGAN), FONTS)
    assert typesetter.draw("thu", document, NOON) == draw(tmp_path / "a", SLOGAN, document)
    assert typesetter.draw("thu", document, NOON) != typesetter.draw("thu", document, 1)


def test_png_is_cut_at_the_trim(tmp_path: Path) -> None:
    png = draw(tmp_path, SLOGAN, make_document({"slogan": make_line("An toàn")}), "png")
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.size == (850, 283)


def test_every_warning_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Undrawable, match="nosuchfont"):
        draw(tmp_path, '#text(font: "nosuchfont")[An toàn]', make_document({}))
    document = make_document({})
    document["fonts"] = {**document["fonts"], "display": "Nosuchfont"}
    with pytest.raises(Undrawable, match="Nosuchfont"):
        draw(tmp_path, "", document)


def test_links_out_of_the_theme_are_refused(tmp_path: Path) -> None:
    theme = make_theme(tmp_path, "An toàn")
    Typesetter(theme, FONTS)
    (theme / "photo.png").symlink_to(THEME / "tokens.yml")
    with pytest.raises(Undrawable, match=r"photo\.png"):
        Typesetter(theme, FONTS)


def test_qr_code_is_drawn_module_for_module(tmp_path: Path) -> None:
    rows = make_qr("https://loa.example/x")
    assert len(rows) >= 21 and all(len(row) == len(rows) for row in rows)
    pdf = crop_to_trim(draw(tmp_path, "#place(top + left, qr-code(mm(60)))", make_document({})))
    with pypdfium2.PdfDocument(pdf) as opened:
        picture = opened[0].render(scale=4).to_pil().convert("L")
    module = 60 / 25.4 * 72 * 4 / (len(rows) + 8)
    centres = [int((place + 4.5) * module) for place in range(len(rows))]
    read = ["".join("1" if picture.getpixel((x, y)) < 128 else "0" for x in centres) for y in centres]
    assert read == rows
    assert picture.getpixel((int(2 * module), int(2 * module))) > 250, "the quiet zone is paper"


def test_qr_code_below_two_centimetres_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        draw(tmp_path, "#place(top + left, qr-code(mm(20)))", make_document({}))
    assert "15,2 mm, phải từ 20 mm" in refused.value.explain()[0]
    assert make_qr("") == []


def test_a_drawing_ends_at_its_bleed(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(draw(tmp_path, "An toàn", make_document({}))) as opened:
        assert opened[0].get_width() * 25.4 / 72 == pytest.approx(300 + 2 * 3, abs=0.01)


REFUSED = [
    ("LOA-NO-ART|khong-co", "khong-co"),
    ("LOA-EMPTY|slogan", "slogan"),
    ("LOA-QR|15.2|20", "15,2 mm"),
    ("LOA-LINES|An toàn/lao động", "An toàn/lao động"),
    ("LOA-SAYS|chỉ có hai bài|thêm một bài", "chỉ có hai bài"),
    ("LOA-TOO-LONG|organisation|12|100.0|Trung tâm", "Trung tâm"),
]


@pytest.mark.parametrize(("panic", "named"), REFUSED)
def test_every_refusal_has_plain_words(panic: str, named: str) -> None:
    wrong, remedy = read_error(f"panicked with: {panic}", "").explain()
    assert named in wrong and remedy and "LOA-" not in wrong + remedy


def test_every_code_of_the_templates_is_known() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in THEME.rglob("*.typ"))
    codes = set(re.findall(r"LOA-[A-Z-]+", sources))
    assert codes == {*REFUSALS, "LOA-TOO-LONG"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Đi làm an toàn – Về nhà bình an", ["ĐI LÀM AN TOÀN", "VỀ NHÀ BÌNH AN"]),
        ("Làm việc An toàn - Xanh - Sạch - Đẹp", ["LÀM VIỆC AN TOÀN -", "XANH - SẠCH - ĐẸP"]),
    ],
)
def test_a_line_break_stands_for_a_clause_dash_but_a_list_stays_letter_for_letter(
    tmp_path: Path, text: str, lines: list[str]
) -> None:
    groups = text.replace(" –", "\u00a0–").replace(" -", "\u00a0-").replace("An toàn", "An\u00a0toàn").split(" ")
    body = SLOGAN.replace("mm(280)", "mm(170)")
    document = make_document({"slogan": {"text": text, "groups": groups}})
    pdf = draw(tmp_path, body, document)
    assert read_lines(pdf) == lines
    assert find_lost([fold(" ".join(read_lines(pdf)))], [text], []) == []


def test_unknown_message_is_passed_on() -> None:
    assert "odd" in str(read_error("odd thing", "error: odd thing"))
    assert HEAD.startswith("\n#import")


NARROW = """
#import "/shared/patterns.typ": bind, tidy
#place(top + left, dx: mm(20), dy: mm(12), block(width: mm(data.content.wide), text(size: 8pt, tidy(bind(param("line"))))))
"""
#: What no line break may part.
WHOLE = [
    "0900 000 000",
    "1900 1234",
    "+84 905 123 456",
    "(0235) 3 852 111",
    "0235.3852.111",
    "28/4/2025",
    "ngày 01 tháng 5",
    "3.000.000 đồng",
    "15 phút",
    "2 m",
    "5 m²",
    "100 %",
    "7 giờ 30",
]


def test_numbers_stand_whole_on_a_line_whatever_its_width(tmp_path: Path) -> None:
    typesetter = Typesetter(make_theme(tmp_path, NARROW), FONTS)
    text = "; ".join(f"nhớ ghi là {words}" for words in WHOLE)
    for wide in range(32, 80, 6):
        lines = read_lines(typesetter.draw("thu", make_document({"line": text, "wide": wide}), NOON))
        assert len(lines) > 4
        for words in WHOLE:
            assert any(words in line for line in lines), (wide, words, lines)


@pytest.mark.parametrize(
    "address",
    [
        "van-hoa.dong@trungtamvanhoaxamau.thanhphomau.gov.test",
        "https://trungtamvanhoaxamau.thanhphomau.gov.test/tin-tuc/ngay_hoi.html",
        "www.trungtamvanhoaxamau.thanhphomau.gov.test",
    ],
)
def test_a_long_address_breaks_after_its_signs_without_any_letter_more(tmp_path: Path, address: str) -> None:
    pdf = draw(tmp_path, NARROW, make_document({"line": f"Hỏi tại {address} nhé.", "wide": 40}))
    lines = read_lines(pdf)
    lines = [line.replace("\ufffe", "-") for line in lines]  # pdfium's word for a hyphen where a line ends
    assert "".join(lines).replace(" ", "") == f"Hỏitại{address}nhé."
    assert len(lines) > 2
    for line in lines[1:-1]:
        assert line[-1] in "@./-_" or line.endswith("nhé."), lines


def test_a_number_of_many_groups_still_breaks(tmp_path: Path) -> None:
    lines = read_lines(draw(tmp_path, NARROW, make_document({"line": "số 5 5 5 5 5 5 5 " * 6, "wide": 30})))
    assert len(lines) > 1
    assert " ".join(lines).split() == ["số", *"5555555"] * 6


def test_a_long_address_is_no_over_long_word(tmp_path: Path) -> None:
    words = "Viết thư đến van-hoa.dong@trungtamvanhoaxamau.thanhphomau.gov.test là được."
    assert read_lines(draw(tmp_path, BLOCK.replace("mm(120)", "mm(60)"), make_document({"intro": words})))
