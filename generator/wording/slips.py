"""What in a text cannot be read as it was meant: marks left over, HTML, too much of something. Each with what to do.

Comes in: the body of a text, its tokens. Goes out: `Slip`s by line; whoever knows the file makes problems of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from generator.errors import shorten

#: Limits before reading: the cost of some marks grows with the square of a line (20 pages of a book are 60,000 letters).
MOST_LETTERS, LONGEST_LINE, MOST_BRACKETS = 100_000, 8_000, 2_000
#: What writers paste as HTML. Other words in angle brackets, such as <Tên đơn vị>, are letters.
HTML_NAMES = """
a abbr article aside audio b base big blockquote body br button canvas center code col dd del details div dl dt em embed
fieldset figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label
legend li link main map mark marquee math meta nav noscript object ol option p param picture pre q s script section
select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead title
tr track tt u ul video
"""
HTML = re.compile(rf"</?(?:{'|'.join(HTML_NAMES.split())})(?=[\s/>\"'])[^<>\n]{{0,200}}>?", re.IGNORECASE)
USE_MARKDOWN = (
    "Bỏ thẻ ấy. Chữ đậm viết **chữ**, xuống dòng thì để hai dấu cách ở cuối dòng, ảnh viết ![lời tả](anh.jpg)."
)


@dataclass(frozen=True)
class Slip:
    """Something wrong in a text: its line (the first is 1), what is wrong, what to do. A warning: it was read anyway."""

    line: int
    wrong: str
    remedy: str
    is_warning: bool = False


@dataclass(frozen=True, eq=False)
class _Mark:
    """A mark that Markdown did not take for one."""

    pattern: re.Pattern[str]
    wrong: str
    remedy: str


USE_STROKES = "Đã đọc thành bảng, dòng này là hàng đầu. Để khỏi được nhắc: viết | giữa các ô, |---|---| dưới hàng đầu."
#: Marks of articles and pages in a line that is shown letter by letter, such as a slogan.
IN_LINE = re.compile(
    rf"{HTML.pattern}|(?<!\()\*\*(?!\*?\))|__(?=[^\W_])|!?\[[^\[\]\n]{{1,80}}\]\(|\\n(?![a-z])", re.IGNORECASE
)
BOX_FORM = 'Dòng đầu viết !!! note "Nhan đề", các dòng trong khung thụt vào bốn dấu cách.'
MARKS = (
    _Mark(HTML, "có thẻ HTML “{0}”, không dùng được trong bài", USE_MARKDOWN),
    _Mark(re.compile("<!--"), "ghi chú mở bằng <!-- mà không có --> đóng lại", "Thêm --> vào cuối ghi chú."),
    _Mark(
        re.compile(r"!\[[^\]\n]{0,80}(?:\]\([^)\n]{0,80}\)?)?"),
        "ảnh “{0}” viết chưa đúng nên hiện ra nguyên dấu",
        "Viết ![lời tả ảnh](anh.jpg): tệp ảnh nằm cạnh bài, tên không dấu, không chép đường dẫn của máy.",
    ),
    _Mark(
        re.compile(r"(?:\[[^\[\]\n]{0,80})?\]\([^)\n]{0,80}\)?"),
        "liên kết “{0}” viết chưa đúng nên hiện ra nguyên dấu",
        "Viết [chữ](địa-chỉ): địa chỉ là trang khác (../trang-khac.md) hoặc https://…",
    ),
    _Mark(
        re.compile(r"\[\^[^\]\n]{1,80}\]"),
        "chú thích “{0}” không có lời chú",
        "Thêm ở cuối bài một dòng [^tên]: lời chú; giữa dấu ngoặc và dấu hai chấm không có dấu cách.",
    ),
    _Mark(
        re.compile(r"(?<!\()\*\*(?!\*?\))|(?<!\w)__(?=[^\W_])|(?<=[^\W_])__(?!\w)"),
        "dấu “{0}” không thành cặp nên hiện ra nguyên dấu",
        "Chữ đậm viết **chữ**: không để dấu cách ngay sau dấu mở và ngay trước dấu đóng; dấu câu để ngoài cặp dấu.",
    ),
    _Mark(re.compile("~~"), "dấu “~~” hiện ra nguyên dấu", "Bài không có chữ gạch ngang; bỏ hai dấu ấy."),
    _Mark(
        re.compile(r"(?:\A|^(?=[!?:+]{3,4}[ \t]*\w))(?:!!!|\?\?\?\+?|:::)[ \t]?\w*", re.MULTILINE),
        "khung “{0}” viết chưa đúng nên hiện ra nguyên dấu",
        BOX_FORM,
    ),
    _Mark(
        re.compile(r"\A#(?=[^\W\d_][^\WA-ZĐ]* (?!#))|\A#{2,6}(?=\S)"),
        "đề mục thiếu dấu cách sau {0}",
        "Viết “{0} Đề mục”.",
    ),
    _Mark(
        re.compile(r"\A\|.*\|", re.DOTALL),
        "bảng thiếu dòng gạch dưới hàng đầu nên không thành bảng",
        "Thêm ngay dưới hàng đầu một dòng như |---|---|, mỗi cột một ô.",
    ),
    _Mark(
        re.compile(r"\{[:#.]?[^{}\n]{0,60}=[^{}\n]{0,60}\}|\{[:#.][^{}\n]{1,80}\}"),
        "phần “{0}” không dùng được trong bài",
        "Bỏ cả phần trong ngoặc nhọn: cỡ ảnh, kiểu chữ do mẫu lo.",
    ),
)


def find_limit(body: str) -> Slip | None:
    """Return what is too much to be read at all."""
    lines = body.split("\n")
    long = next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), 0)
    if long:
        return Slip(
            long, f"dòng này dài hơn {LONGEST_LINE} chữ cái", "Ngắt thành nhiều đoạn, mỗi đoạn cách một dòng trống."
        )
    if len(body) > MOST_LETTERS:
        return Slip(1, f"bài dài hơn {MOST_LETTERS} chữ cái", "Chia thành nhiều bài.")
    if body.count("[") > MOST_BRACKETS:
        return Slip(1, f"bài có hơn {MOST_BRACKETS} dấu [", "Bỏ bớt liên kết, hoặc chia thành nhiều bài.")
    return None


def find_mark_in_line(words: str) -> str:
    """Return the first mark in a line that is shown letter by letter; empty where it has none."""
    found = IN_LINE.search(words)
    return found[0] if found else ""


def say_too_deep(line: int) -> Slip:
    """Return the slip of a list that lies too deep in others."""
    return Slip(line, "danh sách lồng vào nhau quá sâu", "Rút còn vài bậc, hoặc tách thành đề mục và danh sách riêng.")


FILL = {"đề mục": "Viết chữ sau dấu #, hoặc bỏ dòng ấy.", "liên kết": "Viết [chữ](địa-chỉ), hoặc bỏ liên kết ấy."}


def say_empty(what: str, line: int) -> Slip:
    """Return the slip of a heading or a link without words."""
    return Slip(line, f"{what} không có chữ", FILL[what])


def say_lost(line: int, name: str, is_double: bool) -> Slip:
    """Return the slip of a note that would stand nowhere."""
    if is_double:
        return Slip(line, f"hai lời chú cùng tên [^{shorten(name)}]", "Đặt cho mỗi lời chú một tên riêng.")
    wrong = f"lời chú [^{shorten(name)}] không chỗ nào trong bài dẫn tới"
    return Slip(line, wrong, f"Ghi [^{shorten(name)}] vào chỗ cần chú trong bài, hoặc bỏ lời chú ấy.")


def find_marks(tokens: Sequence[Token]) -> Iterator[Slip]:
    """Yield every mark that was left among the words, and every table that was none of Markdown's."""
    for token in tokens:
        if token.type == "table_open" and token.markup == "\t" and token.map:
            yield Slip(token.map[0] + 1, "các ô cách nhau bằng phím Tab", USE_STROKES, is_warning=True)
        if token.type == "inline" and token.map:
            yield from _marks_in(_letters_of(token), token.map[0] + 1)


def _marks_in(words: str, line: int) -> Iterator[Slip]:
    """Yield the first mark of every sort in a line; what belongs to one mark is not told once more as another."""
    told: set[tuple[int, _Mark]] = set()
    taken = 0
    found_in = ((found, mark) for mark in MARKS for found in mark.pattern.finditer(words))
    for found, mark in sorted(found_in, key=lambda one: one[0].start()):
        at = line + words.count("\n", 0, found.start())
        if found.start() >= taken and (at, mark) not in told:
            told.add((at, mark))
            shown = shorten(found[0].strip())
            yield Slip(at, mark.wrong.format(shown), mark.remedy.replace("{0}", shown))
        taken = max(taken, found.end())


def _letters_of(token: Token) -> str:
    """Return the letters that were read as mere letters; code, escaped letters, links and pictures leave a gap."""
    letters = []
    for child in token.children or []:
        is_line_end = child.type in ("softbreak", "hardbreak") and not child.markup
        letters.append(child.content if child.type == "text" else "\n" if is_line_end else "\ufffc")
    return "".join(letters)
