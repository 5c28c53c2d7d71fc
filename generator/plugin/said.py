"""What MkDocs, its theme and its plugins say in English, as problems in Vietnamese.

Comes in: their log and their exceptions. Goes out: problems with the place in what people wrote.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from babel.core import UnknownLocaleError
from jinja2 import TemplateNotFound
from mkdocs.exceptions import MkDocsException

from generator.decode import read_text
from generator.errors import Place, Problem, UserError
from generator.source import parse_yaml

SETTINGS = "mkdocs.yml"
LIKE_THE_FIRST = "Sửa lại theo tệp mkdocs.yml đi kèm Loa."
#: Their words on mkdocs.yml → the word to look for there, what is wrong, what to do.
SETTING_SAYINGS = (
    (
        r"(?:A reference|A relative path) to '(?P<a>[^']+)' is included in the 'nav'",
        "mục lục (nav) ghi “{a}”, trang này không có",
        "Sửa tên trang cho khớp với tệp trong content/, hoặc xóa dòng này.",
    ),
    (
        r"An absolute path to '(?P<a>[^']+)' is included in the 'nav'",
        "mục lục (nav) ghi “{a}” bắt đầu bằng dấu gạch chéo",
        "Ghi tên tệp tính từ content/, ví dụ tro-giup.md.",
    ),
    (
        r"Plugin '(?P<b>[^']+)' option '(?P<a>[^']+)': Unrecognised",
        "phần “{b}” không có dòng tên “{a}”",
        "Xóa dòng này, hoặc sửa tên cho đúng.",
    ),
    (
        r"Plugin '(?P<b>[^']+)' option '(?P<a>[^']+)': Required",
        "phần “{b}” thiếu dòng “{a}”",
        LIKE_THE_FIRST,
    ),
    (r"Plugin '(?P<b>[^']+)' option '(?P<a>[^']+)'", "giá trị của “{a}” trong phần “{b}” không đúng", LIKE_THE_FIRST),
    (r"Plugin '(?P<a>[^']+)' was specified multiple", "phần “{a}” ghi hai lần", "Xóa một trong hai."),
    (
        r'The "(?P<a>[^"]+)" plugin is not installed',
        "Loa không có phần mở rộng “{a}”",
        "Xóa dòng này, hoặc sửa tên cho đúng (search, blog, loa).",
    ),
    (r"Unrecognised theme name: '(?P<a>[^']*)'", "Loa không có giao diện “{a}”", "Ghi name: material."),
    (
        r"Failed to load extension '(?P<a>[^']+)'",
        "không dùng được phần mở rộng “{a}”",
        "Xóa dòng này, hoặc sửa tên cho đúng.",
    ),
    (
        r"Config value '(?P<a>[^']+)': The path (?:set in custom_dir \()?'(?P<b>[^']+)'\)? (?:isn't|does not)",
        "“{a}” dẫn tới “{b}”, thư mục hoặc tệp này không có",
        LIKE_THE_FIRST,
    ),
    (
        r"Config value '(?P<a>[^']+)': Unrecognised",
        "không có dòng tên “{a}”",
        "Xóa dòng này, hoặc sửa tên cho đúng.",
    ),
    (r"Config value '(?P<a>[^']+)': Required", "thiếu dòng “{a}”", LIKE_THE_FIRST),
    (r"Config value '[^']+': Sub-option '(?P<a>[^']+)'", "giá trị của “{a}” không đúng", LIKE_THE_FIRST),
    (r"Config value '(?P<a>[^']+)'", "giá trị của “{a}” không đúng", LIKE_THE_FIRST),
    (
        r"Config file '.*' does not exist",
        "không có tệp này trong thư mục dự án",
        "Chép lại tệp mkdocs.yml đi kèm Loa.",
    ),
    (r"unknown locale '(?P<a>[^']+)'", "không có ngôn ngữ “{a}”", "Ghi language: vi."),
    (
        r"'(?P<a>[^']+)' not found in search path",
        "không tìm thấy khuôn trang “{a}”",
        "Phần theme phải có dòng custom_dir: theme/site; nếu đã có, chép lại thư mục theme/site đi kèm Loa.",
    ),
    (r"The configuration is invalid", "tệp này không phải các dòng dạng “tên: giá trị”", LIKE_THE_FIRST),
)
UNREADABLE = re.compile(r"error parsing the configuration file.*?line (?P<line>\d+), column (?P<column>\d+)", re.DOTALL)
#: What mkdocs.yml can make MkDocs, its theme and its blog stop with.
STOPS = (MkDocsException, TemplateNotFound, UnknownLocaleError)
#: Said of every build while serving, and of nothing that people could change.
NOISE = re.compile(r"'dirty' build|Aborted with")


@contextmanager
def collect_said() -> Iterator[list[logging.LogRecord]]:
    """Collect what MkDocs warns of, and keep its own lines off the terminal."""
    found: list[logging.LogRecord] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record)

    logger, collector = logging.getLogger("mkdocs"), Collector(logging.WARNING)
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield found
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagates


def explain_said(root: Path, said: Sequence[logging.LogRecord], stopped: Exception | None = None) -> list[Problem]:
    """Return what was said, and what stopped MkDocs, as problems; each once."""
    words = [*(record.getMessage() for record in said), *([str(stopped)] if stopped else [])]
    told = [_shorten(root, word) for word in words if not NOISE.search(word)]
    problems = [problem for word in told for problem in _explain(root, word)]
    if not problems and stopped:
        return [Problem(Place(SETTINGS), "MkDocs dừng lại mà không nói vì sao", LIKE_THE_FIRST)]
    return list(dict.fromkeys(problems))


def _shorten(root: Path, said: str) -> str:
    """Return words with paths and names as people write them: inside the project, plugins without their theme's."""
    return said.replace(f"{root}{os.sep}", "").replace("Plugin 'material/", "Plugin '")


def _explain(root: Path, said: str) -> list[Problem]:
    if match := UNREADABLE.search(said):
        return _explain_unreadable(root, int(match["line"]), int(match["column"]))
    for pattern, wrong, remedy in SETTING_SAYINGS:
        if match := re.search(pattern, said):
            found = match.groupdict()
            line = _find_line(root / SETTINGS, found.get("a", ""))
            return [Problem(Place(SETTINGS, line), wrong.format(**found), remedy)]
    return [Problem(Place(SETTINGS), f"MkDocs báo: {said.strip()}", LIKE_THE_FIRST)]


def _explain_unreadable(root: Path, line: int, column: int) -> list[Problem]:
    """Return what our own reader says of a file that MkDocs' could not read; it knows where mistakes really are."""
    try:
        parse_yaml(read_text(root / SETTINGS, Place(SETTINGS)), SETTINGS)
    except UserError as error:
        return list(error.problems)
    wrong = "dòng này viết chưa đúng cách"
    return [
        Problem(Place(SETTINGS, line, column), wrong, f"Xem dấu hai chấm, ngoặc và thụt đầu dòng. {LIKE_THE_FIRST}")
    ]


def _find_line(path: Path, word: str) -> int:
    """Return the first line of a file that holds `word` as a whole; 0 when there is none."""
    whole = re.compile(rf"(?<![\w/-]){re.escape(word)}(?![\w/-])")
    try:
        lines = path.read_text(encoding="utf-8").split("\n") if word else []
    except (OSError, ValueError):
        return 0
    return next((number for number, line in enumerate(lines, 1) if whole.search(line)), 0)
