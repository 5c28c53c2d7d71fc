"""Show a finished PDF as small pictures for the materials library.

Comes in: PDF bytes. Goes out: one WebP per page. Called by `workshop`.
"""

from __future__ import annotations

import io

import pypdfium2

#: Longest side of a library picture in pixels: sharp on a phone at full width.
LONGEST_PX = 960
WEBP_QUALITY = 80


def make_thumbnails(pdf: bytes) -> tuple[bytes, ...]:
    """Return a WebP of every page, longest side LONGEST_PX."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_picture(page) for page in document)
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage) -> bytes:
    width, height = page.get_size()
    picture = page.render(scale=LONGEST_PX / max(width, height)).to_pil()
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "WEBP", quality=WEBP_QUALITY, method=2)
    return buffer.getvalue()
