"""Show a finished piece as small pictures, for the materials library and the contact sheet.

Comes in: PDF bytes, or a picture. Goes out: small pictures.
"""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

#: Longest side of a library picture in pixels: the first page is sharp on a phone at full width; the others stand by.
LONGEST_PX, OTHERS_PX = 960, 640
WEBP_QUALITY = 80
#: 0 to 6; measured on 77 pages: 0 takes 14 ms a page and 80 kB, 2 takes 20 and 66, 4 takes 40 and 64.
WEBP_EFFORT = 0
JPEG_QUALITY = 85


def shrink(picture: bytes, height_px: int) -> tuple[bytes, int, int]:
    """Return a JPEG of `picture` at most `height_px` high, with its width and height in pixels: PDFs keep it as it
    is.
    """
    with Image.open(io.BytesIO(picture), formats=["PNG", "WEBP"]) as opened:
        small = opened.convert("RGB")
    small.thumbnail((LONGEST_PX, height_px))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue(), small.width, small.height


def make_thumbnails(pdf: bytes) -> tuple[bytes, ...]:
    """Return a WebP of every page, the longest side of the first LONGEST_PX, of the others OTHERS_PX."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_picture(page, OTHERS_PX if number else LONGEST_PX) for number, page in enumerate(document))
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage, longest_px: int) -> bytes:
    width, height = page.get_size()
    # In the order of bytes that Pillow wants: turning them round would cost as much as drawing.
    drawn = page.render(scale=longest_px / max(width, height), rev_byteorder=True)
    buffer = io.BytesIO()
    drawn.to_pil().save(buffer, "WEBP", quality=WEBP_QUALITY, method=WEBP_EFFORT)
    return buffer.getvalue()
