"""Recognise what computers make when people copy: “x - Copy”, “x (2)”, “Bản sao của x”, “x.yml.txt”.

Comes in: a file's or folder's name. Goes out: the name it was copied from. A backup is no second campaign: it is sent out
of the project, never given a name of its own.
"""

from __future__ import annotations

import re
import unicodedata

from generator.errors import Place, Problem

#: Explorer in English and Vietnamese, browsers, drives in the cloud, macOS, Linux desktops; then names made plain.
COPIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<name>.+?)(?: - (?:copy|sao chép|bản sao)(?: ?\(\d+\))?)+",
        r"(?P<name>.+?) \((?:(?:another|\d+\w\w) )?copy\)",
        r"(?P<name>.+?) \((?:bản sao|sao chép)(?: \d+)?\)",
        r"(?P<name>.+?) ?\(\d+\)",
        r"(?P<name>.+?) (?:copy|bản sao)(?: \d+)?",
        r"(?:copy|bản sao)(?: \(\d+\))? (?:of|của) (?P<name>.+)",
        r"(?P<name>.+?)[-_](?:copy|ban-sao|sao-chep)(?:-\d+)?",
    )
)
NOTEPAD = ".txt"
KEPT = "Nếu là bản lưu, chuyển {what} ra ngoài dự án; {else_}."
NEW = {"thư mục": "muốn làm chiến dịch mới thì dùng “loa new”", "tệp": "nếu là bài mới, đặt một tên chưa có"}


def find_original(name: str) -> str:
    """Return the name, without its ending, that a copy was made from; nothing when the name is no copy's."""
    plain = unicodedata.normalize("NFC", name)
    found = next((match for pattern in COPIES if (match := pattern.fullmatch(plain))), None)
    return (find_original(found["name"]) or found["name"]) if found else ""


def find_original_file(name: str) -> str:
    """Return the name of the file that a file was copied from; nothing when the name is no copy's."""
    shorter = name[: -len(NOTEPAD)]
    if name.lower().endswith(NOTEPAD) and "." in shorter:
        return find_original_file(shorter) or shorter
    stem, dot, ending = name.rpartition(".")
    original = find_original(stem)
    return f"{original}{dot}{ending}" if original else ""


def tell_copy(what: str, name: str, original: str, place: Place) -> Problem:
    """Return that a file or folder (`what`) is a copy, and where to put it."""
    wrong = f"{what} “{name}” có vẻ là bản sao của “{original}” do máy tạo ra khi chép"
    return Problem(place, wrong, KEPT.format(what=what, else_=NEW[what]))


def tell_unread_copy(original: str, place: Place) -> Problem:
    """Return the warning of a copy that nothing reads."""
    wrong = f"có vẻ là bản sao của “{original}”, không được đọc"
    remedy = KEPT.format(what="tệp", else_=f"nếu đây mới là bản đúng, xóa “{original}” rồi lấy tên ấy")
    return Problem(place, wrong, remedy, is_warning=True)
