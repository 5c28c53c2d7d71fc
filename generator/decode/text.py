"""Bytes of a file that people wrote → NFC text, or a UserError that says which old encoding it is in.

Comes in: a path inside the project. Goes out: text.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from generator.decode.files import look_at, read_file
from generator.errors import Place, Problem, UserError
from generator.garbled import RETYPE, find_garbled
from generator.unseen import strip_unseen

#: Larger files are refused before reading (1 MiB: the longest text of the project has 60 kB).
MAX_BYTES = 1 << 20
#: Control characters, halves of pairs, line separators, letters of private use (Unicode: Cc, Cs, Zl, Zp, Co) and
#: what is no letter at all: no one types them.
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")
#: Signs of the Symbol and Wingdings faces, which Word and PDF hand out as private letters.
SIGNS = ("\ue000", "\uf8ff")
#: The mark at the head of UTF-8, read in Windows-1252.
BROKEN_MARK = "\u00ef\u00bb\u00bf"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: First bytes of Word files: .docx (a zip) and .doc.
WORD_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
SAVE_AS_UTF8 = "Mở tệp bằng Notepad, chọn Tệp → Lưu dưới dạng, ô Mã hóa chọn UTF-8 rồi lưu lại."
WRITE_PLAIN = "Chép nội dung sang Notepad rồi lưu đè lên tệp này, ô Mã hóa chọn UTF-8."
TYPE_AGAIN = "Xóa cả dòng rồi gõ lại bằng tay, không dán."
NO_SIGNS = "Đầu mục thì gõ “- ” (gạch ngang của bàn phím); ký hiệu khác thì xóa hoặc viết bằng chữ."


def read_text(path: Path, place: Place) -> str:
    """Return the file's text in NFC with `\\n` line ends; raises UserError for size, encoding or control characters."""
    if look_at(path, place).st_size > MAX_BYTES:
        raise UserError([Problem(place, "tệp lớn hơn 1 MiB", "Chia nội dung thành nhiều tệp nhỏ hơn.")])
    return decode(read_file(path, place), place)


def decode(raw: bytes, place: Place) -> str:
    """Return NFC text from bytes; raises UserError naming UTF-16, old and broken encodings, control characters."""
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
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix(BROKEN_MARK)
    if problems := find_garbled(text, place.path):
        raise UserError(problems)
    _refuse_odd_letters(text, place)
    return strip_unseen(text)


def _refuse_odd_letters(text: str, place: Place) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if odd := ODD.search(line):
            place = Place(place.path, number, odd.end())
            if SIGNS[0] <= odd[0] <= SIGNS[1]:
                wrong = f"có một ký hiệu của phông Symbol hoặc Wingdings (U+{ord(odd[0]):04X}), nơi khác không hiện ra"
                raise UserError([Problem(place, wrong, NO_SIGNS)])
            raise UserError([Problem(place, "có một ký tự ẩn, không phải chữ, ở chỗ này", TYPE_AGAIN)])
