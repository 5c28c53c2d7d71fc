"""Open a picture with Pillow: JPEG and PNG only, without its English warnings.

Comes in: bytes that were judged, or are being judged. Goes out: a picture, open for the length of a `with`.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

#: The header of a JPEG with a second picture inside (MPO: what many phones write) is a JPEG's.
OPENERS = ("JPEG", "PNG")
#: Where a PNG says how many bits a channel has.
DEPTH_AT = 24
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
    ZeroDivisionError,
)


@contextmanager
def open_picture(raw: bytes) -> Iterator[Image.Image]:
    """Open the first picture of a file. Raises one of UNREADABLE, now or when it is loaded, or DecompressionBombError
    for absurd sizes.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(raw), formats=OPENERS) as picture:
            if picture.format == "PNG":
                _bring_clear_colour_to_eight_bits(picture, raw[DEPTH_AT])
            yield picture


def _bring_clear_colour_to_eight_bits(picture: Image.Image, depth: int) -> None:
    """Pillow makes eight bits of a PNG's pixels, but leaves the colour that stands for clear in the file's own depth."""
    clear = picture.info.get("transparency")
    if picture.mode == "L" and isinstance(clear, int):
        picture.info["transparency"] = clear * 255 // ((1 << depth) - 1)
    elif picture.mode == "RGB" and isinstance(clear, tuple):
        picture.info["transparency"] = tuple(part >> (depth - 8) for part in clear)
