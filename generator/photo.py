"""Look at a picture file's header before anything decodes it, and make web copies without its hidden data.

Comes in: a confined path. Goes out: facts (type, pixels) or a UserError; clean bytes. The raster room: the only door to
Pillow besides `preflight` and `render.press`.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from generator.errors import Place, Problem, UserError

#: Limits against files that eat the memory: 30 MB on disk, 50 million pixels; phones make 12 MB and 48 million.
MAX_BYTES = 30 * 1000 * 1000
MAX_PIXELS = 50 * 1000 * 1000
#: By content. MPO is a JPEG with a second picture inside: what many phones write.
TYPES = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png"}
OPENERS = ("JPEG", "PNG")
#: A JPEG is read at an eighth of its size to see whether it is whole.
PROBE = (64, 64)
JPEG_QUALITY = 82
#: What Pillow raises for damaged files.
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    Image.DecompressionBombError,
)


@dataclass(frozen=True)
class PhotoFacts:
    """What a picture's header says: type by content, width and height in pixels."""

    type: str
    width_px: int
    height_px: int


def read_photo(path: Path, place: Place) -> PhotoFacts:
    """Return the header facts of a JPEG or PNG. Raises UserError for other types, > 30 MB or > 50 megapixels."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _refuse(
            place,
            f"ảnh “{path.name}” nặng {size / 1e6:.0f} MB, nhiều nhất là 30 MB",
            "Thu nhỏ ảnh (mở bằng Paint hoặc Photos, chọn Đổi kích thước) rồi lưu lại.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=OPENERS) as picture:
                kind, (width, height) = str(picture.format), picture.size
    except UNREADABLE:
        raise _refuse(
            place,
            f"“{path.name}” không phải ảnh JPG hoặc PNG",
            "Mở ảnh rồi lưu lại dưới dạng JPG hoặc PNG; đổi đuôi tệp là chưa đủ.",
        ) from None
    if width * height > MAX_PIXELS:
        raise _refuse(
            place,
            f"ảnh “{path.name}” có {width * height / 1e6:.0f} triệu điểm ảnh, nhiều nhất là 50 triệu",
            "Thu nhỏ ảnh trước khi dùng, ví dụ còn 6000 × 4000 điểm.",
        )
    if not _is_whole(path):
        raise _refuse(
            place, f"ảnh “{path.name}” bị hỏng hoặc chép chưa xong", "Chép lại ảnh từ máy ảnh hoặc điện thoại."
        )
    return PhotoFacts(TYPES[kind], width, height)


def _is_whole(path: Path) -> bool:
    """Tell whether every line of the picture can be read, after its header was found harmless."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=OPENERS) as picture:
                picture.draft("RGB", PROBE)
                picture.load()
    except UNREADABLE:
        return False
    return True


def make_web_copy(path: Path, longest_px: int) -> bytes:
    """Return a JPEG of at most `longest_px` on its longer side, turned upright, without EXIF, GPS or profile."""
    with Image.open(path, formats=OPENERS) as picture:
        upright = _turn_upright(picture).convert("RGB")
    upright.thumbnail((longest_px, longest_px))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def _turn_upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its EXIF says; a damaged EXIF says nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except UNREADABLE:
        return picture


def make_logo_copy(path: Path, longest_px: int) -> tuple[bytes, int, int]:
    """Return a PNG (RGBA, without empty margins, longer side at most `longest_px`), its width and height in pixels.

    Nothing of the file but its pixels goes on: no profile, text or second picture.
    """
    with Image.open(path, formats=OPENERS) as picture:
        upright = _turn_upright(picture).convert("RGBA")
    inked = upright.crop(upright.getchannel("A").getbbox() or (0, 0, *upright.size))
    inked.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", inked.size)
    clean.paste(inked)
    buffer = io.BytesIO()
    clean.save(buffer, "PNG")
    return buffer.getvalue(), *clean.size


def _refuse(place: Place, wrong: str, remedy: str) -> UserError:
    return UserError([Problem(place, wrong, remedy)])
