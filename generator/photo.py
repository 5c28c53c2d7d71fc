"""Look at a picture file's header before anything decodes it, and make web copies without its hidden data.

Comes in: a confined path. Goes out: facts (type, pixels) or a UserError; clean bytes. The raster room: the only door to
Pillow besides `preflight` and `render.press`. Called by `project` and the site.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from generator.errors import Place, Problem, UserError

#: Limits of the reliability rules: 30 MB on disk, 50 million pixels.
MAX_BYTES = 30 * 1000 * 1000
MAX_PIXELS = 50 * 1000 * 1000
TYPES = {"JPEG": "jpg", "PNG": "png"}
JPEG_QUALITY = 82


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
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=list(TYPES)) as picture:
                kind, (width, height) = str(picture.format), picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
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
    return PhotoFacts(TYPES[kind], width, height)


def make_web_copy(path: Path, longest_px: int) -> bytes:
    """Return a JPEG of at most `longest_px` on its longer side, turned upright, without EXIF, GPS or profile."""
    with Image.open(path, formats=list(TYPES)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((longest_px, longest_px))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def _refuse(place: Place, wrong: str, remedy: str) -> UserError:
    return UserError([Problem(place, wrong, remedy)])
