"""What the YAML reader refused → where the mistake really is and how to say it in plain Vietnamese.

Comes in: the reader's own words with their marks, and the lines of the file. Goes out: a Slip.
The reader stops where it loses its way, often lines after the mistake: an open quote or bracket is looked for first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Mark = tuple[int, int]

#: A value that opens a quote and never closes it on its line.
OPEN_QUOTE = re.compile(r"""\s*(?:- )?[^\s"'#:]+:\s+(?:"(?:[^"\\]|\\.)*|'[^']*)$""")
#: A value whose quote closes before the value ends: name: "Tháng" năm.
CLOSED_EARLY = re.compile(r"""\s*(?:- )?(?:[^\s"'#:]+:\s+)?"[^"]*"\s*[^\s,\]}#:]""")
SHOWN = 60
#: What libyaml says of a value that begins with @ % ` * & ! | > , ] } or “- ”.
SPECIAL = ("start any token", "scanning an a", "block scalar", "tag", "node content", "block sequence entries")


@dataclass(frozen=True)
class Slip:
    """A mistake in writing: row and column from 0, what is wrong, what to do."""

    row: int
    column: int
    wrong: str
    remedy: str


def find_slip(context: str, context_mark: Mark | None, problem: str, mark: Mark | None, lines: Sequence[str]) -> Slip:
    """Return the likeliest mistake behind libyaml's `problem` (English, with zero-based marks)."""
    row, column = mark or context_mark or (0, 0)
    row = min(row, len(lines) - 1)
    opened = next((number for number in range(row + 1) if OPEN_QUOTE.match(lines[number])), None)
    if "quoted scalar" in context and "end of stream" in problem and context_mark:
        opened = min(context_mark[0], len(lines) - 1)
    if opened is not None and ("expected" in problem or "end of stream" in problem):
        wrong, remedy = f"ngoặc kép mở ra mà không đóng: {_show(lines[opened])}", "Thêm dấu ngoặc kép ở cuối dòng này."
        return Slip(opened, len(lines[opened]) - len(lines[opened].lstrip()), wrong, remedy)
    if "flow" in context and (bracket := _find_bracket(context_mark, lines)):
        row, column = bracket
        wrong = f"ngoặc {lines[row][column]} mở ra mà không đóng, hoặc thiếu dấu phẩy giữa các mục"
        return Slip(row, column, wrong, "Viết trọn trong một dòng, ví dụ [mục một, mục hai] hoặc {tên: nội dung}.")
    if "simple key" in context and context_mark:
        row, column = min(context_mark[0], len(lines) - 1), context_mark[1]
        wrong = f"dòng này thiếu dấu hai chấm và dấu cách: {_show(lines[row])}"
        return Slip(row, column, wrong, "Viết “tên: nội dung”. Chữ nối dòng trên thì thụt vào thêm hai dấu cách.")
    return Slip(row, column, *_word(problem, context, lines, row))


def _find_bracket(mark: Mark | None, lines: Sequence[str]) -> Mark | None:
    """Return where the last bracket before a mark stands."""
    for row in range(min(mark[0], len(lines) - 1) if mark else -1, -1, -1):
        line = lines[row][: mark[1] + 1] if mark and row == mark[0] else lines[row]
        if (column := max(line.rfind("["), line.rfind("{"))) >= 0:
            return row, column
    return None


def _word(problem: str, context: str, lines: Sequence[str], row: int) -> tuple[str, str]:
    line = lines[row]
    above = next((lines[number] for number in range(row - 1, -1, -1) if lines[number].strip()), "")
    if "\t" in line[: len(line) - len(line.lstrip())] or "tab character" in problem:
        return "dòng thụt đầu bằng phím Tab", "Xóa phím Tab, gõ dấu cách: mỗi bậc thụt vào hai dấu cách."
    if "mapping values are not allowed" in problem:
        return _word_colon(line, above)
    if CLOSED_EARLY.match(line):
        return (
            f"còn chữ sau dấu ngoặc kép đóng: {_show(line)}",
            "Đặt ngoặc kép ở đầu và cuối cả giá trị; trong giá trị dùng “ ” thay cho ngoặc kép thẳng.",
        )
    if any(sign in f"{context} {problem}" for sign in SPECIAL):
        return f"giá trị bắt đầu bằng ký tự đặc biệt: {_show(line)}", "Đặt cả giá trị trong ngoặc kép."
    if "escape" in problem or "quoted scalar" in context:
        return "dấu \\ trong ngoặc kép không đúng cách", "Viết hai dấu \\\\ liền nhau, hoặc bỏ dấu \\."
    if "did not find expected key" in problem or "'-' indicator" in problem:
        return (
            f"dòng này thụt vào không thẳng hàng: {_show(line)}",
            "Cho dòng này thẳng hàng với các dòng cùng cấp ở trên.",
        )
    return f"không đọc được dòng này: {_show(line)}", "So với một chiến dịch mẫu, hoặc đặt cả giá trị trong ngoặc kép."


def _word_colon(line: str, above: str) -> tuple[str, str]:
    """A second “: ” on the line, or a line that sits deeper than the value above allows."""
    if re.match(r"\s*(?:- )?[^\s:]+:\s+[“”„‘’].*:\s", line):
        return (
            "câu có dấu hai chấm nằm trong ngoặc cong “ ” của Word, không phải ngoặc kép thẳng",
            'Xóa ngoặc cong ở hai đầu câu, gõ ngoặc kép thẳng, ví dụ title: "Chủ đề: an toàn".',
        )
    if re.match(r"\s*(?:- )*[^\s:]+:(?:\s.*?)?:(?:\s|$)|\s*- .*?\s\S*:\s", line):
        return (
            "giá trị có dấu hai chấm rồi dấu cách (“: ”) mà không có ngoặc kép",
            'Đặt cả giá trị trong ngoặc kép, ví dụ title: "Chủ đề: an toàn".',
        )
    return (
        f"dòng này thụt vào sâu hơn dòng trên: {_show(line)}",
        f"Cho thẳng hàng với dòng trên ({_show(above)}); chữ có dấu hai chấm thì đặt trong ngoặc kép.",
    )


def _show(line: str) -> str:
    text = line.strip()
    return f"“{text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'}”"
