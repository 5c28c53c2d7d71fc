"""Impose a booklet for saddle stitching: two pages side by side on every side of a sheet, in the order of folded sheets.

Comes in: the print PDF as `typeset` drew it (page by page, with bleed and marks). Goes out: a PDF of sheet sides, two
for every sheet, for `press` to finish. `workshop` calls it. Nothing crosses the fold; outer edges keep their bleed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

POINTS_PER_MM = 72 / 25.4
#: Folded sheets: four pages each.
PAGES_A_SHEET = 4
#: The single pages' own marks at the fold are hidden this far; dashed fold marks stand there instead.
CLEAR_MM = 2.0
#: Between the bleed and a mark, and its length: as in theme/shared/sheet.typ.
GAP_MM, MARK_MM = 1.0, 5.0
DASH = "[2.8 2.8] 0 d"

Span = tuple[float, float]


def order_pages(count: int) -> list[tuple[int, int]]:
    """Return (left, right) page numbers, from 1, of every sheet side: (last, 1), (2, last - 1) …

    Raises ValueError when `count` is no multiple of four.
    """
    if count <= 0 or count % PAGES_A_SHEET:
        raise ValueError(f"{count} pages do not make folded sheets")
    pairs = ((count - side, side + 1) for side in range(count // 2))
    return [(right, left) if side % 2 else (left, right) for side, (left, right) in enumerate(pairs)]


def impose_booklet(pdf: bytes, sheet: Mapping[str, Any]) -> bytes:
    """Return sheet sides of twice the page's width; `sheet` as in the print document (real mm). Same input, same bytes."""
    bleed = float(sheet["bleed_mm"]) / float(sheet["scale"]) * POINTS_PER_MM
    with pikepdf.open(io.BytesIO(pdf)) as single, pikepdf.new() as imposed:
        for left, right in order_pages(len(single.pages)):
            _add_side(imposed, single.pages[left - 1], single.pages[right - 1], bleed)
        if Name.Lang in single.Root:
            imposed.Root[Name.Lang] = single.Root[Name.Lang]
        written = io.BytesIO()
        imposed.save(written, deterministic_id=True)
    return written.getvalue()


def _add_side(imposed: pikepdf.Pdf, left: pikepdf.Page, right: pikepdf.Page, bleed: float) -> None:
    """The right page stands one page width further: where the left one is trimmed, at the fold, it begins."""
    trim, media = _edges(left.obj[Name.TrimBox]), _edges(left.obj[Name.MediaBox])
    wide = trim[2] - trim[0]
    fold = trim[2]
    whole = (media[0], media[1], media[2] + wide, media[3])
    clear = CLEAR_MM * POINTS_PER_MM
    bled = (trim[1] - bleed, trim[3] + bleed)
    clips = [
        _clip((whole[0], fold), (whole[0], fold - clear), whole, bled),
        _clip((fold, whole[2]), (fold + clear, whole[2]), whole, bled),
    ]
    drawn = [f"q {clip} W n 1 0 0 1 {wide * i:.4f} 0 cm /Page{i} Do Q" for i, clip in enumerate(clips)]
    forms = {f"/Page{number}": _form(imposed, page) for number, page in enumerate((left, right))}
    resources = Dictionary(XObject=Dictionary(forms), ColorSpace=Dictionary(All=_registration()))
    box = Array([round(edge, 4) for edge in whole])
    imposed.pages.append(pikepdf.Page(imposed.make_indirect(Dictionary(
        Type=Name.Page, MediaBox=box, Resources=resources,
        TrimBox=Array([round(edge, 4) for edge in (trim[0], trim[1], trim[2] + wide, trim[3])]),
        Contents=imposed.make_stream("\n".join([*drawn, *_fold_marks(fold, bled)]).encode("ascii")),
    ))))  # fmt: skip


def _edges(box: pikepdf.Object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(str(edge)) for edge in list(box))
    return left, bottom, right, top


def _clip(page: Span, marks: Span, whole: tuple[float, ...], bled: Span) -> str:
    """Return the path of what one page may show: `page` (left, right) within the bleed, `marks` above and below it."""
    areas = [(page, bled), (marks, (whole[1], bled[0])), (marks, (bled[1], whole[3]))]
    return " ".join(f"{x0:.4f} {y0:.4f} {x1 - x0:.4f} {y1 - y0:.4f} re" for (x0, x1), (y0, y1) in areas)


def _form(imposed: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Return a page as something that can be drawn, marks and all (qpdf would cut it at the trim)."""
    form = imposed.copy_foreign(page.as_form_xobject(handle_transformations=False))
    form[Name.BBox] = Array(list(page.obj[Name.MediaBox]))
    if Name.StructParents in form:
        del form[Name.StructParents]
    return form


def _fold_marks(fold: float, bled: Span) -> Iterator[str]:
    """Yield dashed ticks above and below the bleed, on every plate."""
    yield f"q /All CS 1 SCN 0.25 w {DASH}"
    for start, way in ((bled[0], -1), (bled[1], 1)):
        near, far = (start + way * mm * POINTS_PER_MM for mm in (GAP_MM, GAP_MM + MARK_MM))
        yield f"{fold:.4f} {near:.4f} m {fold:.4f} {far:.4f} l S"
    yield "Q"


def _registration() -> Array:
    full = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, full])
