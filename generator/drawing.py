"""Draw one piece, finish it, check it. Runs in this process or in a killable one of `workshop`.

Comes in: a Piece of the worklist. Goes out: its bytes with pictures of its pages, or Problems that name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.decode import safe_path
from generator.errors import InternalError, Place, Problem, UserError, shorten
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
from generator.render.impose import impose_booklet
from generator.render.office import write_docx
from generator.render.press import finish_press
from generator.render.qr import make_qr, make_qr_picture
from generator.render.text import write_text
from generator.render.thumbnail import make_thumbnails
from generator.render.typeset import DrawError, Typesetter
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
    data = {**piece.data, "art": _art(theme), "qr": make_qr(piece.data["piece"]["url"])}
    if piece.made_by == "text":
        return (write_text(theme, piece.kind, data),)
    if piece.made_by == "office":
        return _write_office(theme, piece)
    form = "png" if piece.format == "png" else "pdf"
    logo = _logo(*find_logo(root, [piece]))
    typesetter = _typesetter(theme, packages)
    drawn = typesetter.draw(piece.kind, data, form, SCREEN_PPI, logo)  # type: ignore[arg-type]
    if piece.pages != 1:
        typesetter.forget_last()
    body, wrong = drawn.pages[0], list[str]()
    if form == "png":
        wrong = inspect_picture(body, piece.preset.width_px or 0, piece.preset.height_px or 0)
    elif piece.purpose == "print":
        body, wrong = _finish_print(theme, piece, data, body)
        if logo and (coarse := inspect_pictures(body, data["sheet"])):
            return [Problem(LOGO_PLACE, f"{sentence} ({piece.preset.name})", LOGO_REMEDY) for sentence in coarse]
    else:
        wrong = inspect_preview_pdf(body, data["sheet"], piece.must_read, piece.pages)
    if wrong:
        return _tell(piece, wrong)
    has_pictures = form == "pdf" and piece.purpose == "preview"
    return (body, *(make_thumbnails(body) if has_pictures else ()))


def _finish_print(theme: Path, piece: Piece, data: Mapping[str, Any], drawn: bytes) -> tuple[bytes, list[str]]:
    """Return the press PDF, imposed if that is wanted, and what is wrong with it."""
    if piece.is_imposed and (wrong := inspect_pages_of_booklet(drawn)):
        return drawn, wrong
    body = impose_booklet(drawn, data["sheet"]) if piece.is_imposed else drawn
    body = finish_press(body, piece.title, data["piece"]["timestamp"], _profile(theme), data["sheet"])
    if piece.is_imposed:
        return body, inspect_imposed(body, drawn, data["sheet"], piece.must_read)
    return body, inspect_press(body, data["sheet"], piece.must_read, piece.pages)


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


@lru_cache(maxsize=2)
def _profile(theme: Path) -> bytes:
    profiles = sorted((theme / "icc").glob("*.icc"))
    if len(profiles) != 1:
        raise InternalError("theme/icc must hold exactly one profile")
    return profiles[0].read_bytes()
