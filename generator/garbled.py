"""Text in an old or broken code, pasted as Unicode → problems with line and column, and the sentence mended where that
is sure.

Comes in: text as decoded, before anything is taken away from it. Goes out: Problems, none when all is well. Every rule
asks for letters that no Vietnamese text and no foreign name holds side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.errors import Place, Problem

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_MARKED = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES) + "đ"
#: Every letter of Vietnamese that is not ASCII.
VIETNAMESE = frozenset(letter for letter in _MARKED + _MARKED.upper() if not letter.isascii())
#: A line that holds one of these is real Unicode Vietnamese.
UNICODE_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
#: Letters that TCVN3, VNI or VISCII text shows when it is pasted as Unicode; Vietnamese never uses them.
OLD_LETTERS = re.compile("[µ¸¶¹®¬¨ª«©¼½¾þ]")
#: So many of them in lines without Unicode Vietnamese mean an old font; fewer may be “µm” or “½”. Letters of foreign
#: names (ë, ñ, ö) do not count.
OLD_ENOUGH = 3
#: One of these is enough: TCVN3 `toµn`, VISCII `ðµng`, VNI `toaøn` and `thaùng`, or two VNI pairs in one line.
SURE_OLD = re.compile("[A-Za-zðß][µ¸¶¬¼¾]|[aeouyöôAEOUYÖÔ][øØ]|[aoAO][ùÙ]|[aouAOU][õÕ]|öô|ÖÔ")
VNI_PAIR = re.compile("[aeoAEO][âÂåÅ]|[aeouyöôAEOUYÖÔ][äÄ]|[öô][ïûùõ]")
RETYPE = "Chuyển văn bản sang Unicode (bằng UniKey: Công cụ → Chuyển mã, TCVN3 hoặc VNI → Unicode) rồi lưu dạng UTF-8."
COPY_AGAIN = "Chép lại câu này từ bản gốc, hoặc gõ lại."
#: What Vietnamese text holds besides letters: a broken quote or dash tells as much as a broken letter.
TYPOGRAPHY = frozenset("“”‘’–—…•₫°²³±½§·")
#: What may stand after the last letter of a word in capitals: “NGÃ”, NGÃ…
AFTER_A_WORD = frozenset("“”‘’…•–—™›‹«»©®²³¹ \u00a0\u00ad")
#: The second byte of Đ is no letter in Windows-1252 and gets lost.
LOST_STROKE = re.compile("Ä(?=[^\\W\\d_])")
#: A line of a text that was saved in a code without its letters: each became a question mark.
LOST = re.compile("\ufffd|(?<=[^\\W\\d_])\\?(?=[a-z])")
SENTENCE = re.compile(r"(?:[^.!?;]|[.!?;](?=\S))*[.!?;]*")
MOST_SHOWN = 300
#: Lines of one file that are told; whoever mends these sees the rest.
MOST_TOLD = 20


@dataclass(frozen=True)
class _Reading:
    """A code page that UTF-8 was once read in: its bytes 80 to FF as the letters they became."""

    codec: str

    @cached_property
    def bytes_of(self) -> dict[str, int]:
        """Return the byte of every letter; bytes that the code page leaves open became control characters."""
        table = {chr(byte): byte for byte in range(0x80, 0xA0)}
        for byte in range(0x80, 0x100):
            table.setdefault(bytes([byte]).decode(self.codec, "ignore") or chr(byte), byte)
        return table

    @cached_property
    def sequence(self) -> re.Pattern[str]:
        """Return the pattern of one letter of UTF-8, as far as Vietnamese and emoji go."""
        rest = self._letters(0x80, 0xBF)
        firsts = (self._letters(0xC2, 0xC6), self._letters(0xE1, 0xE2), self._letters(0xF0, 0xF0))
        return re.compile("|".join(f"{first}{rest}{{{count}}}" for count, first in enumerate(firsts, 1)))

    def _letters(self, first: int, last: int) -> str:
        return "[" + re.escape("".join(letter for letter, byte in self.bytes_of.items() if first <= byte <= last)) + "]"

    def undo(self, found: str) -> str:
        """Return the letter that was read wrong, or what stands there where it is none."""
        try:
            return bytes(self.bytes_of[letter] for letter in found).decode("utf-8")
        except UnicodeDecodeError:
            return found

    def find(self, line: str) -> re.Match[str] | None:
        """Return the first sequence that cannot be anything but a letter read wrong."""
        sure = next((found for found in self.sequence.finditer(line) if self._is_sure(found, line)), None)
        if sure or (once := self._read_anew(line)) == line:
            return sure
        return self.sequence.search(line) if self.find(once) else None

    def _is_sure(self, found: re.Match[str], line: str) -> bool:
        old, new = found[0], self.undo(found[0])
        if new == old or not (new in VIETNAMESE or new in TYPOGRAPHY or len(old) == len("ðŸ˜€")):
            return False
        before, after = line[found.start() - 1 : found.start()], line[found.end() : found.end() + 1]
        if old[-1] not in AFTER_A_WORD or old[0] not in "ÃĂÂá":
            return True
        if old[0] == "á":
            return line.find("«", 0, found.start()) < 0
        return before.islower() or (after.islower() and not before.isalpha())

    def mend(self, line: str) -> str:
        """Return the line with every sequence read anew, as often as it was read wrong."""
        while (once := self._read_anew(line)) != line:
            line = once
        return unicodedata.normalize("NFC", LOST_STROKE.sub("Đ", line))

    def _read_anew(self, line: str) -> str:
        return self.sequence.sub(lambda found: self.undo(found[0]), line)


READINGS = tuple(map(_Reading, ("cp1252", "cp1258", "mac_roman", "cp437")))
#: Letters of old mail: `th=C3=A1ng`.
QUOTED_PRINTABLE = re.compile("=C[2-6]=[89AB][0-9A-F]|=E[12]=[89AB][0-9A-F]=[89AB][0-9A-F]")


def find_garbled(text: str, path: str) -> list[Problem]:
    """Return what is in an old or broken code: UTF-8 read wrong, quoted-printable, TCVN3, VNI, VISCII, lost letters."""
    lines = text.split("\n")
    told: list[Problem] = []
    if readings := [reading for reading in READINGS if reading.sequence.search(text)]:
        told += [problem for row, line in enumerate(lines, 1) for problem in _read_wrong(readings, line, path, row)]
    if QUOTED_PRINTABLE.search(text) or LOST.search(text):
        told += [problem for row, line in enumerate(lines, 1) for problem in _find_lost(line, path, row)]
    return told[:MOST_TOLD] or list(_find_old(lines, path))


def _read_wrong(readings: Sequence[_Reading], line: str, path: str, row: int) -> Iterator[Problem]:
    found = [(first, reading, reading.mend(line)) for reading in readings if (first := reading.find(line))]
    # Two code pages differ in few letters: the one that leaves nothing broken is the right one.
    for first, reading, mended in sorted(found, key=lambda one: not _is_whole(one[2]))[:1]:
        column = first.start() + 1
        wrong = f"chữ ở đây bị vỡ vì có lúc bị đọc sai bảng mã: “{first[0]}” vốn là “{reading.mend(first[0])}”"
        remedy = _say_mended(mended, column) if _is_whole(mended) else COPY_AGAIN
        yield Problem(Place(path, row, column), wrong, remedy)


def _find_lost(line: str, path: str, row: int) -> Iterator[Problem]:
    if found := QUOTED_PRINTABLE.search(line):
        mended = QUOTED_PRINTABLE.sub(
            lambda code: bytes.fromhex(code[0].replace("=", "")).decode("utf-8", "replace"), line
        )
        wrong = f"chữ ở đây còn ở dạng mã của thư điện tử (“{found[0]}”)"
        yield Problem(Place(path, row, found.start() + 1), wrong, _say_mended(mended, found.start() + 1))
        return
    lost = list(LOST.finditer(line))
    if "\ufffd" in line or (len(lost) > 1 and "/" not in line):
        column = 1 + (line.index("\ufffd") if "\ufffd" in line else lost[0].start())
        wrong = f"có chữ đã mất, chỉ còn dấu “{line[column - 1]}”: “{_sentence_at(line, column)}”"
        yield Problem(Place(path, row, column), wrong, COPY_AGAIN)


def _is_whole(mended: str) -> bool:
    """Tell whether nothing broken is left: a lost fixed space after Ã, or letters that Vietnamese does not have."""
    letters = all(letter in VIETNAMESE for letter in mended if letter.isalpha() and not letter.isascii())
    return letters and not re.search("[a-z]Ã|Ã ", mended)


def _say_mended(mended: str, column: int) -> str:
    return f"Thay bằng: {_sentence_at(mended, column)}"


def _sentence_at(line: str, column: int) -> str:
    """Return the sentence of a line that begins before `column`, without a key or a mark of a list before it."""
    found = [one for one in SENTENCE.finditer(line) if one.start() < column]
    words = re.sub(r"^[\s>-]*(?:[a-z_]+: )?", "", found[-1][0] if found else line)
    return words.strip().strip("\"'")[:MOST_SHOWN]


def _find_old(lines: list[str], path: str) -> Iterator[Problem]:
    rows: list[int] = []
    for row, line in enumerate(lines, 1):
        if line.isascii() or any(map(UNICODE_VIETNAMESE.search, (line, unicodedata.normalize("NFC", line)))):
            continue
        weight = (
            OLD_ENOUGH if SURE_OLD.search(line) else 2 * len(VNI_PAIR.findall(line)) + len(OLD_LETTERS.findall(line))
        )
        rows += [row] * weight
    if len(rows) >= OLD_ENOUGH:
        yield Problem(Place(path, rows[0]), "chữ ở dòng này là mã cũ (phông .VnTime hoặc VNI)", RETYPE)
