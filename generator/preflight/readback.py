"""Read a finished PDF back with pdfium: its words, whether they stand inside the safe area, how fine its pictures are.

Comes in: PDF bytes, the sheet, words. Goes out: sentences in Vietnamese, none when all is well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2
import pypdfium2.raw

from generator.model import Sheet

#: What sentences say of words at an edge, and of words that are not there.
AT_THE_EDGE, NOT_READ = "nằm ngoài vùng an toàn", "không đọc lại được"
SHORTEN = "Rút ngắn câu có chữ ấy hoặc tách từ quá dài, hay chọn khổ lớn hơn."
RETYPE = "Gõ lại câu ấy bằng chữ và dấu thông thường; nếu vẫn vậy, báo cho người phụ trách khuôn mẫu (theme/materials)."
TELL_THE_MAKER = "Đây là lỗi của khuôn mẫu, không phải của bạn: báo cho người phụ trách khuôn mẫu (theme/materials)."
Box = tuple[float, float, float, float]
POINTS_PER_MM = 72 / 25.4
#: Pixels an inch of the finished piece: below this a picture falls to pieces in print (a face on a banner 60 cm away).
LEAST_DPI = 100
#: Letters that may stand between the end of the words on a page and the end of the page: heads, numbers, slug line.
FURNITURE = 300
#: The fewest letters that a paragraph leaves on either of two pages.
FEWEST = 4
#: The share of a sentence by which it is told from another that begins alike; the fewest letters that tell anything.
MOST_OF_IT, FEWEST_TO_TELL = 0.7, 24
#: Marks that a template may put in place of those that end an item of a list.
ENDS = ".,;:"
#: pdfium hands out a hyphen at the end of a line as one of these.
LINE_END_HYPHENS = dict.fromkeys(map(ord, "\x02\ufffe\u00ad"), "-")
#: A dash that stands alone: the templates leave it out where a line ends.
LONE_DASH = re.compile(r"(?<!\S)[–—-](?!\S)")


def fold(words: str) -> str:
    """Return words as they are compared: NFC, no white space, no lone dashes, one letter case, plain line-end
    hyphens.
    """
    plain = unicodedata.normalize("NFC", words).translate(LINE_END_HYPHENS)
    return re.sub(r"\s+", "", LONE_DASH.sub("", plain)).casefold()


def remedy_of(wrong: str) -> str:
    """Return what to do about a sentence of preflight: words can be mended by who wrote them, the rest cannot."""
    if AT_THE_EDGE in wrong:
        return SHORTEN
    return RETYPE if NOT_READ in wrong else TELL_THE_MAKER


def unique(sentences: Sequence[str]) -> list[str]:
    """Return every sentence once, in the order of first appearance."""
    return list(dict.fromkeys(sentences))


def is_inside(inner: Box, outer: Box, slack: float) -> bool:
    """Tell whether one box lies in another, `slack` (same unit) over the edge at most."""
    low = inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack
    return low and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack


def inspect_pictures(pdf: bytes, sheet: Sheet) -> list[str]:
    """Return what is wrong with the pictures of a PDF: fewer than LEAST_DPI pixels an inch of the finished piece."""
    wrong = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                wide_px, high_px = found.get_px_size()
                left, bottom, right, top = found.get_bounds()
                inches = [side / 72 * sheet.scale for side in (right - left, top - bottom)]
                dpi = min(wide_px / inches[0], high_px / inches[1])
                if dpi < LEAST_DPI:
                    wrong.append(_coarse(wide_px, high_px, inches, dpi))
    return unique(wrong)


def _coarse(wide_px: int, high_px: int, inches: Sequence[float], dpi: float) -> str:
    millimetres = " × ".join(f"{inch * 25.4:.0f}" for inch in inches)
    return (
        f"biểu trưng có {wide_px} × {high_px} điểm ảnh, in ra {millimetres} mm chỉ còn {dpi:.0f} điểm/inch, "
        f"ít nhất phải {LEAST_DPI}"
    )


def check_words_and_edges(pdf: bytes, sheet: Sheet, must_read: Sequence[str], whole: Sequence[str]) -> list[str]:
    """Return which words cannot be read back, and which stand where they may be cut off; every page is opened once."""
    pages: list[str] = []
    cut: list[str] = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            text = page.get_textpage()
            pages.append(fold(text.get_text_range()))
            cut += _find_cut(text, page.get_trimbox(), sheet)
    edges = [f"chữ “{words}” {AT_THE_EDGE}, có thể bị xén" for words in unique(cut)]
    return [*find_lost(pages, must_read, whole), *edges]


def find_lost(pages: Sequence[str], must_read: Sequence[str], whole: Sequence[str]) -> list[str]:
    """Return which words the folded pages do not hold; a paragraph may run over to the next page."""
    everything = "".join(pages)

    def is_there(words: str) -> bool:
        return words in everything or _runs_over(pages, words)

    wanted = {words: fold(words).rstrip(ENDS) for words in dict.fromkeys([*must_read, *whole])}
    wrong = [f"{NOT_READ} “{words}” trong tệp" for words in must_read if not is_there(wanted[words])]
    for words in whole:
        begins = wanted[words][: max(FEWEST_TO_TELL, round(MOST_OF_IT * len(wanted[words])))]
        if len(begins) >= FEWEST_TO_TELL and begins in everything and not is_there(wanted[words]):
            wrong.append(f"“{words}” chỉ còn một phần trong tệp")
    return wrong


def _runs_over(pages: Sequence[str], words: str) -> bool:
    """Tell whether words begin at the end of a page and end at the beginning of the next, a few letters at least on
    each.
    """
    reach = len(words) + FURNITURE
    for here, there in pairwise((page[-reach:], page[:reach]) for page in pages):
        last, first = here[0], there[1]
        if words[:FEWEST] not in last or words[-FEWEST:] not in first:
            continue
        cuts = range(len(words) - FEWEST, FEWEST - 1, -1)
        if any(words[:cut] in last and words[cut:] in first for cut in cuts):
            return True
    return False


def _find_cut(text: pypdfium2.PdfTextPage, trim: Box, sheet: Sheet) -> Iterator[str]:
    """Words stand inside the safe area, or (slug line) wholly outside the bleed: nothing is cut or lost in a hem."""
    in_file = POINTS_PER_MM / sheet.scale
    bleed, safe = sheet.bleed_mm * in_file, sheet.safe_mm * in_file
    for index in range(text.count_rects()):
        box = text.get_rect(index)
        # pdfium's boxes of letters are up to 2 % of the font size larger than the ink (measured with Oswald).
        slack = 0.5 + 0.03 * (box[3] - box[1])
        if _touches(box, _grow(trim, bleed)) and not is_inside(box, _grow(trim, -safe), slack):
            yield text.get_text_bounded(*box).strip()


def _grow(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _touches(box: Box, other: Box) -> bool:
    return box[2] > other[0] and box[0] < other[2] and box[3] > other[1] and box[1] < other[3]
