"""Draw a piece with Typst: the only door to the typst package.

Comes in: a kind (a folder of theme/materials), the piece's JSON document, its logo, a format. Goes out: the bytes of a
PDF or of one PNG per page, or a DrawError that says what to change. `workshop` calls it; one Typesetter per process,
never shared between threads (the Typst compiler forbids it).
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import typst

from generator.errors import shorten

Format = Literal["pdf", "png"]
PANIC = "panicked with: "
#: What theme/shared and theme/materials refuse with, in the staff's words; {0}, {1} stand for what the panic names.
REFUSALS = {
    "LOA-NO-ART": (
        "không có hình vẽ “{0}” trong theme/art",
        "sửa mã hình ở mục art, hoặc bỏ dòng ấy để dùng hình chính",
    ),
    "LOA-EMPTY": ("mục “{0}” không có chữ nào", "điền chữ vào mục “{0}”"),
    "LOA-QR": ("mã QR chỉ rộng {0} mm, phải từ {1} mm trở lên điện thoại mới quét được", "chọn khổ lớn hơn"),
    "LOA-LINES": (
        "câu “{0}” không xếp được vào đúng các dòng đã tính (dấu / là chỗ xuống dòng)",
        "đổi vài chữ trong câu; nếu vẫn vậy, báo cho người phụ trách khuôn mẫu (theme/materials)",
    ),
    "LOA-SAYS": ("{0}", "{1}"),
}
#: Words that do not come from the entry in the campaign but from elsewhere: parameter → what it is and where it is written.
ELSEWHERE = {
    "organisation": "tên đơn vị (name, short_name, superior trong campaigns/organisation.yml)",
    "short_url": "địa chỉ trang web (site trong campaigns/organisation.yml)",
    "campaign": "tên ngắn của chiến dịch (short_name)",
}
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
        what = ELSEWHERE.get(self.param, f"mục “{self.param}”")
        words = f"“{shorten(self.text)}”" if self.text else what
        return (
            f"{words} dài quá khoảng {self.by_percent} %, không vừa khổ này với cỡ chữ nhỏ nhất được phép ({figure} mm)",
            f"Rút ngắn {what}, hoặc chọn khổ lớn hơn",
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


class Refused(DrawError):
    """Anything that the templates refuse by a code of REFUSALS, with the values that its sentence names."""

    def __init__(self, code: str, values: Sequence[str]) -> None:
        super().__init__("|".join([code, *values]))
        self.code, self.values = code, tuple(values)

    def explain(self) -> tuple[str, str]:
        """Return (what is wrong, what to do), both in Vietnamese."""
        wrong, remedy = REFUSALS[self.code]
        values = [value.replace(".", ",") if value.replace(".", "").isdigit() else value for value in self.values]
        return wrong.format(*values), remedy.format(*values)


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


def read_error(message: str, diagnostic: str) -> DrawError:
    """Return the DrawError that Typst's message stands for; panics of theme/shared start with `LOA-`."""
    if message.startswith(PANIC):
        return _read_panic(message.removeprefix(PANIC))
    missing = MISSING.search(message)
    if missing:
        return MissingGlyph(_unescape(missing[1]))
    return Undrawable(diagnostic.strip() or message)


def _read_panic(words: str) -> DrawError:
    code, _, rest = words.partition("|")
    if code == "LOA-TOO-LONG":
        param, percent, smallest, text = rest.split("|", 3)
        return TooLong(param, text, int(percent), float(smallest))
    if code in REFUSALS:
        return Refused(code, rest.split("|"))
    return Undrawable(words)


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


def _unescape(quoted: str) -> str:
    """Undo the escapes of Typst's string literals."""
    plain = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda code: chr(int(code[1], 16)), quoted)
    return re.sub(r"\\(.)", lambda mark: {"n": "\n", "r": "\r", "t": "\t"}.get(mark[1], mark[1]), plain)
