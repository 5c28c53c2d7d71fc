"""Draw a piece with Typst: the only door to the typst package.

Comes in: a kind (a folder of theme/materials), the piece's JSON document, its logo. Goes out: a PDF or a PNG, or a
DrawError of `refusals`. One Typesetter per process, never shared between threads (the Typst compiler forbids it).
"""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

import typst

from generator.model import Press
from generator.plain import to_plain
from generator.render.marks import Marks
from generator.render.refusals import Undrawable, read_error
from generator.theme.art import DrawingSet

#: A print document as JSON, as `to_plain` makes it of a brief.
Document: TypeAlias = Mapping[str, object]
#: A clean picture with its width and height in pixels.
Logo: TypeAlias = tuple[bytes, int, int]


def _to_json(value: object) -> str:
    return unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _to_comment(value: object) -> bytes:
    """Return JSON as one comment of Typst: its compiler parses every file from memory as source, and this in no
    time.
    """
    return b"//" + _to_json(value).encode()


NO_DRAWINGS = _to_comment({"drawings": {}, "pictures": {}, "signs": {}})


def pack_drawings(drawings: DrawingSet) -> bytes:
    """Return the drawings as the file that every piece reads: the same bytes for all, so that Typst reads them once.

    The shapes of each are JSON inside JSON: Typst makes values of those alone that it draws.
    """
    packed = {name: {**vars(art), "shapes": _to_json(to_plain(art.shapes))} for name, art in drawings.drawings.items()}
    return _to_comment(to_plain({"drawings": packed, "pictures": drawings.pictures, "signs": drawings.signs}))


class Typesetter:
    """A Typst compiler that reads templates below `theme_folder` and fonts below `font_folders`, nothing else."""

    def __init__(self, theme_folder: Path, font_folders: Sequence[Path], drawings: bytes = NO_DRAWINGS) -> None:
        """Get ready; `drawings`: what `pack_drawings` returns."""
        self._theme, self._drawings = theme_folder, drawings
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in font_folders],
        )
        self.families = frozenset(fonts.families())
        refuse_links(theme_folder)
        self._compiler = typst.Compiler(root=str(theme_folder), font_paths=fonts)

    def draw(self, kind: str, document: Document, timestamp: int, logo: Logo | None = None) -> bytes:
        """Return the drawn piece as a tagged PDF with bleed, in screen colours; `timestamp` in unix seconds.

        `document`: the brief as JSON, with drawings and code. Raises TooLong, MissingGlyph, Refused or Undrawable.
        Every warning of Typst is an error.
        """
        self._refuse_fonts(document)
        return self._compile(self.make_sources(kind, document, logo), timestamp)[0]

    def draw_picture(self, kind: str, document: Document, ppi: int, timestamp: int, logo: Logo | None = None) -> bytes:
        """Return the drawn piece as a PNG of `ppi` pixels an inch. Raises as `draw`."""
        self._refuse_fonts(document)
        return self._compile(self.make_sources(kind, document, logo), timestamp, ppi)[0]

    def draw_contact(self, data: Document, pictures: Mapping[str, Logo], timestamp: int) -> bytes:
        """Return the contact sheet (theme/contact/main.typ) as a PDF; `pictures`: JPEG, width and height in pixels,
        by name.
        """
        self._refuse_fonts(data)
        sources = {
            "main.typ": (self._theme / "contact" / "main.typ").read_bytes(),
            "data.txt": _to_comment(data),
            "art.txt": NO_DRAWINGS,
            **{f"{name}.svg": _wrap(*picture, "jpeg") for name, picture in pictures.items()},
        }
        return self._compile(sources, timestamp)[0]

    def draw_marks(self, marks: Marks, press: Press, font: str) -> bytes:
        """Return the marks around the pages of a press file (theme/press/marks.typ), one PDF page for every side."""
        given = {"press": press.model_dump(exclude={"sources"}), "font": font, **asdict(marks)}
        source = (self._theme / "press" / "marks.typ").read_bytes()
        return self._compile({"main.typ": source, "data.txt": _to_comment(given)}, 0)[0]

    def _refuse_fonts(self, document: Document) -> None:
        fonts = document["fonts"]
        for name in fonts.values() if isinstance(fonts, Mapping) else ():
            if name not in self.families:
                raise Undrawable(f"font family “{name}” is not installed")

    def make_sources(self, kind: str, data: Document, logo: Logo | None = None) -> dict[str, bytes]:
        """Return what Typst reads besides theme/: the kind's template, its document, the drawings, the logo."""
        size = {"width_px": logo[1], "height_px": logo[2]} if logo else None
        sources = {
            "main.typ": (self._theme / "materials" / kind / "main.typ").read_bytes(),
            "data.txt": _to_comment({**data, "logo": size}),
            "art.txt": self._drawings,
        }
        return {**sources, "logo.svg": _wrap(*logo)} if logo else sources

    def _compile(self, sources: dict[str, bytes], timestamp: int, ppi: int = 0) -> tuple[bytes, ...]:
        """Return a PDF, or pictures where `ppi` says how fine.

        It compiles as ua-1 in any case: only the PDF export finds missing glyphs, the PNG export is silent.
        """
        made: Any
        # typst's type hints leave out the dict of sources that its compiler takes.
        compile_sources: Any = self._compiler.compile_with_warnings
        try:
            made, warnings = compile_sources(sources, format="pdf", pdf_standards="ua-1", timestamp=timestamp)
            if not warnings and ppi:
                made, warnings = compile_sources(sources, format="png", ppi=ppi)
        except typst.TypstError as error:
            raise read_error(error.message, error.diagnostic) from None
        if warnings:
            raise Undrawable("; ".join(str(warning) for warning in warnings))
        return (made,) if isinstance(made, bytes) else tuple(made)


def refuse_links(folder: Path) -> None:
    """Raise Undrawable when anything below `folder` is a symbolic link: Typst would follow it out of its root."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise Undrawable(f"symbolic link below the theme: {path.relative_to(folder).as_posix()}")


def _wrap(picture: bytes, width_px: int, height_px: int, sort: str = "png") -> bytes:
    """Return a picture inside an SVG: Typst takes files from memory as text only, and nothing is written below its
    root.
    """
    coded = base64.b64encode(picture).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}">'
        f'<image width="{width_px}" height="{height_px}" href="data:image/{sort};base64,{coded}"/></svg>'
    ).encode("ascii")
