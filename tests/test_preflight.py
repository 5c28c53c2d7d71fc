from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from print_case import NOON, PROFILE, SLOGAN, draw, make_document, make_line

from generator.preflight import inspect_picture, inspect_press, inspect_preview_pdf
from generator.render.press import finish_press

TEXT = "An toàn, vệ sinh lao động 31-CT/TW"
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
CONTENT = {"slogan": make_line(TEXT, "an toàn", "vệ sinh")}


def make_press(folder: Path, extra: str = "") -> tuple[bytes, dict[str, Any]]:
    document = make_document(CONTENT, "print", scale=10)
    pdf = draw(folder, SLOGAN + extra, document)
    return finish_press(pdf, "x", NOON, PROFILE.read_bytes(), document["sheet"]), document["sheet"]


def make_preview(folder: Path, extra: str = "") -> tuple[bytes, dict[str, Any]]:
    document = make_document(CONTENT)
    return draw(folder, SLOGAN + extra, document), document["sheet"]


def change(pdf: bytes, edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        edit(opened)
        changed = io.BytesIO()
        opened.save(changed)
    return changed.getvalue()


def test_good_press_and_preview_pass(tmp_path: Path) -> None:
    press, sheet = make_press(tmp_path)
    assert inspect_press(press, sheet, [TEXT, "Thử 300 × 100 mm"], 1) == []
    preview, sheet = make_preview(tmp_path)
    assert inspect_preview_pdf(preview, sheet, [TEXT], 1) == []


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ('#rect(fill: rgb("#ff0000"))', "ICCBased"),
        ("#text(fill: luma(20%))[An toàn]", "ICCBased"),
        ('#rect(fill: color.spot("Gold", cmyk(0%, 20%, 80%, 10%)).tint(100%))', "Separation"),
        (f'#image(bytes("{PICTURE}"), alt: "x")', "phải là CMYK"),
        ("#rect(fill: gradient.linear(red, blue))", "phải là CMYK"),
        ("#place(top + left, dx: mm(288), text(size: 4pt)[An toàn])", "vùng an toàn"),
        ("#pagebreak()\n#rect()", "có 2 trang, phải có 1 trang"),
    ],
)  # fmt: skip
def test_press_guards_fail(tmp_path: Path, extra: str, sentence: str) -> None:
    press, sheet = make_press(tmp_path, extra)
    found = inspect_press(press, sheet, [TEXT], 1)
    assert any(sentence in wrong for wrong in found), found


def test_unfinished_press_file_is_found(tmp_path: Path) -> None:
    document = make_document(CONTENT, "print", scale=10)
    found = " ".join(inspect_press(draw(tmp_path, SLOGAN, document), document["sheet"], [], 1))
    for word in ("BleedBox", "GTS_PDFX", "PDF/X-4", "Trapped"):
        assert word in found
    press, sheet = make_press(tmp_path)
    assert "TrimBox là 30 × 10 mm, phải là 60 × 10 mm" in inspect_press(press, {**sheet, "width_mm": 600}, [], 1)[0]


def test_boxes_must_nest(tmp_path: Path) -> None:
    press, sheet = make_press(tmp_path)

    def shift(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0].obj
        page.BleedBox = pikepdf.Array([float(edge) + 20 for edge in list(page.BleedBox)])

    assert any("lồng nhau" in wrong for wrong in inspect_press(change(press, shift), sheet, [], 1))


def test_words_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    press, sheet = make_press(tmp_path)
    assert inspect_press(press, sheet, ["AN TOÀN, VỆ", "an toan"], 1) == ["không đọc lại được “an toan” trong tệp"]


def test_font_that_is_not_embedded_is_found(tmp_path: Path) -> None:
    def drop(opened: pikepdf.Pdf) -> None:
        for font in opened.pages[0].obj.Resources.Font.values():
            del font.DescendantFonts[0].FontDescriptor["/FontFile2"]

    press, sheet = make_press(tmp_path)
    assert any("chưa nhúng" in wrong for wrong in inspect_press(change(press, drop), sheet, [], 1))


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
    assert any(sentence in wrong for wrong in inspect_preview_pdf(change(preview, drop), sheet, [], 1))


def test_preview_without_title_or_of_wrong_size_is_found(tmp_path: Path) -> None:
    def untitle(opened: pikepdf.Pdf) -> None:
        del opened.docinfo["/Title"]

    preview, sheet = make_preview(tmp_path)
    assert any("nhan đề" in wrong for wrong in inspect_preview_pdf(change(preview, untitle), sheet, [], 1))
    assert "phải là 300 × 90 mm" in inspect_preview_pdf(preview, {**sheet, "height_mm": 90}, [], 1)[0]
    over, sheet = make_preview(tmp_path, "#place(bottom + left, text(size: 30pt)[An toàn])")
    assert any("vùng an toàn" in wrong for wrong in inspect_preview_pdf(over, sheet, [], 1))


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
