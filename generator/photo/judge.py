"""Look at a picture's first bytes and header before anything decodes it, and refuse what would hurt or look wrong.

Comes in: a confined path. Goes out: facts (type, pixels) or a UserError that says what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from generator.decode import look_at, read_file
from generator.errors import Place, Problem, UserError
from generator.photo.opener import UNREADABLE, open_picture
from generator.photo.sorts import TAKEN, name_sort

#: How the name of a picture may end; what it is, its content says.
ENDINGS = (".jpg", ".jpeg", ".png")
#: By content. MPO is a JPEG with a second picture inside: what many phones write.
TYPES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png"}
#: Limits against files that eat the memory: 30 MB on disk, 50 million pixels (phones make 12 MB and 48 million),
#: 30,000 on the longer side: a strip of one pixel costs as much as a square.
MAX_BYTES, MAX_PIXELS, MAX_SIDE = 30 * 1000 * 1000, 50 * 1000 * 1000, 30_000
#: Passes over a progressive JPEG, each over all its pixels: 14 are many, a hostile file has thousands.
MAX_SCANS = 100
#: The next marker of a JPEG that is no part of packed pixels (FF 00, restarts).
MARKER = re.compile(rb"\xff([\xc0-\xcf\xd9-\xfe])")
END_OF_PICTURE, START_OF_SCAN = 0xD9, 0xDA
#: A JPEG is read at an eighth of its size to see whether it is whole.
PROBE = (64, 64)
SAVE_AGAIN = "Mở ảnh rồi lưu lại dưới dạng JPG hoặc PNG; đổi đuôi tệp là chưa đủ."
MAKE_SMALLER = "Thu nhỏ ảnh trước khi dùng, ví dụ còn 6000 × 4000 điểm."


@dataclass(frozen=True)
class PhotoFacts:
    """What a picture's header says: type by content, width and height in pixels."""

    type: str
    width_px: int
    height_px: int


def read_photo(path: Path, place: Place) -> PhotoFacts:
    """Return the header facts of a JPEG or PNG that can be copied. Raises UserError.

    Refused: other types, names that end otherwise, > 30 MB, > 50 megapixels, > 30,000 pixels long, > 100 scans,
    damaged or cut off.
    """
    name = path.name
    size = look_at(path, place).st_size
    if size > MAX_BYTES:
        raise _refuse(
            place,
            f"ảnh “{name}” nặng {size / 1e6:.0f} MB, nhiều nhất là 30 MB",
            "Thu nhỏ ảnh (mở bằng Paint hoặc Photos, chọn Đổi kích thước) rồi lưu lại.",
        )
    raw = read_file(path, place)
    _check_type(raw, path, place)
    facts = _read_header(raw, name, place)
    scans = count_scans(raw) if raw.startswith(TAKEN[0]) else 1
    if scans > MAX_SCANS:
        raise _refuse(place, f"ảnh “{name}” được nén thành hơn {MAX_SCANS} lớp, mở rất lâu", SAVE_AGAIN)
    if not scans or not _is_whole(raw):
        raise _refuse_damaged(name, place)
    return facts


def _check_type(raw: bytes, path: Path, place: Place) -> None:
    """Refuse by content first, then by name: the name of a picture is its address."""
    if not raw:
        raise _refuse(place, f"tệp ảnh “{path.name}” trống, không có gì bên trong", "Chép lại ảnh từ bản gốc.")
    if not raw.startswith(TAKEN):
        sort = name_sort(raw)
        wrong = f"“{path.name}” không phải ảnh JPG hoặc PNG" + (f" mà là {sort}" if sort else "")
        raise _refuse(place, wrong, SAVE_AGAIN)
    if path.suffix.lower() not in ENDINGS:
        ending = ".jpg" if raw.startswith(TAKEN[0]) else ".png"
        wrong = f"tên tệp ảnh “{path.name}” phải có đuôi {', '.join(ENDINGS)}"
        raise _refuse(
            place, wrong, f"Đổi tên tệp thành “{path.stem.lstrip('.') or 'anh'}{ending}” và ghi lại tên ở đây."
        )


def _read_header(raw: bytes, name: str, place: Place) -> PhotoFacts:
    try:
        with open_picture(raw) as picture:
            kind, (width, height) = str(picture.format), picture.size
    except Image.DecompressionBombError:
        raise _refuse(place, f"ảnh “{name}” có quá nhiều điểm ảnh, nhiều nhất là 50 triệu", MAKE_SMALLER) from None
    except UNREADABLE:
        raise _refuse_damaged(name, place) from None
    if width * height > MAX_PIXELS:
        pixels = f"{width * height / 1e6:.0f} triệu điểm ảnh"
        raise _refuse(place, f"ảnh “{name}” có {pixels}, nhiều nhất là 50 triệu", MAKE_SMALLER)
    if max(width, height) > MAX_SIDE:
        wrong = f"ảnh “{name}” có {_say(width)} × {_say(height)} điểm ảnh, mỗi cạnh nhiều nhất là {_say(MAX_SIDE)}"
        raise _refuse(place, wrong, "Cắt ảnh thành nhiều phần, hoặc thu nhỏ ảnh.")
    return PhotoFacts(TYPES[kind], width, height)


def count_scans(raw: bytes) -> int:
    """Return how many times a JPEG goes over its pixels, one too many at the most; 0 when its end is missing.

    What lies behind the end is not looked at: phones hang films on photos. Where a copy stopped, systems write zeros,
    which Pillow takes for pixels.
    """
    at, scans = len(TAKEN[0]) - 1, 0
    while scans <= MAX_SCANS:
        marker = MARKER.search(raw, at)
        if marker is None:
            return 0
        code = marker[1][0]
        if code == END_OF_PICTURE:
            break
        scans += code == START_OF_SCAN
        at = marker.end() + int.from_bytes(raw[marker.end() : marker.end() + 2])
    return scans


def _is_whole(raw: bytes) -> bool:
    """Tell whether every line of the picture can be read, after its header was found harmless."""
    try:
        with open_picture(raw) as picture:
            picture.draft("RGB", PROBE)
            picture.load()
    except UNREADABLE:
        return False
    return True


def _say(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _refuse_damaged(name: str, place: Place) -> UserError:
    remedy = "Chép lại ảnh từ máy ảnh hoặc điện thoại; vẫn không được thì mở ảnh rồi lưu lại."
    return _refuse(place, f"ảnh “{name}” bị hỏng hoặc chép chưa xong", remedy)


def _refuse(place: Place, wrong: str, remedy: str) -> UserError:
    return UserError([Problem(place, wrong, remedy)])
