from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from print_case import SLOGAN, draw, finish, make_document, make_line, sheet_of

from generator.model import Sheet
from generator.preflight import inspect_picture, inspect_press, inspect_preview_pdf, remedy_of
from generator.render.press import crop_to_trim

TEXT = "An toàn, vệ sinh lao động 31-CT/TW"
CONTENT = {"slogan": make_line(TEXT, "an toàn", "vệ sinh")}


def make_press(folder: Path, extra: str = "") -> tuple[bytes, Sheet]:
    document = make_document(CONTENT, scale=10)
    return finish(draw(folder, SLOGAN + extra, document), sheet_of(document)), sheet_of(document)


def make_preview(folder: Path, extra: str = "") -> tuple[bytes, Sheet]:
    document = make_document(CONTENT)
    return crop_to_trim(draw(folder, SLOGAN + extra, document)), sheet_of(document)


def change(pdf: bytes, edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        edit(opened)
        changed = io.BytesIO()
        opened.save(changed)
    return changed.getvalue()


def test_good_press_and_preview_pass(tmp_path: Path) -> None:
    press, sheet = make_press(tmp_path)
    assert inspect_press(press, sheet, [TEXT, "Thử 300 × 100 mm"]) == []
    preview, sheet = make_preview(tmp_path)
    assert inspect_preview_pdf(preview, sheet, [TEXT]) == []


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ("#place(top + left, dx: mm(288), text(size: 4pt)[An toàn])", "vùng an toàn"),
        ("#pagebreak()\n#box()", "có 2 trang, phải có 1 trang"),
    ],
)
def test_press_guards_fail(tmp_path: Path, extra: str, sentence: str) -> None:
    press, sheet = make_press(tmp_path, extra)
    found = inspect_press(press, sheet, [TEXT])
    assert any(sentence in wrong for wrong in found), found


SPOT = "[/Separation /Gold /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0.2 0.8 0.1] /N 1 >>]"
SHADE = (
    "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function << /FunctionType 2 /Domain [0 1] /N 1 >> >>"
)
PICTURE = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceRGB >>"


@pytest.mark.parametrize(
    ("group", "entry", "drawn", "sentence"),
    [
        ("", "", "1 0 0 rg 0 0 9 9 re f", "RGB"),
        ("", "", "0.2 G 0 0 9 9 re S", "xám"),
        ("ColorSpace", "[/ICCBased null]", "/Odd cs 1 0 0 scn 0 0 9 9 re f", "ICCBased"),
        ("ColorSpace", SPOT, "/Odd cs 1 scn 0 0 9 9 re f", "Separation"),
        ("Pattern", f"<< /PatternType 2 /Shading {SHADE} >>", "/Pattern cs /Odd scn 0 0 9 9 re f", "DeviceRGB"),
        ("XObject", PICTURE, "/Odd Do", "DeviceRGB"),
    ],
)
def test_inks_that_nobody_chose_are_found(tmp_path: Path, group: str, entry: str, drawn: str, sentence: str) -> None:
    def spoil(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0]
        if group:
            odd = pikepdf.Object.parse(entry.encode())
            held = opened.make_stream(b"\0\0\0", odd) if group == "XObject" else odd
            known = dict(page.obj.Resources.get(f"/{group}", pikepdf.Dictionary()).items())
            page.obj.Resources[f"/{group}"] = pikepdf.Dictionary({**known, "/Odd": held})
        page.contents_add(opened.make_stream(drawn.encode()))

    press, sheet = make_press(tmp_path)
    found = inspect_press(change(press, spoil), sheet, [TEXT])
    assert len(found) == 1 and sentence in found[0] and "phải là CMYK" in found[0], found


def test_unfinished_press_file_is_found(tmp_path: Path) -> None:
    document = make_document(CONTENT, scale=10)
    found = " ".join(inspect_press(draw(tmp_path, SLOGAN, document), sheet_of(document), []))
    for word in ("BleedBox", "GTS_PDFX", "PDF/X-4", "Trapped"):
        assert word in found
    press, sheet = make_press(tmp_path)
    assert "TrimBox là 30 × 10 mm, phải là 60 × 10 mm" in inspect_press(press, replace(sheet, width_mm=600), [])[0]


def test_boxes_must_nest(tmp_path: Path) -> None:
    press, sheet = make_press(tmp_path)

    def shift(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0].obj
        page.BleedBox = pikepdf.Array([float(edge) + 20 for edge in list(page.BleedBox)])

    assert any("lồng nhau" in wrong for wrong in inspect_press(change(press, shift), sheet, []))


def test_words_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    press, sheet = make_press(tmp_path)
    assert inspect_press(press, sheet, ["AN TOÀN, VỆ", "an toan"]) == ["không đọc lại được “an toan” trong tệp"]


def test_what_is_told_of_words_says_what_their_writer_can_do(tmp_path: Path) -> None:
    document = make_document({"slogan": make_line("An toàn lao động")})
    sheet = sheet_of(document)
    outside = '#place(top + left, dx: mm(0.5), dy: mm(0.5), text(size: 30pt, "mép"))'
    press = finish(draw(tmp_path, SLOGAN + outside, document), sheet)
    lost, edge = inspect_press(press, sheet, ["không có"])
    assert remedy_of(lost).startswith("Gõ lại")
    assert remedy_of(edge).startswith("Rút ngắn")
    assert remedy_of("có hệ màu lạ").startswith("Đây là lỗi của khuôn mẫu, không phải của bạn")


def test_font_that_is_not_embedded_is_found(tmp_path: Path) -> None:
    def drop(opened: pikepdf.Pdf) -> None:
        for font in opened.pages[0].obj.Resources.Font.values():
            del font.DescendantFonts[0].FontDescriptor["/FontFile2"]

    press, sheet = make_press(tmp_path)
    assert any("chưa nhúng" in wrong for wrong in inspect_press(change(press, drop), sheet, []))


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("/StructTreeRoot", "gắn thẻ"),
        ("/MarkInfo", "gắn thẻ"),
        ("/Lang", "tiếng Việt"),
        ("/Metadata", "PDF/UA-1"),
    ],
)
def test_preview_guards_fail(tmp_path: Path, key: str, sentence: str) -> None:
    def drop(opened: pikepdf.Pdf) -> None:
        del opened.Root[key]

    preview, sheet = make_preview(tmp_path)
    assert any(sentence in wrong for wrong in inspect_preview_pdf(change(preview, drop), sheet, []))


def test_preview_without_title_or_of_wrong_size_is_found(tmp_path: Path) -> None:
    def untitle(opened: pikepdf.Pdf) -> None:
        del opened.docinfo["/Title"]

    preview, sheet = make_preview(tmp_path)
    assert any("nhan đề" in wrong for wrong in inspect_preview_pdf(change(preview, untitle), sheet, []))
    assert "phải là 300 × 90 mm" in inspect_preview_pdf(preview, replace(sheet, height_mm=90), [])[0]
    over, sheet = make_preview(tmp_path, "#place(bottom + left, text(size: 30pt)[An toàn])")
    assert any("vùng an toàn" in wrong for wrong in inspect_preview_pdf(over, sheet, []))


def make_png(size: tuple[int, int], spot: bool) -> bytes:
    picture = Image.new("RGB", size, "#00549f")
    if spot:
        picture.putpixel((1, 1), (255, 255, 255))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def test_pictures() -> None:
    good = make_png((120, 63), spot=True)
    assert inspect_picture(good, 120, 63) == []
    assert inspect_picture(good, 1200, 630) == ["ảnh 120 × 63 điểm ảnh, phải là 1200 × 630"]
    assert inspect_picture(make_png((120, 63), spot=False), 120, 63) == ["ảnh trống, chỉ có một màu"]
    assert inspect_picture(good[:60], 120, 63) == inspect_picture(b"GIF89a", 1, 1) == ["không mở được ảnh PNG"]
