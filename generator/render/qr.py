"""Make a QR code: the only door to segno.

Comes in: an address. Goes out: rows of 0 and 1 for the print document's `qr`; theme/shared/qr.typ draws them. `build`
calls it for every piece that carries an address.
"""

from __future__ import annotations

import segno


def make_qr(url: str) -> list[str]:
    """Return the rows of the QR code of `url` ("1" dark), without quiet zone; [] for an empty address.

    Level M (ISO/IEC 18004: 15 % may be lost): enough for a smudged leaflet, and the modules stay large.
    """
    if not url:
        return []
    code = segno.make(url, error="m", micro=False, boost_error=False)
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]
