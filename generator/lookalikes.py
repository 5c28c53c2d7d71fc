"""Letters that look right and are others (Ð for Đ, a Russian а, full-width ０, `&agrave;`) → the right ones, and a
warning for each sort.

Comes in: NFC text of one file. Goes out: the text mended where only one reading is possible, and what is told of it;
where two are possible, problems that say how to write it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice

from generator.errors import Place, Problem, UserError
from generator.unseen import strip_unseen

#: Cyrillic and Greek letters that no reader tells from Latin ones.
TWINS = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіѕјІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXaeopcyxisjISJABEZHIKMNOPTYXo",
)
ETHS = str.maketrans("ÐƉðɖ", "ĐĐđđ")
CARONS = str.maketrans("Ǎǎ", "Ăă")
_TWIN = f"[{''.join(map(chr, TWINS))}]"
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
#: Wide letters and figures, ligatures of PDF, Roman figures and units in one sign, the bold and slanted of social media.
_STYLED = "０-９Ａ-Ｚａ-ｚﬀ-ﬆⅠ-ⅿ℃㎎-㎢㎥\U0001d400-\U0001d7ff"
#: Accents that stand for themselves, as old fonts and dead keys leave them → the mark that belongs on the letter.
ACCENTS = {"`": "\u0300", "ˋ": "\u0300", "´": "\u0301", "ˊ": "\u0301", "˜": "\u0303"}
_LOOSE = re.compile(f"(?<![^\\W\\d_])[^\\W\\d_]*[aăâeêioôơuưyAĂÂEÊIOÔƠUƯY]([{''.join(ACCENTS)}])[^\\W\\d_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: What NFC could not compose.
_MARK = re.compile("[\u0300-\u036f]")
#: A tone on a tone, or a mark on no letter: nothing to be composed.
_STRAY = re.compile(f"(?<=[\u00c0-\u1ef9{_TONES}])[{_TONES}]|(?<![\\w\u0300-\u036f])[\u0300-\u036f]")
#: Places of one sort that are told; and letters before a stray mark that are quoted.
MOST_TOLD, QUOTED = 20, 7


@dataclass(frozen=True)
class _Twin:
    """A sort of letter written as another: the letters, the words that hold them, the words meant, its name."""

    letters: re.Pattern[str]
    words: re.Pattern[str]
    meant: Callable[[str], str]
    what: str


def _decode_entity(found: str) -> str:
    """Return the letter that a web page's code stands for; `&lt;` and the like are needed in Markdown and stay."""
    letter = strip_unseen(unescape(found)) or " "
    return found if letter.isascii() and letter != " " else letter


def _decode_escape(found: str) -> str:
    letter = chr(int(found[2:], 16))
    return letter if letter.isalpha() and not letter.isascii() else found


SORTS = (
    _Twin(
        re.compile("&"),
        re.compile(r"&(?:[A-Za-z]{2,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"),
        _decode_entity,
        "mã của trang web",
    ),
    _Twin(
        re.compile(r"\\u"),
        re.compile(r"(?<!\\)\\u(?:00[c-fC-F][0-9a-fA-F]|(?:01|1[eE])[0-9a-fA-F]{2})"),
        _decode_escape,
        "mã Unicode",
    ),
    # Iceland's names hold ð only after another letter.
    _Twin(
        re.compile("[ÐðƉɖ]"),
        re.compile("(?<![^\\W_])[ÐðƉɖ]\\w*|\\b[A-ZÀ-Ỹ]{1,20}[ÐƉ][A-ZÀ-Ỹ]*\\b"),
        lambda word: word.translate(ETHS),
        "chữ khác của Đ",
    ),
    _Twin(
        re.compile("[Ǎǎ]"), re.compile("(?<!\\w)\\w*[Ǎǎ]\\w*"), lambda word: word.translate(CARONS), "chữ khác của Ă"
    ),
    _Twin(
        re.compile(_TWIN),
        re.compile(f"(?<!\\w)\\w*(?:{_TWIN}[{_LATIN}]|[{_LATIN}]{_TWIN})\\w*"),
        lambda word: word.translate(TWINS),
        "chữ Nga hoặc Hy Lạp trông như chữ La-tinh",
    ),
    _Twin(
        re.compile(f"[{_STYLED}]"),
        re.compile(f"[{_STYLED}]+"),
        lambda word: unicodedata.normalize("NFKC", word),
        "chữ kiểu (rộng gấp đôi, đậm của mạng xã hội, dính liền)",
    ),
)


def mend_lookalikes(text: str, path: str, first_line: int = 1) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with look-alikes made what they stand for, and one warning for each sort at its first place.

    Raises UserError for accents beside their letter: with the word as it is probably meant.
    """
    warnings = []
    for sort in SORTS:
        if not sort.letters.search(text):
            continue
        mended: list[re.Match[str]] = []

        def mend(found: re.Match[str], sort: _Twin = sort, mended: list[re.Match[str]] = mended) -> str:
            meant = sort.meant(found[0])
            if meant != found[0]:
                mended.append(found)
            return meant

        before, text = text, sort.words.sub(mend, text)
        if mended:
            warnings.append(_tell(sort, mended, before, path, first_line))
    text = unicodedata.normalize("NFC", text)
    if problems := [*_find_loose(text, path, first_line), *_find_stray(text, path, first_line)]:
        raise UserError(problems)
    return text, tuple(warnings)


def _tell(sort: _Twin, mended: list[re.Match[str]], text: str, path: str, first_line: int) -> Problem:
    word, meant = mended[0][0], sort.meant(mended[0][0])
    at = next((index for index, (old, new) in enumerate(zip(word, meant, strict=False)) if old != new), 0)
    letter = word[at]
    named = f" “{letter}” (U+{ord(letter):04X})" if not letter.isascii() else ""
    more = f"; cả tệp có {len(mended)} chỗ" if len(mended) > 1 else ""
    place = _place_of(text, mended[0].start() + at, path, first_line)
    return Problem(
        place, f"“{word}” có {sort.what}{named}, đã đọc là “{meant}”{more}", "Gõ lại trong tệp cho khớp.", True
    )


def _place_of(text: str, index: int, path: str, first_line: int) -> Place:
    return Place(path, text.count("\n", 0, index) + first_line, index - text.rfind("\n", 0, index))


def _find_loose(text: str, path: str, first_line: int) -> Iterator[Problem]:
    if not any(accent in text for accent in ACCENTS):
        return
    for found in islice(_LOOSE.finditer(text), MOST_TOLD):
        at, accent = found.start(1), found[1]
        line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
        if accent == "`" and line.count(accent) > 1:
            continue  # words between two of them are a sort of quotation in Markdown
        meant = unicodedata.normalize("NFC", found[0].replace(accent, ACCENTS[accent], 1))
        wrong = f"“{found[0]}” có dấu thanh đứng rời sau chữ cái: “{accent}” (U+{ord(accent):04X})"
        yield Problem(_place_of(text, at, path, first_line), wrong, f"Gõ lại thành “{meant}”.")


def _find_stray(text: str, path: str, first_line: int) -> Iterator[Problem]:
    if not _MARK.search(text):
        return
    for found in islice(_STRAY.finditer(text), MOST_TOLD):
        at = found.start()
        word = re.split(r"\s", text[max(at - QUOTED, 0) : at + 1])[-1]
        wrong = f"có dấu thanh thừa (U+{ord(found[0]):04X}) ở “{word}”"
        yield Problem(_place_of(text, at, path, first_line), wrong, "Xóa cả chữ rồi gõ lại, mỗi chữ một dấu thanh.")
