"""Draw one piece, finish it, check it. Runs in this process or in a killable one of `workshop`.

Comes in: a Piece of the worklist. Goes out: its bytes with pictures of its pages, or Problems that name it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from generator.decode import safe_path
from generator.errors import InternalError, Place, Problem, UserError, shorten
from generator.model import Press, Tokens, read_sheet
from generator.photo import make_logo_copy
from generator.preflight import (
    inspect_docx,
    inspect_imposed,
    inspect_pages_of_booklet,
    inspect_picture,
    inspect_pictures,
    inspect_press,
    inspect_preview_pdf,
)
from generator.render.art import read_art
from generator.render.fonts import find_font_folders
from generator.render.impose import impose_booklet, order_pages
from generator.render.marks import Marks, mark_pages, mark_sides
from generator.render.office import write_docx
from generator.render.press import Order, count_pages, crop_to_trim, finish_press
from generator.render.qr import make_qr, make_qr_picture
from generator.render.refusals import DrawError
from generator.render.text import write_text
from generator.render.thumbnail import make_thumbnails
from generator.render.typeset import Typesetter
from generator.theme import read_model
from generator.worklist import Piece

SCREEN_PPI = 96
#: 150 pixels an inch at the largest that theme/shared/logo.typ draws (200 mm on a banner).
LOGO_PX = 1200
#: The picture of this name in a Word template gives way to the piece's own code.
QR_PICTURE = "qr.png"
LOGO_REMEDY = f"Dùng tệp biểu trưng (logo) lớn hơn, tốt nhất là cạnh dài từ {LOGO_PX} điểm ảnh trở lên."
LOGO_PLACE = Place("campaigns/organisation.yml")


def draw_piece(root: Path, packages: tuple[str, ...], piece: Piece) -> tuple[bytes, ...] | list[Problem]:
    """Return (body, thumbnails…) of one piece, drawn and checked, or what is wrong with it."""
    try:
        return _draw_checked(root, packages, piece)
    except UserError as error:
        return list(error.problems)
    except DrawError as error:
        wrong, remedy = error.explain()
        return [Problem(piece.place, f"ấn phẩm “{shorten(piece.title)}” ({piece.preset.name}): {wrong}", remedy)]


def _draw_checked(root: Path, packages: tuple[str, ...], piece: Piece) -> tuple[bytes, ...] | list[Problem]:
    theme = root / "theme"
    if piece.made_by == "text":
        return (write_text(theme, piece.kind, _complete(theme, piece)),)
    if piece.made_by == "office":
        return _write_office(theme, piece)
    drawn = draw_base(root, packages, piece)
    if piece.format == "png":
        wrong = inspect_picture(drawn, piece.preset.width_px or 0, piece.preset.height_px or 0)
        return _tell(piece, wrong) if wrong else (drawn,)
    return make_press(root, packages, piece, drawn) if piece.purpose == "print" else make_preview(piece, drawn)


def draw_base(root: Path, packages: tuple[str, ...], piece: Piece) -> bytes:
    """Return the one drawing of a piece, whatever it is for: a PDF with bleed in screen colours, or a picture.

    Pieces of one entry and size have the same drawing. Raises DrawError.
    """
    logo = _logo(*find_logo(root, [piece]))
    typesetter = _typesetter(root / "theme", packages)
    form: Literal["pdf", "png"] = "png" if piece.format == "png" else "pdf"
    drawn = typesetter.draw(piece.kind, _complete(root / "theme", piece), form, SCREEN_PPI, logo)
    if piece.pages != 1:
        typesetter.forget_last()
    return drawn.pages[0]


def make_preview(piece: Piece, drawn: bytes) -> tuple[bytes, ...] | list[Problem]:
    """Return the preview and pictures of its pages, from the drawing of `draw_base`, or what is wrong with it."""
    body = crop_to_trim(drawn)
    if wrong := inspect_preview_pdf(body, piece.data["sheet"], piece.must_read, piece.pages):
        return _tell(piece, wrong)
    return (body, *make_thumbnails(body))


def make_press(root: Path, packages: tuple[str, ...], piece: Piece, drawn: bytes) -> tuple[bytes, ...] | list[Problem]:
    """Return the press file, imposed if that is wanted, from the drawing of `draw_base`, or what is wrong with it."""
    if piece.is_imposed and (wrong := inspect_pages_of_booklet(drawn)):
        return _tell(piece, wrong)
    sheet, count, slug_line = piece.data["sheet"], count_pages(drawn), piece.data["piece"]["slug_line"]
    if piece.is_imposed:
        marks = mark_sides(read_sheet(sheet), slug_line, order_pages(count))
        body = _finish(root, packages, piece, impose_booklet(drawn), marks)
        wrong = inspect_imposed(body, drawn, sheet, piece.must_read)
    else:
        body = _finish(root, packages, piece, drawn, mark_pages(read_sheet(sheet), slug_line, count))
        wrong = inspect_press(body, sheet, piece.must_read, piece.pages)
    if wrong:
        return _tell(piece, wrong)
    if piece.data["organisation"].get("logo") and (coarse := inspect_pictures(body, sheet)):
        return [Problem(LOGO_PLACE, f"{sentence} ({piece.preset.name})", LOGO_REMEDY) for sentence in coarse]
    return (body,)


def _finish(root: Path, packages: tuple[str, ...], piece: Piece, drawn: bytes, marks: Marks) -> bytes:
    house = _press_house(root)
    order = Order(
        title=piece.title,
        timestamp=piece.data["piece"]["timestamp"],
        slug_mm=house.press.slug_mm,
        profile=house.profile,
        inks=house.inks,
    )
    around = _draw_marks(root, packages, marks, piece.data["fonts"]["text"], house.states)
    return finish_press(drawn, around, order)


def _complete(theme: Path, piece: Piece) -> dict[str, Any]:
    return {**piece.data, "art": _art(theme), "qr": _code(piece.data["piece"]["url"])}


def _write_office(theme: Path, piece: Piece) -> tuple[bytes, ...] | list[Problem]:
    """Return the Word file, or what is wrong with it."""
    data = piece.data
    body = write_docx(theme, piece.kind, data, {QR_PICTURE: make_qr_picture(data["piece"]["url"])})
    wrong = inspect_docx(body, data["sheet"], piece.must_read, data["office_fonts"], data["content"])
    return _tell(piece, wrong) if wrong else (body,)


def _tell(piece: Piece, wrong: Iterable[str]) -> list[Problem]:
    head = f"ấn phẩm “{shorten(piece.title)}” ({piece.preset.name})"
    return [Problem(piece.place, f"{head}: {sentence}") for sentence in wrong]


@lru_cache(maxsize=2)
def _typesetter(theme: Path, packages: tuple[str, ...]) -> Typesetter:
    return Typesetter(theme, find_font_folders(packages, theme))


@lru_cache(maxsize=2)
def _art(theme: Path) -> dict[str, object]:
    return {name: art.drawing for name, art in read_art(theme / "art").items()}


def find_logo(root: Path, pieces: Iterable[Piece]) -> list[Path]:
    """Return the organisation's logo that the pieces carry, confined to campaigns/: none or one."""
    names = sorted({name for piece in pieces if (name := piece.data["organisation"].get("logo"))})
    return [safe_path(root / "campaigns", name, LOGO_PLACE) for name in names]


def _logo(path: Path | None = None) -> tuple[bytes, int, int] | None:
    """Return the clean copy of the logo, made once for every state of the file."""
    if path is None:
        return None
    state = path.stat()
    return _copy_logo(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _copy_logo(path: Path, changed: int, size: int) -> tuple[bytes, int, int]:
    return make_logo_copy(path, LOGO_PX)


@dataclass(frozen=True)
class _PressHouse:
    """What all press files of a project share: marks, inks by screen colour, the ICC profile."""

    press: Press
    inks: dict[str, tuple[float, ...]]
    profile: bytes
    states: tuple[tuple[int, int], ...]


def _press_house(root: Path) -> _PressHouse:
    """Return what press files share, read once for every state of the two files that people may change meanwhile."""
    states = (path.stat() for path in (root / "theme" / "tokens.yml", root / "theme" / "press.yml"))
    return _read_press_house(root, tuple((state.st_mtime_ns, state.st_size) for state in states))


@lru_cache(maxsize=2)
def _read_press_house(root: Path, states: tuple[tuple[int, int], ...]) -> _PressHouse:
    theme = root / "theme"
    profiles = sorted((theme / "icc").glob("*.icc"))
    if len(profiles) != 1:
        raise InternalError("theme/icc must hold exactly one profile")
    tokens, _ = read_model(root, theme / "tokens.yml", Tokens)
    press, _ = read_model(root, theme / "press.yml", Press)
    inks = {paint.screen: tuple(paint.cmyk) for paint in tokens.paints.values()}
    return _PressHouse(press, inks, profiles[0].read_bytes(), states)


@lru_cache(maxsize=64)
def _draw_marks(
    root: Path, packages: tuple[str, ...], marks: Marks, font: str, states: tuple[tuple[int, int], ...]
) -> bytes:
    """Draw marks once for every state of theme/press.yml."""
    return _typesetter(root / "theme", packages).draw_marks(marks, _read_press_house(root, states).press, font)


@lru_cache(maxsize=64)
def _code(url: str) -> list[str]:
    """Return the rows of the code; an entry has one in all its sizes."""
    return make_qr(url)
