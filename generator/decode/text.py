"""Bytes of a file that people wrote → NFC text, or a UserError that says which old encoding it is in.

Comes in: a path inside the project. Goes out: text.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from generator.decode.files import look_at, read_file
from generator.errors import Place, Problem, UserError

#: Larger files are refused before reading (1 MiB: the longest text of the project has 60 kB).
MAX_BYTES = 1 << 20
#: Letters that TCVN3 text shows when it is pasted as Unicode; Vietnamese and our own typography never use them.
TCVN3_LETTERS = frozenset("µ¸¶¹®¬¨ª«©¼½¾ÆÇËÎÏÑÖØÜßäåæçëîïñöøûþÿ")
#: A line that holds one of these is real Unicode Vietnamese.
UNICODE_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
#: Control characters, halves of pairs and line separators (Unicode: Cc, Cs, Zl, Zp): no one types them.
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: So many TCVN3 letters in lines without Unicode Vietnamese mean an old font; fewer may be a foreign name or “µm”.
TCVN3_ENOUGH = 3
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: First bytes of Word files: .docx (a zip) and .doc.
WORD_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
#: What copying from Word, Zalo or a web page brings along unseen: fixed spaces become spaces, zero-width marks go.
UNSEEN = {0xA0: " ", 0x202F: " ", 0x200B: None, 0x2060: None, 0xFEFF: None, 0xAD: None}
SAVE_AS_UTF8 = "Mở tệp bằng Notepad, chọn Tệp → Lưu dưới dạng, ô Mã hóa chọn UTF-8 rồi lưu lại."
WRITE_PLAIN = "Chép nội dung sang Notepad rồi lưu đè lên tệp này, ô Mã hóa chọn UTF-8."
TYPE_AGAIN = "Xóa cả dòng rồi gõ lại bằng tay, không dán."
RETYPE = "Chuyển văn bản sang Unicode (bằng UniKey: Công cụ → Chuyển mã, TCVN3 hoặc VNI → Unicode) rồi lưu dạng UTF-8."


def read_text(path: Path, place: Place) -> str:
    """Return the file's text in NFC with `\\n` line ends; raises UserError for size, encoding or control characters."""
    if look_at(path, place).st_size > MAX_BYTES:
        raise UserError([Problem(place, "tệp lớn hơn 1 MiB", "Chia nội dung thành nhiều tệp nhỏ hơn.")])
    return decode(read_file(path, place), place)


def decode(raw: bytes, place: Place) -> str:
    """Return NFC text from bytes; raises UserError naming UTF-16, TCVN3/VNI, other encodings, NUL and control bytes."""
    if raw.startswith(WORD_MARKS):
        raise UserError([Problem(place, "đây là tệp Word, không phải tệp chữ thường", WRITE_PLAIN)])
    if raw.startswith(UTF16_MARKS) or b"\0" in raw:
        raise UserError([Problem(place, "tệp được lưu bằng mã UTF-16, không phải UTF-8", SAVE_AS_UTF8)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UserError(
            [
                Problem(
                    Place(place.path, line),
                    "tệp không phải Unicode UTF-8 (có thể là bảng mã cũ TCVN3, VNI hoặc Windows-1258)",
                    RETYPE,
                )
            ]
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_odd_letters(text, place)
    return unicodedata.normalize("NFC", text.translate(UNSEEN))


def _refuse_odd_letters(text: str, place: Place) -> None:
    old_lines: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if odd := ODD.search(line):
            place = Place(place.path, number, odd.end())
            raise UserError([Problem(place, "có một ký tự ẩn, không phải chữ, ở chỗ này", TYPE_AGAIN)])
        if not UNICODE_VIETNAMESE.search(unicodedata.normalize("NFC", line)):
            old_lines += [number] * sum(letter in TCVN3_LETTERS for letter in line)
    if len(old_lines) >= TCVN3_ENOUGH:
        place = Place(place.path, old_lines[0])
        raise UserError([Problem(place, "chữ ở dòng này là mã cũ (phông .VnTime hoặc VNI)", RETYPE)])
