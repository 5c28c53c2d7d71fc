"""Say why Typst refused a piece, in the staff's words.

Comes in: Typst's message. Goes out: a DrawError that says what is wrong and what to do, in Vietnamese.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence

from generator.errors import shorten

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
#: Words that do not come from the entry in the campaign but from elsewhere: parameter → what it is and where it is
#: written.
ELSEWHERE = {
    "organisation": "tên đơn vị (name, short_name, superior trong campaigns/organisation.yml)",
    "short_url": "địa chỉ trang web (site trong campaigns/organisation.yml)",
    "campaign": "tên ngắn của chiến dịch (short_name)",
}
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class DrawError(Exception, ABC):
    """A piece that cannot be drawn; `explain` says why in the staff's words."""

    @abstractmethod
    def explain(self) -> tuple[str, str]:
        """Return (what is wrong, what to do), both in Vietnamese."""


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
            f"{words} dài quá khoảng {self.by_percent} %, không vừa khổ này với cỡ chữ nhỏ nhất được phép "
            f"({figure} mm)",
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


def _unescape(quoted: str) -> str:
    """Undo the escapes of Typst's string literals."""
    plain = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda code: chr(int(code[1], 16)), quoted)
    return re.sub(r"\\(.)", lambda mark: {"n": "\n", "r": "\r", "t": "\t"}.get(mark[1], mark[1]), plain)
