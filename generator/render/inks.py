"""Put inks in the place of screen colours: every paint its own four inks, every picture those of
`separation`.

Comes in: an open PDF as Typst drew it (sRGB everywhere, each colour the screen value of a paint). Goes out: the same
PDF in DeviceCMYK. A colour that is no paint is an InternalError, never a guess.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from generator.errors import InternalError
from generator.render.separation import separate

#: Four inks in percent for a screen colour such as #00549f.
Inks = Mapping[str, Sequence[float]]
#: Strings (which may hold anything, two pairs of parentheses deep) | a colour as Typst sets it | any other colour
#: operator.
COLOUR = re.compile(
    rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)"
    rb"|/(?P<space>[^\s/<>\[\]()]+)\s+(?:cs|CS)\s+(?P<parts>[\d.\s]+?)\s+(?P<way>scn|SCN)(?=[\s/\[(<]|$)"
    rb"|\s(?P<other>cs|CS|sc|SC|scn|SCN|g|G|rg|RG|k|K|sh|BI)(?=[\s/\[(<]|$)",
    re.DOTALL,
)
#: Typst writes a part of a colour as n/255 in eight digits.
ROUNDING = 0.01
DEEPEST_FORM = 12
#: What Pillow calls a picture of so many channels.
MODES: dict[int, Literal["L", "RGB"]] = {1: "L", 3: "RGB"}
#: Between the quickest and the smallest that zlib does.
LEVEL = 3


def put_inks(press: pikepdf.Pdf, inks: Inks, profile: bytes) -> None:
    """Change colours and pictures of all pages, in place. Raises InternalError for a colour that is no paint."""
    drawn = {holder.objgen: holder for page in press.pages for holder in _holders(page.obj)}
    for holder in drawn.values():
        if holder.get("/Subtype") == Name.Image:
            _separate(holder, profile)
            continue
        content = pikepdf.Page(holder).Contents if holder.get("/Type") == Name.Page else holder
        content.write(_change(content.read_bytes(), _channels(holder), inks), filter=Name.FlateDecode)
    for holder in drawn.values():
        if "/ColorSpace" in holder.get("/Resources", Dictionary()):
            del holder.Resources[Name.ColorSpace]


def _holders(holder: pikepdf.Object, depth: int = 0) -> Iterator[pikepdf.Object]:
    """Yield a page and the forms and pictures that it draws; stencils have no colour of their own."""
    yield holder
    drawn = holder.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for inner in drawn.values() if depth < DEEPEST_FORM else ():
        if inner.get("/Subtype") != Name.Image:
            yield from _holders(inner, depth + 1)
        elif not inner.get("/ImageMask", False):
            yield inner


def _channels(holder: pikepdf.Object) -> dict[bytes, int]:
    """Return how many parts a colour has in each of the named spaces; 0: not a space of screens."""
    spaces = holder.get("/Resources", Dictionary()).get("/ColorSpace", Dictionary())
    return {
        str(name).lstrip("/").encode("latin-1"): int(space[1].get("/N", 0))
        if isinstance(space, Array) and space[0] == Name.ICCBased
        else 0
        for name, space in spaces.items()
    }


def _change(content: bytes, channels: Mapping[bytes, int], inks: Inks) -> bytes:
    """Return the content stream with `0 0 0 1 k` for `/c0 cs 0.1 0.1 0.1 scn`; strings stay as they are."""
    known: dict[bytes, bytes] = {}

    def put(match: re.Match[bytes]) -> bytes:
        found = match[0]
        if match["other"]:
            raise InternalError(f"a colour set by the operator {match['other'].decode()} is no paint")
        if not match["way"]:
            return found
        if found not in known:
            hexed = _read_hex(match["parts"].split(), channels.get(match["space"], 0))
            if hexed not in inks:
                raise InternalError(f"the colour {hexed} is no paint of theme/tokens.yml")
            known[found] = _write(inks[hexed], b"k" if match["way"] == b"scn" else b"K")
        return known[found]

    return zlib.compress(COLOUR.sub(put, content), LEVEL)


def _read_hex(parts: Sequence[bytes], channels: int) -> str:
    """Return #rrggbb, or the numbers themselves when they are no colour of a screen in eight bits."""
    values = [255 * float(part) for part in parts]
    is_exact = all(abs(value - round(value)) < ROUNDING for value in values)
    if not is_exact or channels not in (1, 3) or len(values) != channels:
        return b" ".join(parts).decode("latin-1")
    return "#" + "".join(f"{round(value):02x}" for value in values * (3 // channels))


def _write(percent: Sequence[float], operator: bytes) -> bytes:
    # Typst sets a name right behind an operator: `cm/c0 cs`.
    return b" " + b"".join(b"%g " % (ink / 100) for ink in percent) + operator


def _separate(picture: pikepdf.Object, profile: bytes) -> None:
    """Typst writes pictures as 8-bit sRGB: put the inks of the profile instead; the soft mask (alpha) stays.

    Anything else is left as it is, for preflight to refuse.
    """
    space = picture.get("/ColorSpace")
    if not isinstance(space, Array) or space[0] != Name.ICCBased or picture.get("/BitsPerComponent") != 8:
        return
    mode = MODES.get(int(space[1].get("/N", 0)))
    if mode is None:
        return
    size = (int(picture.Width), int(picture.Height))
    picture.write(_pack_inks(mode, size, picture.read_bytes(), profile), filter=Name.FlateDecode)
    picture.ColorSpace = Name.DeviceCMYK


@lru_cache(maxsize=2)
def _pack_inks(mode: Literal["L", "RGB"], size: tuple[int, int], colours: bytes, profile: bytes) -> bytes:
    """Return the packed inks of a picture: nearly every piece carries the same one, the sender's logo."""
    return zlib.compress(separate(Image.frombytes(mode, size, colours).convert("RGB"), profile).tobytes(), LEVEL)
