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
            yield picture
