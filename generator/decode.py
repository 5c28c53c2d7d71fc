"""Bytes of a file that people wrote → NFC text, or a UserError that says which old encoding it is in.

Comes in: a path inside the project. Goes out: text. Called by `source`.
"""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path, PureWindowsPath

from generator.errors import Place, Problem, UserError

#: Larger files are refused before reading (reliability rule: 1 MiB).
MAX_BYTES = 1 << 20
#: Letters that TCVN3 text shows when it is opened as Latin-1 or pasted; Vietnamese and our own typography never use them.
TCVN3_LETTERS = frozenset("µ¸¶¹®¬¨ª¼½¾ÆÇËÎÏÑÖØÜßäåæçëîïñöøûþÿ")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS_UTF8 = "Mở tệp bằng Notepad, chọn Tệp → Lưu dưới dạng, ô Mã hóa chọn UTF-8 rồi lưu lại."
RETYPE = "Chuyển văn bản sang Unicode (bằng UniKey: Công cụ → Chuyển mã, TCVN3 hoặc VNI → Unicode) rồi lưu dạng UTF-8."


def safe_path(root: Path, written: str, place: Place) -> Path:
    """Return the real path of a file that people name, confined to `root` (no links, drives, `..` or NUL).

    Raises UserError with `place` when the path leaves the project, is a link, or does not exist.
    """
    reference = unicodedata.normalize("NFC", written)
    parts = reference.replace("\\", "/").split("/")
    looks_foreign = PureWindowsPath(reference).drive or reference.startswith(("/", "\\")) or "\0" in reference
    if looks_foreign or ".." in parts:
        raise UserError([Problem(place, f"đường dẫn “{written}” ra ngoài thư mục dự án",
                                 "Chép tệp vào thư mục của chiến dịch rồi ghi tên tệp, ví dụ photos/anh-1.jpg.")])  # fmt: skip
    path = root.joinpath(*parts)
    refuse_links(root, path, place)
    if not path.is_file():
        raise UserError([Problem(place, f"không tìm thấy tệp “{written}”",
                                 f"Đặt tệp vào thư mục {root.name}/ hoặc sửa lại tên cho khớp (cả đuôi .jpg, .png).")])  # fmt: skip
    return path


def refuse_links(root: Path, path: Path, place: Place) -> None:
    """Raise UserError when any step from `root` to `path` is a symbolic link."""
    step = path
    while step != root and root in step.parents:
        if step.is_symlink():
            raise UserError([Problem(place, f"“{step.name}” là liên kết (symlink), không phải tệp thật",
                                     "Xóa liên kết và chép tệp thật vào chỗ đó.")])  # fmt: skip
        step = step.parent


def read_text(path: Path, place: Place) -> str:
    """Return the file's text in NFC with `\\n` line ends; raises UserError for size, encoding or control characters."""
    if path.stat().st_size > MAX_BYTES:
        raise UserError([Problem(place, "tệp lớn hơn 1 MiB", "Chia nội dung thành nhiều tệp nhỏ hơn.")])
    return decode(path.read_bytes(), place)


def decode(raw: bytes, place: Place) -> str:
    """Return NFC text from bytes; raises UserError naming UTF-16, TCVN3/VNI, other encodings, NUL and control bytes."""
    if raw.startswith(UTF16_MARKS):
        raise UserError([Problem(place, "tệp được lưu bằng mã UTF-16", SAVE_AS_UTF8)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UserError([Problem(Place(place.path, line),
                                 "tệp không phải Unicode UTF-8 (có thể là bảng mã cũ TCVN3, VNI hoặc Windows-1258)",
                                 RETYPE)]) from None  # fmt: skip
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_odd_letters(text, place)
    return unicodedata.normalize("NFC", text)


def _refuse_odd_letters(text: str, place: Place) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        odd = next((c for c in line if unicodedata.category(c) in ("Cc", "Cs") and c != "\t"), None)
        if odd is not None:
            raise UserError([Problem(Place(place.path, number), f"có ký tự điều khiển lạ (mã {ord(odd):#04x})",
                                     "Xóa chỗ đó và gõ lại bằng tay.")])  # fmt: skip
        if sum(c in TCVN3_LETTERS for c in line) >= 3:
            raise UserError([Problem(Place(place.path, number), "chữ ở dòng này có vẻ là mã cũ TCVN3 (phông .VnTime)",
                                     RETYPE)])  # fmt: skip
