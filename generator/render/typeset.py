"""Draw a piece with Typst: the only door to the typst package.

Comes in: a kind (a folder of theme/materials), the piece's JSON document, a format. Goes out: the bytes of a PDF or of
one PNG per page, or a DrawError that says what to change. `build` calls it; one Typesetter per process, never shared
between threads (the Typst compiler forbids it).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import typst

Format = Literal["pdf", "png"]
PANIC = "panicked with: "
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


@dataclass(frozen=True)
class Drawn:
    """What came out: one element per page for png, one element for pdf."""

    pages: tuple[bytes, ...]


class DrawError(Exception):
    """A piece that cannot be drawn; `explain` says why in the staff's words."""

    def explain(self) -> tuple[str, str]:
        """Return (what is wrong, what to do), both in Vietnamese."""
        raise NotImplementedError


class TooLong(DrawError):
    """Words that do not fit at the smallest allowed size: parameter, words, excess in percent, size in real mm."""

    def __init__(self, param: str, text: str, by_percent: int, smallest: float) -> None:
        super().__init__(f"{param}: {by_percent} % too long at {smallest} mm: {text}")
        self.param, self.text, self.by_percent, self.smallest = param, text, by_percent, smallest

    def explain(self) -> tuple[str, str]:
        """Return (what is wrong, what to do), both in Vietnamese."""
        figure = f"{self.smallest:g}".replace(".", ",")
        return (
            f"“{self.text}” dài quá khoảng {self.by_percent} %, "
            f"không vừa khổ này với cỡ chữ nhỏ nhất được phép ({figure} mm)",
            f"rút ngắn mục “{self.param}”, hoặc chọn khổ lớn hơn",
        )


class MissingGlyph(DrawError):
    """A character that none of the project's fonts can draw."""

    def __init__(self, character: str) -> None:
        super().__init__(f"no glyph for {character!r}")
        self.character = character

    def explain(self) -> tuple[str, str]:
        """Return (what is wrong, what to do), both in Vietnamese."""
        codes = " ".join(f"U+{ord(part):04X}" for part in self.character)
        return f"bộ chữ không có ký tự “{self.character}” ({codes})", "thay ký tự này bằng chữ hoặc dấu thông thường"


class Undrawable(DrawError):
    """Anything else that Typst refused, with its own message."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def explain(self) -> tuple[str, str]:
        """Return (what is wrong, what to do), both in Vietnamese."""
        return f"không vẽ được ấn phẩm: {self.message}", "báo cho người phụ trách khuôn mẫu (theme/materials)"


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

    def draw(self, kind: str, data: Mapping[str, Any], format: Format, ppi: int) -> Drawn:
        """Return the drawn piece; `data` is the print document (piece.timestamp: unix seconds), `ppi` is for png only.

        Raises TooLong, MissingGlyph or Undrawable. Every warning of Typst is an error.
        """
        for name in data["fonts"].values():
            if name not in self.families:
                raise Undrawable(f"font family “{name}” is not installed")
        sources = {
            "main.typ": (self._theme / "materials" / kind / "main.typ").read_bytes(),
            "data.json": unicodedata.normalize("NFC", json.dumps(data, ensure_ascii=False)).encode(),
        }
        return Drawn(self._compile(sources, format, ppi, int(data["piece"]["timestamp"])))

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


def read_error(message: str, diagnostic: str) -> DrawError:
    """Return the DrawError that Typst's message stands for; panics of theme/shared start with `LOA-`."""
    if message.startswith(PANIC):
        return _read_panic(message.removeprefix(PANIC))
    missing = MISSING.search(message)
    if missing:
        return MissingGlyph(_unescape(missing[1]))
    return Undrawable(diagnostic.strip() or message)


def _read_panic(words: str) -> DrawError:
    code, *parts = words.split("|", 4)
    if code == "LOA-TOO-LONG":
        param, percent, smallest, text = parts
        return TooLong(param, text, int(percent), float(smallest))
    return Undrawable(words)


def _unescape(quoted: str) -> str:
    """Undo the escapes of Typst's string literals."""
    plain = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda code: chr(int(code[1], 16)), quoted)
    return re.sub(r"\\(.)", lambda mark: {"n": "\n", "r": "\r", "t": "\t"}.get(mark[1], mark[1]), plain)
