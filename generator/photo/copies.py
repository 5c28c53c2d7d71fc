"""Copies of judged pictures that hold nothing but their pixels: small, upright, sRGB.

Comes in: a path that `read_photo` found good. Goes out: bytes of a JPEG (website) or a PNG (the logo on pieces).
"""

from __future__ import annotations

import io
from contextlib import suppress
from math import ceil
from pathlib import Path

from PIL import Image, ImageOps

from generator.photo.colours import make_plain, make_srgb
from generator.photo.opener import UNREADABLE, open_picture

JPEG_QUALITY = 82
PAPER = "white"


def make_web_copy(path: Path, longest_px: int) -> bytes:
    """Return a JPEG of at most `longest_px` on its longer side, turned upright, in sRGB, on white where it was clear.

    No EXIF, place of taking, profile or comment goes along. Same file, same bytes.
    """
    with open_picture(path.read_bytes()) as picture:
        share = 2 * longest_px / max(picture.size)
        picture.draft(
            None, (ceil(picture.width * share), ceil(picture.height * share))
        )  # a JPEG need not be read whole
        profile = picture.info.get("icc_profile")
        plain = make_plain(_turn_upright(picture))
    plain.thumbnail((longest_px, longest_px))
    seen = make_srgb(plain, profile)
    clean = Image.new("RGB", seen.size, PAPER)
    clean.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def make_logo_copy(path: Path, longest_px: int) -> tuple[bytes, int, int]:
    """Return a PNG (RGBA, sRGB, without empty margins, longer side at most `longest_px`), its width and height in
    pixels.

    Nothing of the file but its pixels goes on: no profile, text or second picture.
    """
    with open_picture(path.read_bytes()) as picture:
        profile = picture.info.get("icc_profile")
        plain = make_plain(_turn_upright(picture))
    if "A" in plain.mode:
        plain = plain.crop(plain.getchannel("A").getbbox() or (0, 0, *plain.size))
    plain.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", plain.size)
    clean.paste(make_srgb(plain, profile).convert("RGBA"))
    buffer = io.BytesIO()
    clean.save(buffer, "PNG")
    return buffer.getvalue(), *clean.size


def _turn_upright(picture: Image.Image) -> Image.Image:
    """Turn an open picture as its EXIF says and return it; a damaged EXIF says nothing."""
    with suppress(*UNREADABLE):
        ImageOps.exif_transpose(picture, in_place=True)
    return picture
