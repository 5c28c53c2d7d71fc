"""Saddle stitching: which pages share a sheet side, sizes, what may be seen at the fold, words."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from print_case import draw, make_document, sheet_of
from print_case import finish as finish_pages

from generator.model import Sheet
from generator.preflight import inspect_imposed, inspect_pages_of_booklet
from generator.render.impose import impose_booklet, order_pages

#: A5 pages with their number, and a ground that runs into the bleed on all four sides.
BOOK = """
#for number in range(1, COUNT + 1) {
  if number > 1 { pagebreak() }
  place(top + left, dx: mm(30), dy: mm(40), text(size: 30pt, [Trang số #number, an toàn]))
}
"""
MM = 72 / 25.4


def make_book(folder: Path, count: int) -> tuple[bytes, Sheet]:
    document = make_document({})
    document["sheet"].update(width_mm=148, height_mm=210, safe_mm=10)
    return draw(folder, BOOK.replace("COUNT", str(count)), document), sheet_of(document)


def finish(drawn: bytes, sheet: Sheet, count: int) -> bytes:
    return finish_pages(impose_booklet(drawn), sheet, order_pages(count))


def in_mm(box: pikepdf.Object) -> list[float]:
    left, bottom, right, top = (float(edge) / MM for edge in list(box))
    return [round(right - left, 2), round(top - bottom, 2)]


def read_sides(pdf: bytes) -> list[tuple[int, int]]:
    """Return the page numbers on the left and right half of every side, as they are read back."""
    found = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            left, bottom, right, top = page.get_trimbox()
            text, fold = page.get_textpage(), (left + right) / 2
            halves = (text.get_text_bounded(*box) for box in ((left, bottom, fold, top), (fold, bottom, right, top)))
            numbers = [int(half.split("số ")[1].split(",")[0]) for half in halves]
            found.append((numbers[0], numbers[1]))
    return found


def test_order_of_small_books() -> None:
    assert order_pages(4) == [(4, 1), (2, 3)]
    assert order_pages(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]


@pytest.mark.parametrize("count", [4, 8, 16, 40])
def test_folded_and_stacked_the_pages_follow_each_other(count: int) -> None:
    sides = order_pages(count)
    assert len(sides) == count // 2
    leaves = [(front, back) for front, back in zip(sides[::2], sides[1::2], strict=True)]
    first_half = [page for (_, right), (left, _) in leaves for page in (right, left)]
    second_half = [page for (left, _), (_, right) in reversed(leaves) for page in (right, left)]
    assert first_half + second_half == list(range(1, count + 1))


@pytest.mark.parametrize("count", [0, 1, 2, 6, 37])
def test_no_folded_sheet_without_four_pages(count: int) -> None:
    with pytest.raises(ValueError, match="folded"):
        order_pages(count)


@pytest.mark.parametrize("count", [4, 8, 16, 40])
def test_sheets_are_two_pages_wide_and_pass_preflight(tmp_path: Path, count: int) -> None:
    drawn, sheet = make_book(tmp_path, count)
    imposed = finish(drawn, sheet, count)
    assert inspect_imposed(imposed, drawn, sheet, ["Trang số 1, an toàn"]) == []
    assert read_sides(imposed) == order_pages(count)
    with pikepdf.open(io.BytesIO(imposed)) as opened:
        assert len(opened.pages) == count // 2
        marks = [page.obj.Resources.XObject["/Marks"].Resources.ColorSpace for page in opened.pages]
        assert len({bytes(space.unparse(resolved=True)) for spaces in marks for space in spaces.values()}) == 1
        for page in opened.pages:
            assert in_mm(page.obj.TrimBox) == [296, 210]
            assert in_mm(page.obj.BleedBox) == [302, 216]
            assert in_mm(page.obj.MediaBox) == [326, 240]


def test_nothing_of_one_page_shows_beyond_the_fold_and_marks_stand_there(tmp_path: Path) -> None:
    drawn, sheet = make_book(tmp_path, 4)
    with pypdfium2.PdfDocument(finish(drawn, sheet, 4)) as opened:
        # At 254 dpi ten pixels are one millimetre; the slug is 12 mm, the bleed 3 mm, so the fold is at 163 mm.
        picture = opened[0].render(scale=254 / 72).to_pil().convert("L")
    ground, white = picture.getpixel((1500, 1000)), 255
    across = [picture.getpixel((x, 1000)) for x in range(1600, 1660)]
    assert ground < 128 and set(across) == {ground}
    assert picture.getpixel((122, 1000)) == ground and picture.getpixel((118, 1000)) == white
    above_the_fold = [picture.getpixel((1630, y)) for y in range(62, 108)]
    assert min(above_the_fold) < 160 and max(above_the_fold) == white, "dashed"
    assert {picture.getpixel((x, 85)) for x in (*range(1612, 1626), *range(1634, 1648))} == {white}


def test_same_input_gives_same_bytes(tmp_path: Path) -> None:
    drawn, sheet = make_book(tmp_path, 8)
    assert finish(drawn, sheet, 8) == finish(drawn, sheet, 8)


def test_a_wrong_order_is_found(tmp_path: Path) -> None:
    drawn, sheet = make_book(tmp_path, 8)
    with pikepdf.open(io.BytesIO(impose_booklet(drawn))) as opened:
        opened.pages.reverse()
        wrong = io.BytesIO()
        opened.save(wrong)
    sentences = inspect_imposed(finish_pages(wrong.getvalue(), sheet, order_pages(8)), drawn, sheet, [])
    assert sentences[0] == "bình trang: nửa trái của mặt tờ 1 phải là trang 8"


def test_the_page_count_is_asked_in_fours(tmp_path: Path) -> None:
    assert inspect_pages_of_booklet(make_book(tmp_path, 4)[0]) == []
    sentence = "sách đóng ghim giữa có 6 trang, số trang phải chia hết cho 4 (bớt hoặc thêm cho đủ 4 hoặc 8 trang)"
    assert inspect_pages_of_booklet(make_book(tmp_path, 6)[0]) == [sentence]
    assert "đủ 4 trang" in inspect_pages_of_booklet(make_book(tmp_path, 2)[0])[0]
