"""Impose a booklet for saddle stitching: two pages side by side on every side of a sheet, in the order of folded
sheets.

Comes in: the PDF as `typeset` drew it, page by page, with bleed. Goes out: a PDF of sheet sides, two for every sheet,
for `press` to finish. Nothing crosses the fold; outer edges keep their bleed.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

#: Folded sheets: four pages each.
PAGES_A_SHEET = 4


def order_pages(count: int) -> list[tuple[int, int]]:
    """Return (left, right) page numbers, from 1, of every sheet side: (last, 1), (2, last - 1) …

    Raises ValueError when `count` is no multiple of four.
    """
    if count <= 0 or count % PAGES_A_SHEET:
        raise ValueError(f"{count} pages do not make folded sheets")
    pairs = ((count - side, side + 1) for side in range(count // 2))
    return [(right, left) if side % 2 else (left, right) for side, (left, right) in enumerate(pairs)]


def impose_booklet(drawn: bytes) -> bytes:
    """Return sheet sides of twice the page's width, still in screen colours. Same input, same bytes."""
    with pikepdf.open(io.BytesIO(drawn)) as single, pikepdf.new() as imposed:
        for left, right in order_pages(len(single.pages)):
            _add_side(imposed, single.pages[left - 1], single.pages[right - 1])
        if Name.Lang in single.Root:
            imposed.Root[Name.Lang] = single.Root[Name.Lang]
        written = io.BytesIO()
        imposed.save(written, deterministic_id=True)
    return written.getvalue()


def _add_side(imposed: pikepdf.Pdf, left: pikepdf.Page, right: pikepdf.Page) -> None:
    """The right page stands one page width further: where the left one is trimmed, at the fold, it begins."""
    trim, media = _edges(left.obj.get("/TrimBox", left.obj.MediaBox)), _edges(left.obj.MediaBox)
    wide, fold = trim[2] - trim[0], trim[2]
    whole = (media[0], media[1], media[2] + wide, media[3])
    areas = ((whole[0], fold), (fold, whole[2]))
    drawn = [
        f"q {start:.4f} {whole[1]:.4f} {end - start:.4f} {whole[3] - whole[1]:.4f} re W n "
        f"1 0 0 1 {wide * half:.4f} 0 cm /Page{half} Do Q"
        for half, (start, end) in enumerate(areas)
    ]
    forms = {f"/Page{half}": _form(imposed, page) for half, page in enumerate((left, right))}
    side = Dictionary(
        Type=Name.Page,
        MediaBox=Array([round(edge, 4) for edge in whole]),
        TrimBox=Array([round(edge, 4) for edge in (trim[0], trim[1], trim[2] + wide, trim[3])]),
        Resources=Dictionary(XObject=Dictionary(forms)),
        Contents=imposed.make_stream("\n".join(drawn).encode("ascii")),
    )
    imposed.pages.append(pikepdf.Page(imposed.make_indirect(side)))


def _edges(box: pikepdf.Object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(str(edge)) for edge in list(box))
    return left, bottom, right, top


def _form(imposed: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Return a page as something that can be drawn, bleed and all (qpdf would cut it at the trim)."""
    form = imposed.copy_foreign(page.as_form_xobject(handle_transformations=False))
    form[Name.BBox] = Array(list(page.obj.MediaBox))
    if Name.StructParents in form:
        del form[Name.StructParents]
    return form
