"""Make a QR code: the only door to segno.

Comes in: an address. Goes out: rows of 0 and 1 for the print document's `qr` (theme/shared/qr.typ draws them), or a
PNG for office documents.
"""

from __future__ import annotations

import io

import segno

#: Pixels a module: 49 modules on 26 mm come to about 380 pixels an inch.
MODULE_PX = 8
#: Modules of white round the code (ISO/IEC 18004).
QUIET = 4


def make_qr(url: str) -> list[str]:
    """Return the rows of the QR code of `url` ("1" dark), without quiet zone; [] for an empty address.

    Level M (ISO/IEC 18004: 15 % may be lost): enough for a smudged leaflet, and the modules stay large.
    """
    return ["".join("1" if module else "0" for module in row) for row in _code(url).matrix] if url else []


def make_qr_picture(url: str) -> bytes:
    """Return the QR code of `url` as a black and white PNG with its quiet zone."""
    picture = io.BytesIO()
    _code(url).save(picture, kind="png", scale=MODULE_PX, border=QUIET)
    return picture.getvalue()


def _code(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False, boost_error=False)
