"""A small print document and a small theme for the tests of typeset, press and preflight (no test of its own)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import fontpkg_oswald
import pypdfium2

from generator.model import Press, Sheet
from generator.render.marks import Marks, mark_pages, mark_sides
from generator.render.press import Order, count_pages, finish_press
from generator.render.qr import make_qr
from generator.render.typeset import Typesetter
from generator.theme import read_model

THEME = Path(__file__).resolve().parent.parent / "theme"
FONTS = [Path(str(package.__file__)).parent / "files" for package in (fontpkg_be_vietnam_pro, fontpkg_oswald)]
PROFILE = THEME / "icc" / "FOGRA39L_coated.icc"
NOON = 1746057600
SLUG_LINE = "Thử 300 × 100 mm"
PRESS, _ = read_model(THEME.parent, THEME / "press.yml", Press)
INKS = {"#00549f": (100, 68, 0, 6), "#ffffff": (0, 0, 0, 0), "#1a1a1a": (0, 0, 0, 100), "#000000": (0, 0, 0, 100)}
COLOURS = {
    "ground": "#00549f",
    "text-on-ground": "#ffffff",
    "ink": "#1a1a1a",
    "black": "#000000",
    "white": "#ffffff",
    "code-ink": "#000000",
    "code-paper": "#ffffff",
}
HEAD = """
#import "/shared/sheet.typ": *
#import "/shared/fit.typ": fit-block, fit-line
#import "/shared/qr.typ": qr-code
#show: sheet-page.with(ground: "ground")
#set text(fill: paint("text-on-ground"))
"""
#: A frame of 280 × 60 real mm at 10 mm from the upper left corner of a sheet of 300 × 100 mm.
SLOGAN = """
#place(top + left, dx: mm(10), dy: mm(10), fit-line(
  "slogan", param("slogan"), width: mm(280), height: mm(60), font: font-of("display"), weight: 700, heading: 1,
  capitals: true, fill: paint("text-on-ground"),
))
"""


def make_line(text: str, *together: str) -> dict[str, Any]:
    """Return a slogan as the print document holds it; `together` are phrases that stay on one line."""
    bound = text
    for phrase in together:
        bound = bound.replace(phrase, phrase.replace(" ", "\u00a0"))
    return {"text": text, "groups": bound.split(" ")}


def make_document(content: Mapping[str, Any], scale: float = 1, smallest_letter_mm: float = 8) -> dict[str, Any]:
    """Return a print document for a sheet of 300 × 100 real mm with 3 mm bleed."""
    return {
        "piece": {
            "title": "Băng rôn thử & <kiểm>",
            "alt": "Chữ trên nền xanh",
            "short_url": "loa.example/x",
        },
        "sheet": {
            "width_mm": 300,
            "height_mm": 100,
            "bleed_mm": 3,
            "safe_mm": 10,
            "scale": scale,
            "smallest_letter_mm": smallest_letter_mm,
            "panels_mm": [],
        },
        "colours": COLOURS,
        "fonts": {"text": "Be Vietnam Pro", "display": "Oswald"},
        "face": {"motif": "soc-bien-bao", "lead": ""},
        "art": {},
        "organisation": {
            "name": "Trung tâm Thử",
            "short_name": "TT Thử",
            "superior": "",
            "address": "",
            "hotline": "",
            "email": "",
            "short_site": "loa.example",
            "groups": {"name": ["Trung", "tâm", "Thử"], "short_name": ["TT", "Thử"], "superior": []},
        },
        "campaign": {"name": "Thử", "short_name": "Thử", "year": "2025"},
        "content": dict(content),
        "qr": make_qr("https://loa.example/x"),
    }


def sheet_of(document: Mapping[str, Any]) -> Sheet:
    """Return the sheet of a print document as makers and judges know it."""
    return Sheet(**{"pages": 1, **document["sheet"], "panels_mm": tuple(document["sheet"]["panels_mm"])})


def make_theme(folder: Path, body: str, head: str = HEAD) -> Path:
    """Write a theme with the shared parts and one kind, `thu`, and return its folder."""
    theme = folder / "theme"
    for part in ("shared", "press"):
        shutil.copytree(THEME / part, theme / part, dirs_exist_ok=True)
    for name in ("phrases.yml", "words.yml"):
        shutil.copy(THEME / name, theme / name)
    kind = theme / "materials" / "thu"
    kind.mkdir(parents=True, exist_ok=True)
    (kind / "main.typ").write_text(head + body, encoding="utf-8")
    return theme


def draw(folder: Path, body: str, document: Mapping[str, Any], format: str = "pdf") -> bytes:
    """Draw one document with a theme of one kind; return the first page (png) or the file (pdf)."""
    typesetter = Typesetter(make_theme(folder, body), FONTS)
    return (
        typesetter.draw_picture("thu", document, 72, NOON)
        if format == "png"
        else typesetter.draw("thu", document, NOON)
    )


def finish(drawn: bytes, sheet: Sheet, order: Sequence[tuple[int, int]] = (), **other: Any) -> bytes:
    """Finish a drawing for press, in the marks of this project; `order`: the sides of an imposed one."""
    marks = mark_sides(sheet, SLUG_LINE, order) if order else mark_pages(sheet, SLUG_LINE, count_pages(drawn))
    given = {
        "title": "Băng rôn & <thử>",
        "timestamp": NOON,
        "slug_mm": PRESS.slug_mm,
        "profile": PROFILE.read_bytes(),
        "inks": INKS,
    }
    return finish_press(drawn, draw_marks(marks), Order(**{**given, **other}))


@lru_cache
def draw_marks(marks: Marks) -> bytes:
    """Draw the marks around a piece."""
    return Typesetter(THEME, FONTS).draw_marks(marks, PRESS, "Be Vietnam Pro")


def read_lines(pdf: bytes) -> list[str]:
    """Return the lines of the first page as they are read back, U+00A0 as a plain space."""
    with pypdfium2.PdfDocument(pdf) as opened:
        found = opened[0].get_textpage().get_text_range()
    return [line.replace("\u00a0", " ").strip() for line in re.split(r"[\r\n]+", found) if line.strip()]
