"""Open what was made and say what is wrong with it: press PDFs, preview PDFs, pictures.

Comes in: finished bytes and what was ordered (sheet, words). Goes out: sentences in Vietnamese, none when the file is
good. It never repairs anything.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageMath

from generator.model import MOST_INK, Sheet
from generator.preflight.readback import check_words_and_edges, is_inside, unique

Box = tuple[float, float, float, float]
POINTS_PER_MM = 72 / 25.4
#: Half a tenth of a millimetre in the file: rounding, never a mistake of layout.
TOLERANCE_MM = 0.05


def inspect_press(pdf: bytes, sheet: Sheet, must_read: Sequence[str], whole: Sequence[str] = ()) -> list[str]:
    """Return what is wrong with a press PDF: boxes (mm), fonts, inks, output intent, words, page count.

    `must_read`: words that must be read back; `whole`: words that stand there whole or not at all.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        wrong = [*_count_pages(opened, sheet.pages), *_check_press_file(opened)]
        for number, page in enumerate(opened.pages, 1):
            found = [*_check_boxes(page, sheet), *_check_fonts(page.obj), *_check_inks(page.obj)]
            wrong += [f"trang {number}: {sentence}" for sentence in unique(found)]
    return [*wrong, *check_words_and_edges(pdf, sheet, must_read, whole)]


def inspect_preview_pdf(pdf: bytes, sheet: Sheet, must_read: Sequence[str], whole: Sequence[str] = ()) -> list[str]:
    """Return what is wrong with a preview PDF: size (mm), tags, language, title, PDF/UA mark, fonts, words, pages."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        wrong = [*_count_pages(opened, sheet.pages), *_check_reading(opened)]
        for number, page in enumerate(opened.pages, 1):
            found = [*_check_size("trang", _box(page, Name.MediaBox), sheet, 0), *_check_fonts(page.obj)]
            wrong += [f"trang {number}: {sentence}" for sentence in unique(found)]
    return [*wrong, *check_words_and_edges(pdf, replace(sheet, bleed_mm=0), must_read, whole)]


def inspect_picture(png: bytes, width_px: int, height_px: int) -> list[str]:
    """Return what is wrong with a PNG: not a PNG, damaged, wrong size in pixels, or one blank colour."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
            size = picture.size
            lowest, highest = zip(*(band.getextrema() for band in picture.convert("RGB").split()), strict=True)
    except (OSError, SyntaxError, ValueError):
        return ["không mở được ảnh PNG"]
    wrong = []
    if size != (width_px, height_px):
        wrong.append(f"ảnh {size[0]} × {size[1]} điểm ảnh, phải là {width_px} × {height_px}")
    if lowest == highest:
        wrong.append("ảnh trống, chỉ có một màu")
    return wrong


def _figure(number: float) -> str:
    return f"{number:.1f}".replace(".", ",").removesuffix(",0")


def _count_pages(opened: pikepdf.Pdf, pages: int) -> list[str]:
    found = len(opened.pages)
    return [] if pages in (0, found) else [f"có {found} trang, phải có {pages} trang"]


def _box(page: pikepdf.Page, name: Name) -> Box | None:
    if name not in page.obj:
        return None
    left, bottom, right, top = (float(str(edge)) / POINTS_PER_MM for edge in list(page.obj[name]))
    return left, bottom, right, top


def _check_size(label: str, box: Box | None, sheet: Sheet, around_mm: float) -> list[str]:
    """Compare a box with the sheet plus `around_mm` (real) on every side."""
    if box is None:
        return [f"thiếu khung {label}"]
    scale = sheet.scale
    found = (box[2] - box[0], box[3] - box[1])
    wanted = tuple((side + 2 * around_mm) / scale for side in (sheet.width_mm, sheet.height_mm))
    if all(abs(is_now - should) <= TOLERANCE_MM for is_now, should in zip(found, wanted, strict=True)):
        return []
    return [
        f"khung {label} là {_figure(found[0])} × {_figure(found[1])} mm, "
        f"phải là {_figure(wanted[0])} × {_figure(wanted[1])} mm"
    ]


def _check_boxes(page: pikepdf.Page, sheet: Sheet) -> list[str]:
    trim, bleed, media = (_box(page, name) for name in (Name.TrimBox, Name.BleedBox, Name.MediaBox))
    wrong = _check_size("TrimBox", trim, sheet, 0) + _check_size("BleedBox", bleed, sheet, sheet.bleed_mm)
    if (
        trim
        and bleed
        and media
        and not (is_inside(trim, bleed, TOLERANCE_MM) and is_inside(bleed, media, TOLERANCE_MM))
    ):
        wrong.append("các khung phải lồng nhau: TrimBox trong BleedBox, BleedBox trong MediaBox")
    if Name.Annots in page.obj:
        wrong.append("còn liên kết hoặc chú thích trong tệp in")
    return wrong


def _check_press_file(opened: pikepdf.Pdf) -> list[str]:
    wrong = []
    intents = [intent for intent in opened.Root.get("/OutputIntents", []) if intent.get("/S") == Name.GTS_PDFX]
    if not intents or "/DestOutputProfile" not in intents[0]:
        wrong.append("thiếu điều kiện in (output intent GTS_PDFX) có hồ sơ màu nhúng kèm")
    if "PDF/X-4" not in _metadata(opened):
        wrong.append("thiếu dấu PDF/X-4 trong siêu dữ liệu")
    if opened.docinfo.get("/Trapped") != Name("/False"):
        wrong.append("thiếu khai báo Trapped")
    return wrong


def _metadata(opened: pikepdf.Pdf) -> str:
    stream = opened.Root.get("/Metadata")
    return "" if stream is None else bytes(stream.read_bytes()).decode("utf-8", "replace")


def _check_reading(opened: pikepdf.Pdf) -> list[str]:
    """What a screen reader needs (PDF/UA-1, ISO 14289-1)."""
    root = opened.Root
    wrong = []
    if "/StructTreeRoot" not in root or not root.get("/MarkInfo", Dictionary()).get("/Marked"):
        wrong.append("tệp chưa gắn thẻ cấu trúc (tagged PDF)")
    if not str(root.get("/Lang", "")).lower().startswith("vi"):
        wrong.append("chưa khai báo ngôn ngữ tiếng Việt")
    if not str(opened.docinfo.get("/Title", "")).strip():
        wrong.append("tệp chưa có nhan đề")
    if not re.search(r"pdfuaid:part(=\"|>)1", _metadata(opened)):
        wrong.append("thiếu dấu PDF/UA-1 trong siêu dữ liệu")
    return wrong


def _resources(holder: pikepdf.Object, depth: int = 0) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    """Yield (what is drawn, its resources) for a page and every form and pattern that it uses, however deep."""
    own = holder.get("/Resources")
    if own is None or depth > 12:
        return
    yield holder, own
    for group in ("/XObject", "/Pattern"):
        for inner in own.get(group, Dictionary()).values():
            yield from _resources(inner, depth + 1)


def _check_fonts(page: pikepdf.Object) -> list[str]:
    wrong = []
    for _, resources in _resources(page):
        for font in resources.get("/Font", Dictionary()).values():
            bearer = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = bearer.get("/FontDescriptor", Dictionary())
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                wrong.append(f"bộ chữ {str(font.get('/BaseFont', '?')).lstrip('/')} chưa nhúng vào tệp")
    return wrong


def _check_inks(page: pikepdf.Object) -> list[str]:
    """Only DeviceCMYK and Separation /All may be drawn: anything else separates into inks that nobody chose."""
    wrong = []
    for holder, resources in _resources(page):
        spaces = resources.get("/ColorSpace", Dictionary())
        for instruction in pikepdf.parse_content_stream(holder, "g G rg RG cs CS"):
            operator = str(instruction.operator)
            if operator in ("cs", "CS"):
                name = instruction.operands[0]
                wrong += _check_space(spaces.get(str(name), name))
            else:
                wrong.append(f"có màu {'RGB' if operator in ('rg', 'RG') else 'xám (Gray)'}, phải là CMYK")
        for drawn in resources.get("/XObject", Dictionary()).values():
            if drawn.get("/Subtype") == Name.Image and not drawn.get("/ImageMask", False):
                wrong += _check_space(drawn.get("/ColorSpace")) or _check_amount(drawn)
        for pattern in (
            *resources.get("/Pattern", Dictionary()).values(),
            *resources.get("/Shading", Dictionary()).values(),
        ):
            shading = pattern.get("/Shading", pattern)
            if "/ColorSpace" in shading:
                wrong += _check_space(shading.ColorSpace)
    return wrong


def _check_amount(picture: pikepdf.Object) -> list[str]:
    """Say how much ink the heaviest pixel of a picture carries, where that is more than paper takes."""
    if picture.get("/BitsPerComponent") != 8 or picture.get("/ColorSpace") != Name.DeviceCMYK:
        return []
    most = _find_most_ink((int(picture.Width), int(picture.Height)), picture.read_bytes())
    return [f"ảnh có chỗ phủ {most:.0f} % mực, nhiều nhất là {MOST_INK} %"] if most > MOST_INK else []


@lru_cache(maxsize=2)
def _find_most_ink(size: tuple[int, int], inks: bytes) -> float:
    """Return the percent of all inks together of the heaviest pixel: nearly every piece carries the same logo."""
    cyan, magenta, yellow, black = Image.frombytes("CMYK", size, inks).split()
    together = ImageMath.lambda_eval(
        lambda given: given["c"] + given["m"] + given["y"] + given["k"], c=cyan, m=magenta, y=yellow, k=black
    )
    return float(together.getextrema()[1]) / 2.55


def _check_space(space: Any) -> list[str]:
    if space in (Name.DeviceCMYK, Name.Pattern):
        return []
    if isinstance(space, pikepdf.Array):
        if space[0] == Name.Separation and space[1] == Name.All and space[2] == Name.DeviceCMYK:
            return []
        if space[0] == Name.Pattern and len(space) > 1:
            return _check_space(space[1])
        space = space[0]
    return [f"có hệ màu {str(space).lstrip('/')}, phải là CMYK"]
