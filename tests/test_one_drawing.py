"""Every kind: what people look at is what is printed, picture by picture and letter by letter, and templates cannot tell."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import yaml
from PIL import Image, ImageChops, ImageFilter
from print_case import INKS, PRESS, THEME, draw, draw_marks, finish, make_document, sheet_of
from workshop_case import PREVIEW, PRINT, draw_base, job_of, make_good, read_sound, smallest, which

from generator.errors import InternalError
from generator.model import Sheet
from generator.preflight import inspect_press
from generator.project import Project
from generator.render.inks import put_inks
from generator.render.marks import mark_pages
from generator.render.press import crop_to_trim
from generator.worklist import Ticket, make_examples
from generator.workshop.job import Job

#: Pixels of the file, and the most on one side.
PPI, LONGEST_PX = 48, 1000
#: pdfium puts letters and upright edges on whole pixels: so much smaller ones are drawn, then put together.
FINER = 2
#: #1a1a1a and #000000 are the same ink.
TOLERANCE = 30
MM = 72 / 25.4

CONTRACTS = {path.parent.name: yaml.safe_load(path.read_bytes()) for path in THEME.glob("materials/*/material.yml")}
PRINTED = sorted(kind for kind, contract in CONTRACTS.items() if "pdf" in contract["formats"].get("print", ()))
SHOWN = sorted(kind for kind, contract in CONTRACTS.items() if "pdf" in contract["formats"].get("preview", ()))


@pytest.fixture(scope="module")
def project() -> Project:
    return read_sound()


def smallest_of(project: Project, kind: str) -> Ticket:
    """Return the first example of a kind in its smallest size."""
    return smallest(ticket for ticket in make_examples(project, kind) if ticket.maker == "typeset")


def job_for(project: Project, ticket: Ticket, purpose: str) -> Job:
    """Return the job of the PDF for one purpose alone."""
    wanted = {"print": PRINT, "preview": PREVIEW}[purpose]
    [piece] = (piece for piece in ticket.pieces if which(piece) == wanted)
    return job_of(project, ticket, [piece])


def show_in_screen_colours(press: bytes, project: Project) -> bytes:
    """Return the press file cropped to its trim, its inks turned back into the paints' screen colours."""
    paints = {tuple(paint.cmyk): paint.screen for paint in project.theme.tokens.paints.values()}
    with pikepdf.open(io.BytesIO(press)) as opened:
        for page in opened.pages:
            page.obj.MediaBox = page.obj.TrimBox
            turned = []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("k", "K"):
                    inks = tuple(round(100 * float(part), 2) for part in operands)
                    channels = [int(paints[inks][at : at + 2], 16) / 255 for at in (1, 3, 5)]
                    turned.append((channels, pikepdf.Operator("rg" if str(operator) == "k" else "RG")))
                else:
                    turned.append((operands, operator))
            page.obj.Contents = opened.make_stream(pikepdf.unparse_content_stream(turned))
        written = io.BytesIO()
        opened.save(written)
    return written.getvalue()


def render(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as opened:
        # A hair less than a whole number of pixels, so that all of one size are rounded alike.
        scales = [min(PPI / 72, 0.9999 * LONGEST_PX / max(page.get_size())) for page in opened]
        pages = zip(opened, scales, strict=True)
        return [page.render(scale=FINER * scale).to_pil().convert("RGB").reduce(FINER) for page, scale in pages]


def differ(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures differ by more than the rounding of an edge: somewhere by 3 × 3 pixels."""
    assert all(abs(here - there) <= 1 for here, there in zip(one.size, other.size, strict=True)), "a page rounded up"
    worst = ImageChops.difference(one, other).split()
    apart = ImageChops.lighter(ImageChops.lighter(worst[0], worst[1]), worst[2])
    return apart.point(lambda value: 255 * (value > TOLERANCE)).filter(ImageFilter.MinFilter(3)).getbbox() is not None


def letters_of(pdf: bytes) -> list[list[tuple[str, list[float]]]]:
    """Return every letter inside the trim of every page, with its box in mm from the corner of the trim."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            left, bottom, right, top = page.get_trimbox()
            text, found = page.get_textpage(), []
            for index in range(text.count_chars()):
                box, letter = text.get_charbox(index), text.get_text_range(index, 1)
                if letter.strip() and left <= box[0] and box[2] <= right and bottom <= box[1] and box[3] <= top:
                    found.append((letter, [(box[0] - left) / MM, (box[1] - bottom) / MM]))
            pages.append(found)
    return pages


@pytest.mark.parametrize("kind", PRINTED)
def test_the_press_file_cut_at_its_trim_is_the_preview(project: Project, kind: str) -> None:
    ticket = smallest_of(project, kind)
    drawn = draw_base(project, job_for(project, ticket, "print"))
    assert drawn == draw_base(project, job_for(project, ticket, "preview"))
    made = make_good(project, ticket, PRINT, PREVIEW)
    press, preview = made[PRINT], made[PREVIEW]
    assert preview == crop_to_trim(drawn)
    assert preview == make_good(project, ticket, PREVIEW)[PREVIEW], "alone as in company"
    pairs = zip(render(show_in_screen_colours(press, project)), render(preview), strict=True)
    for number, (cut, shown) in enumerate(pairs, 1):
        assert not differ(cut, shown), f"page {number}"
    for printed, seen in zip(letters_of(press), letters_of(preview), strict=True):
        assert [letter for letter, _ in printed] == [letter for letter, _ in seen]
        for (_, here), (letter, there) in zip(printed, seen, strict=True):
            assert here == pytest.approx(there, abs=0.01), letter


@pytest.mark.parametrize("kind", PRINTED)
def test_the_bleed_moves_nothing_inside_the_trim(project: Project, kind: str) -> None:
    """Else what stands at an edge, a hook or a row of teeth, is cut in print."""
    tickets = [ticket for ticket in make_examples(project, kind) if ticket.maker == "typeset"]
    tickets.sort(key=lambda ticket: ticket.sheet.width_mm * ticket.sheet.height_mm, reverse=True)
    for ticket in {ticket.look.face.motif: ticket for ticket in tickets}.values():
        bare = replace(ticket, sheet=replace(ticket.sheet, bleed_mm=0))
        pages = [render(crop_to_trim(draw_base(project, job_of(project, given)))) for given in (ticket, bare)]
        for number, (bled, plain) in enumerate(zip(*pages, strict=True), 1):
            assert not differ(bled, plain), f"{ticket.pieces[0].name}, page {number}"


@pytest.mark.parametrize("kind", SHOWN)
def test_every_colour_of_every_kind_is_a_paint(project: Project, kind: str) -> None:
    """Also of kinds that only screens show: one may be printed tomorrow."""
    inks = {paint.screen: paint.cmyk for paint in project.theme.tokens.paints.values()}
    with pikepdf.open(io.BytesIO(draw_base(project, job_of(project, smallest_of(project, kind))))) as opened:
        put_inks(opened, inks, b"")


def test_a_shifted_picture_would_be_seen(project: Project) -> None:
    """The comparison itself can fail: half a millimetre is too much."""
    drawn = draw_base(project, job_of(project, smallest_of(project, "the-an-toan")))
    moved = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn)) as opened:
        opened.pages[0].contents_add(opened.make_stream(b"1 0 0 1 1.4 0 cm"), prepend=True)
        opened.save(moved)
    here, there = (render(crop_to_trim(pdf))[0] for pdf in (drawn, moved.getvalue()))
    assert differ(here, there)
    assert letters_of(crop_to_trim(drawn)) != letters_of(crop_to_trim(moved.getvalue()))


def test_templates_do_not_know_what_a_drawing_is_for() -> None:
    sources = [path for path in THEME.rglob("*.typ") if path.parent.name != "press"]
    assert len(sources) > 30
    for path in sources:
        words = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"is-print|purpose|cmyk\(|color\.spot|\bslug\b|luma\(", words), path


def test_the_preview_keeps_what_a_reader_needs(tmp_path: Path) -> None:
    drawn = draw(tmp_path, '#link("https://loa.example")[loa]', make_document({}))
    with pikepdf.open(io.BytesIO(crop_to_trim(drawn))) as preview, pikepdf.open(io.BytesIO(drawn)) as base:
        page = preview.pages[0].obj
        trim = [float(edge) for edge in base.pages[0].obj.TrimBox]
        for name in ("MediaBox", "CropBox", "TrimBox"):
            assert [float(edge) for edge in page[f"/{name}"]] == trim
        assert "/BleedBox" not in page and [round((trim[i + 2] - trim[i]) / MM) for i in (0, 1)] == [300, 100]
        assert len(page.Annots) == 1 and "/StructTreeRoot" in preview.Root
        assert preview.Root.Metadata.read_bytes() == base.Root.Metadata.read_bytes()
        assert str(preview.docinfo["/Title"]) == str(base.docinfo["/Title"]) != ""
    assert crop_to_trim(drawn) == crop_to_trim(drawn)
    flat = make_document({})
    flat["sheet"]["bleed_mm"] = 0
    bare = draw(tmp_path, "An toàn", flat)
    assert crop_to_trim(bare) == bare


ODD = [
    ('#rect(fill: rgb("#00549e"))', "#00549e"),
    ("#rect(fill: luma(20%))", "#333333"),
    ("#rect(fill: cmyk(0%, 0%, 0%, 100%))", "operator k"),
    ("#rect(fill: gradient.linear(red, blue))", "operator cs"),
    ('#rect(fill: color.spot("Gold", cmyk(0%, 20%, 80%, 10%)).tint(100%))', "colour 1"),
    ('#rect(stroke: rgb("#123456"))', "#123456"),
    ('#place(box(clip: true, rect(fill: rgb("#abcdef"))))', "#abcdef"),
]


@pytest.mark.parametrize(("body", "named"), ODD)
def test_a_colour_that_is_no_paint_is_refused_by_its_name(tmp_path: Path, body: str, named: str) -> None:
    document = make_document({})
    with pytest.raises(InternalError, match=named):
        finish(draw(tmp_path, body, document), sheet_of(document))


def test_colours_change_in_content_and_not_in_words(tmp_path: Path) -> None:
    said = b"(/c0 cs 0 0 0 scn (1 0 0 rg) \\) k)"
    document = make_document({})
    with pikepdf.open(io.BytesIO(draw(tmp_path, "An toàn", document))) as opened:
        page = opened.pages[0]
        page.obj.Contents = opened.make_stream(b"/c0 cs 0 0.32941177 0.62352943 scn 0 0 9 9 re f " + said + b" Tj")
        put_inks(opened, INKS, b"")
        assert page.Contents.read_bytes() == b" 1 0.68 0 0.06 k 0 0 9 9 re f " + said + b" Tj"


def test_a_fill_right_before_a_stroke_is_changed_too(tmp_path: Path) -> None:
    """Typst then writes no space between: `scn/c0 CS`."""
    document = make_document({})
    body = '#rect(fill: paint("ground"), stroke: 1pt + paint("ink"))'
    drawn = draw(tmp_path, body, document)
    with pikepdf.open(io.BytesIO(drawn)) as opened:
        assert b"scn/c0 CS" in opened.pages[0].Contents.read_bytes()
    assert inspect_press(finish(drawn, sheet_of(document)), sheet_of(document), []) == []


def test_forms_are_separated_too(tmp_path: Path) -> None:
    """Pages of an imposed sheet are forms."""
    document = make_document({})
    with pikepdf.open(io.BytesIO(draw(tmp_path, "An toàn", document))) as opened:
        form = opened.make_stream(
            b"/c0 CS 1 1 1 SCN 0 0 m 9 9 l S", Subtype=pikepdf.Name.Form, Type=pikepdf.Name.XObject
        )
        form.Resources = pikepdf.Dictionary(ColorSpace=opened.pages[0].obj.Resources.ColorSpace)
        opened.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X0=form)
        put_inks(opened, INKS, b"")
        assert form.read_bytes() == b" 0 0 0 0 K 0 0 m 9 9 l S" and "/ColorSpace" not in form.Resources


def test_marks_stay_outside_the_bleed_and_follow_the_data() -> None:
    folded = Sheet(297, 210, 3, panels_mm=(97, 100, 100))
    [front, back] = render(draw_marks(mark_pages(folded, "Tờ gấp", 2)))
    px = PPI / 25.4
    inner = [round((PRESS.slug_mm + side) * px) + way for side, way in ((0, 1), (0, 1), (303, -1), (216, -1))]
    for side in (front, back):
        assert side.crop(inner).getextrema() == ((255, 255),) * 3, "nothing within the bleed"
    marked = [columns_with_ink(side.crop((inner[0], 0, inner[2], round(12 * px)))) for side in (front, back)]
    folds = [[PRESS.slug_mm + 3 + at for at in panels] for panels in ((97, 197), (100, 200))]
    for columns, expected in zip(marked, folds, strict=True):
        for at in expected:
            assert any(abs(column + inner[0] - at * px) < 1.5 for column in columns)
    assert marked[0] != marked[1]


def columns_with_ink(picture: Image.Image) -> list[int]:
    grey = picture.convert("L")
    return [x for x in range(grey.width) if grey.crop((x, 0, x + 1, grey.height)).getextrema()[0] < 250]
