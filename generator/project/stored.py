"""Judge the files that go to the website as they are: what they are called, what they are, how much they weigh.

Comes in: a confined path. Goes out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.decode import look_at
from generator.errors import Place, Problem, UserError

#: Nothing that a browser would run, by the ending of the name; such a file has one of these near its beginning. What
#: portals of law call .doc is often RTF.
STORED = {
    ".pdf": (b"%PDF-",),
    ".doc": (b"\xd0\xcf\x11\xe0", b"{\\rtf"),
    ".docx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
}
#: So far in may the mark of a PDF stand (ISO 32000-1, annex H, note 13).
HEAD = 1024
#: A scan of 100 pages at 150 dots an inch has about 20 MB; phones on mobile data open these files.
MAX_BYTES = 50 * 1000 * 1000
SMALLER = "Quét lại ở 150 điểm/inch hoặc lưu lại cho nhỏ hơn; hoặc bỏ tệp và chỉ ghi số, ký hiệu của văn bản."


def check_stored(path: Path, place: Place) -> Iterator[Problem]:
    """Yield what is wrong with a stored copy: its ending, a content that is something else, more than 50 MB."""
    marks = STORED.get(path.suffix.lower())
    if marks is None:
        allowed = ", ".join(sorted(STORED))
        yield Problem(place, f"bản lưu “{path.name}” không phải tệp văn bản", f"Chỉ nhận: {allowed}.")
        return
    try:
        size = look_at(path, place).st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
    except UserError as error:
        yield from error.problems
        return
    if size > MAX_BYTES:
        yield Problem(place, f"tệp “{path.name}” nặng {size / 1e6:.0f} MB, nhiều nhất là 50 MB", SMALLER)
    elif not any(mark in head for mark in marks):
        wrong = f"nội dung của “{path.name}” không phải của tệp {path.suffix.lower()}"
        yield Problem(place, wrong, "Mở tệp gốc rồi lưu lại đúng dạng ấy; đổi đuôi tệp là chưa đủ.")
