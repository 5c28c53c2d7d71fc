"""Marks that nobody sees and spaces that look like one, as pasting brings them along: taken away, with nothing lost.

Comes in: any text. Goes out: the same words. Called by `decode` for whole files and by `source` for what an escape
made.
"""

from __future__ import annotations

import re
import unicodedata

#: Fixed, thin, wide and blank signs of every script: read as a space (Unicode: Zs, and what is drawn as nothing).
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]")
#: Zero-width and direction marks, soft hyphens, tags, Word's stand-in for an object, marks that choose a variant.
MARKS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
#: What emoji are put together with, between or after pictures.
PICTURE = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
_IN_EMOJI = re.compile(
    f"(?<={PICTURE})\ufe0f|(?<=[#*0-9])\ufe0f(?=\u20e3)|(?:(?<={PICTURE})|(?<=\ufe0f))\u200d(?={PICTURE})"
)
#: Hyphens of other widths, which few faces have.
HYPHENS = re.compile("[\u2010\u2011]")
#: What NFC left apart.
_COMBINING = re.compile("[\u0300-\u0309]")
#: A tone typed before the shape of its letter (a, ´, ^): NFC would leave both apart.
TONE_BEFORE_SHAPE = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")


def strip_unseen(text: str) -> str:
    """Return the text in NFC without unseen marks, every space a plain one; emoji keep what they are made of."""
    text = unicodedata.normalize("NFC", text)
    if not any(pattern.search(text) for pattern in (MARKS, SPACES, HYPHENS, _COMBINING)):
        return text
    kept = {found.start() for found in _IN_EMOJI.finditer(text)}
    text = MARKS.sub(lambda found: found[0] if found.start() in kept else "", text)
    text = HYPHENS.sub("-", SPACES.sub(" ", text))
    apart = TONE_BEFORE_SHAPE.sub(r"\2\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", apart)
