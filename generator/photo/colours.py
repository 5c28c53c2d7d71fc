"""Whatever way a picture holds its colours → plain 8-bit channels → sRGB.

Comes in: an open picture. Goes out: RGB, or RGBA where parts of it are clear. What phones, scanners, designers and
office programs make: palettes, 1 and 16 bits, grey, clear grounds, CMYK, and profiles of every kind.
"""

from __future__ import annotations

import io

from PIL import Image, ImageCms

#: Pillow's name for 16 bits of grey, and the table that keeps the upper eight.
DEEP_GREY = "I;16"
UPPER_BITS = [value >> 8 for value in range(1 << 16)]
CLEAR = {"LA", "PA", "RGBA"}
#: What the colours of a profile are called, here and in Pillow.
SPACES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
BROKEN_PROFILE = (OSError, ValueError, TypeError, AttributeError, ImageCms.PyCMSError)


def make_plain(picture: Image.Image) -> Image.Image:
    """Return the picture as L, LA, RGB, RGBA or CMYK of eight bits a channel, its colours as they are."""
    if picture.mode == DEEP_GREY:
        return _lower(picture)
    if picture.mode == "CMYK":
        return picture
    is_clear = picture.mode in CLEAR or "transparency" in picture.info
    mode = ("L" if picture.mode in ("1", "L", "LA") else "RGB") + ("A" if is_clear else "")
    return picture if picture.mode == mode else picture.convert(mode)


def _lower(picture: Image.Image) -> Image.Image:
    """Return 16 bits of grey as eight, a colour that stands for clear as alpha."""
    deep = picture.convert("I")
    grey = deep.point(UPPER_BITS, "L")
    clear = picture.info.get("transparency")
    if not isinstance(clear, int):
        return grey
    return Image.merge("LA", (grey, deep.point([0 if value == clear else 255 for value in range(1 << 16)], "L")))


def make_srgb(plain: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a plain picture in sRGB, RGB or RGBA; a profile that is broken or of other colours says nothing."""
    alpha = plain.getchannel("A") if plain.mode in CLEAR else None
    colours = plain.convert(plain.mode.removesuffix("A"))
    seen = (_convert(colours, profile) if profile else None) or colours.convert("RGB")
    if alpha:
        seen.putalpha(alpha)
    return seen


def _convert(colours: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = SPACES.get(source.profile.xcolor_space.strip())
        if colours.mode == "L" and mode == "RGB":  # a photo made grey keeps the profile of its colours
            colours = colours.convert("RGB")
        if colours.mode != mode:
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return ImageCms.applyTransform(colours, transform)
    except BROKEN_PROFILE:
        return None
