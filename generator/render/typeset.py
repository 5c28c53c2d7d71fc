"""Draw a piece with Typst: the only door to the typst package.

Comes in: a kind (a folder of theme/materials), the piece's JSON document, its logo, a format. Goes out: the bytes of a
PDF or of one PNG per page, or a DrawError of `refusals`. One Typesetter per process, never shared between threads (the
Typst compiler forbids it).
"""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import typst

from generator.model import Press
from generator.render.marks import Marks
from generator.render.refusals import Undrawable, read_error

Format = Literal["pdf", "png"]


@dataclass(frozen=True)
class Drawn:
    """What came out: one element per page for png, one element for pdf."""

    pages: tuple[bytes, ...]


class Typesetter:
    """A Typst compiler that reads templates below `theme_folder` and fonts below `font_folders`, nothing else."""

    def __init__(self, theme_folder: Path, font_folders: Sequence[Path]) -> None:
        self._theme = theme_folder
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in font_folders],
        )
        self.families = frozenset(fonts.families())
        refuse_links(theme_folder)
        self._compiler = typst.Compiler(root=str(theme_folder), font_paths=fonts)
        self._drawings: tuple[object, bytes] = (None, b"")

    def draw(
        self, kind: str, data: Mapping[str, Any], format: Format, ppi: int, logo: tuple[bytes, int, int] | None = None
    ) -> Drawn:
        """Return the drawn piece; `data` is the print document (piece.timestamp: unix seconds), `ppi` is for png only.

        `logo`: a clean PNG with its width and height in pixels. Raises TooLong, MissingGlyph, Refused or Undrawable.
        Every warning of Typst is an error.
        """
        self._refuse_fonts(data)
        return Drawn(self._compile(self.make_sources(kind, data, logo), format, ppi, int(data["piece"]["timestamp"])))

    def forget_last(self) -> None:
        """Let Typst drop what only the last piece needed: a newsletter leaves over 250 MB, and ten pieces' worth is kept.

        Typst drops what eleven compilations did not use; nine empty ones age the last piece, and the next piece keeps the
        rest young (measured: RSS of a process over 60 mixed pieces).
        """
        compile_nothing: Any = self._compiler.compile  # as in _compile
        for _ in range(9):
            compile_nothing({"main.typ": b" "}, format="pdf")

    def draw_contact(self, data: Mapping[str, Any], pictures: Mapping[str, tuple[bytes, int, int]]) -> bytes:
        """Return the contact sheet (theme/contact/main.typ) as a PDF; `pictures`: JPEG, width and height in pixels, by name."""
        self._refuse_fonts(data)
        sources = {
            "main.typ": (self._theme / "contact" / "main.typ").read_bytes(),
            "data.txt": _to_comment(data),
            "art.txt": _to_comment(data["art"]),
            **{f"{name}.svg": _wrap(*picture, "jpeg") for name, picture in pictures.items()},
        }
        return self._compile(sources, "pdf", 0, int(data["piece"]["timestamp"]))[0]

    def draw_marks(self, marks: Marks, press: Press, font: str) -> bytes:
        """Return the marks around the pages of a press file (theme/press/marks.typ), one PDF page for every side."""
        given = {"press": press.model_dump(exclude={"sources"}), "font": font, **asdict(marks)}
        source = (self._theme / "press" / "marks.typ").read_bytes()
        return self._compile({"main.typ": source, "data.txt": _to_comment(given)}, "pdf", 0, 0)[0]

    def _refuse_fonts(self, data: Mapping[str, Any]) -> None:
        for name in data["fonts"].values():
            if name not in self.families:
                raise Undrawable(f"font family “{name}” is not installed")

    def make_sources(
        self, kind: str, data: Mapping[str, Any], logo: tuple[bytes, int, int] | None = None
    ) -> dict[str, bytes]:
        """Return what Typst reads besides theme/: the kind's template, its document, the drawings, the logo.

        The drawings are a file of their own, the same bytes for every piece: Typst then reads them once for all.
        """
        drawings = data.get("art", {})
        if self._drawings[0] is not drawings:
            self._drawings = (drawings, _to_comment(drawings))
        size = {"width_px": logo[1], "height_px": logo[2]} if logo else None
        sources = {
            "main.typ": (self._theme / "materials" / kind / "main.typ").read_bytes(),
            "data.txt": _to_comment({**data, "art": None, "logo": size}),
            "art.txt": self._drawings[1],
        }
        return {**sources, "logo.svg": _wrap(*logo)} if logo else sources

    def _compile(self, sources: dict[str, bytes], format: Format, ppi: int, timestamp: int) -> tuple[bytes, ...]:
        """Compile as ua-1 in any case: only the PDF export finds missing glyphs, the PNG export is silent."""
        made: Any
        # typst's type hints leave out the dict of sources that its compiler takes.
        compile_sources: Any = self._compiler.compile_with_warnings
        try:
            made, warnings = compile_sources(sources, format="pdf", pdf_standards="ua-1", timestamp=timestamp)
            if not warnings and format == "png":
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


def _to_comment(value: object) -> bytes:
    """Return JSON as one comment of Typst: its compiler parses every file from memory as source, and this in no time."""
    return b"//" + unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False)).encode()


def _wrap(picture: bytes, width_px: int, height_px: int, sort: str = "png") -> bytes:
    """Return a picture inside an SVG: Typst takes files from memory as text only, and nothing is written below its root."""
    coded = base64.b64encode(picture).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}">'
        f'<image width="{width_px}" height="{height_px}" href="data:image/{sort};base64,{coded}"/></svg>'
    ).encode("ascii")
