"""Plain names: what files, folders, addresses and anchors are called. a-z, 0-9 and single hyphens, đ as d.

Comes in: any words. Goes out: the plain name nearest to them.
"""

from __future__ import annotations

import re
import unicodedata

PLAIN_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_plain_name(name: str) -> bool:
    """Tell whether a name can be a file and an address: a-z, 0-9 and single hyphens."""
    return PLAIN_NAME.fullmatch(name) is not None


def make_plain(name: str) -> str:
    """Return the plain name nearest to `name`."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", letters)) or "ten-moi"
