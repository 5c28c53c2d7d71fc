"""Read one YAML or Markdown file and remember the line of every key.

Comes in: a path. Goes out: a Source (plain dicts, lists and strings, plus where each stands). Every scalar stays a
string: YAML's implicit types damage Vietnamese data (`0912…`, `No`, `12:30`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import yaml

from generator.decode import ODD, read_text
from generator.errors import Place, Problem, UserError
from generator.lookalikes import mend_lookalikes
from generator.syntax import find_slip
from generator.unseen import strip_unseen

#: Limits against hostile files (far above any real file).
MAX_DEPTH = 20
MAX_NODES = 50_000
#: What libyaml counts as one line end.
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
#: Signs of ASCII that a web page writes as codes; in Markdown they are needed, in YAML they would be printed.
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#39|#34|#38);")
Keys = tuple[str | int, ...]
QUOTE_HASH = "Nếu # là một phần của chữ, đặt cả giá trị trong ngoặc kép; nếu là ghi chú, chuyển xuống dòng riêng."
EMPTY = ("tệp trống", "Điền nội dung, hoặc xóa tệp nếu không dùng.")
HEAD_FORM = "Dòng đầu ghi ---, tiếp theo là title: …, rồi một dòng --- nữa, sau đó mới đến bài."


@dataclass(frozen=True)
class Source:
    """What one file says: `data`, the place of every key path, Markdown `body` where there is one, and warnings."""

    path: str
    data: Any
    places: dict[Keys, Place]
    values: dict[Keys, Place]
    body: str = ""
    body_line: int = 0
    warnings: tuple[Problem, ...] = ()

    def place_of(self, keys: Keys, of_value: bool = False) -> Place:
        """Return the place of a key path, or of the nearest parent that stands in the file."""
        tables = (self.values,) if of_value else (self.places, self.values)
        while keys:
            for table in tables:
                if keys in table:
                    return table[keys]
            keys = keys[:-1]
        return Place(self.path, 1)


def read_yaml(path: Path, name: str) -> Source:
    """Return the Source of a YAML file; `name` is the path shown to people. Raises UserError."""
    return parse_yaml(read_text(path, Place(name)), name)


def read_markdown(path: Path, name: str) -> Source:
    """Return the Source of a Markdown file with YAML front matter between `---` lines. Raises UserError."""
    return parse_markdown(read_text(path, Place(name)), name)


def parse_markdown(text: str, name: str) -> Source:
    """Return the Source of Markdown text with front matter. Raises UserError."""
    text, warnings = mend_lookalikes(text, name)
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", text, re.DOTALL | re.MULTILINE)
    if not text.strip():
        raise UserError([Problem(Place(name), *EMPTY)])
    if not match:
        is_open = text.startswith("---")
        wrong = "thiếu dòng --- thứ hai" if is_open else "tệp không mở đầu bằng phần khai báo giữa hai dòng ---"
        raise UserError([Problem(Place(name, 1), wrong, HEAD_FORM)])
    if not match[1].strip():
        raise UserError([Problem(Place(name, 1), "phần khai báo giữa hai dòng --- còn trống", HEAD_FORM)])
    head = parse_yaml(match[1], name, first_line=2)
    body, first = strip_body(text[match.end() :])
    body_line = text.count("\n", 0, match.end()) + first
    return Source(name, head.data, head.places, head.values, body, body_line, (*warnings, *head.warnings))


def strip_body(text: str) -> tuple[str, int]:
    """Return a text without empty lines before and after it, and the number of its first line (1: there were none)."""
    body = text.lstrip("\n")
    return body.rstrip("\n"), len(text) - len(body) + 1


def parse_yaml(text: str, name: str, first_line: int = 1) -> Source:
    """Return the Source of YAML text; `first_line` is the line number of its first line. Raises UserError."""
    text, mended = mend_lookalikes(text, name, first_line)
    reader = _Reader(text, name, first_line)
    try:
        data = reader.read()
    except yaml.YAMLError as error:
        raise UserError([*reader.problems, reader.word_yaml_error(error)]) from None
    if reader.problems:
        raise UserError(reader.problems)
    if data is None:
        raise UserError([Problem(Place(name), *EMPTY)])
    return Source(name, data, reader.places, reader.values, warnings=(*mended, *reader.warnings))


class _Reader:
    """Builds plain data from libyaml events, without ever composing a graph (no aliases, no recursion limits hit)."""

    def __init__(self, text: str, name: str, first_line: int) -> None:
        self.text, self.name, self.first_line = text, name, first_line
        self.places: dict[Keys, Place] = {}
        self.values: dict[Keys, Place] = {}
        self.lines = LINE_BREAK.split(text)
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.nodes = 0
        self.events: Iterator[Any] = iter(())

    def read(self) -> Any:
        """Return the document's data, or None when the file holds none."""
        self.events = yaml.parse(self.text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        data: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(
                        event, "tệp có hai phần ngăn cách bởi ---", "Mỗi tệp chỉ ghi một phần; bỏ dòng --- thừa."
                    )
            elif isinstance(event, yaml.NodeEvent):
                data = self._node(event, (), 0)
        return None if data == "" else data

    def _node(self, event: Any, keys: Keys, depth: int) -> Any:
        self._guard(event, depth)
        self.values[keys] = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            self._note_cut(event)
            return self._clean(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._node(item, (*keys, index), depth + 1) for index, item in enumerate(self._items())]
        return self._mapping(keys, depth)

    def _items(self) -> Iterator[Any]:
        for event in self.events:
            if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                return
            yield event

    def _mapping(self, keys: Keys, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for event in self._items():
            self._guard(event, depth)
            place = self._place(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(
                    event,
                    "tên dòng ở đây không phải là chữ",
                    "Viết “tên: nội dung”; chữ có dấu { hay [ thì đặt trong ngoặc kép.",
                )
            key = self._clean(event)
            if key in result:
                wrong = f"dòng “{key}” bị ghi hai lần (lần đầu ở dòng {self.places[(*keys, key)].line})"
                self.problems.append(Problem(place, wrong, "Giữ lại một dòng, xóa dòng kia."))
            self.places[(*keys, key)] = place
            result[key] = self._node(next(self.events), (*keys, key), depth + 1)
        return result

    def _guard(self, event: Any, depth: int) -> None:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._stop(event, "giá trị bắt đầu bằng & hoặc *", "Đặt cả giá trị trong ngoặc kép.")
        if getattr(event, "tag", None):
            self._stop(event, "giá trị bắt đầu bằng dấu !", "Đặt cả giá trị trong ngoặc kép.")
        if depth > MAX_DEPTH:
            self._stop(
                event, f"các dòng lồng vào nhau quá {MAX_DEPTH} bậc", "Kiểm tra dấu cách đầu dòng và các dấu ngoặc."
            )
        if self.nodes > MAX_NODES:
            self._stop(event, f"tệp có hơn {MAX_NODES} giá trị", "Chia nội dung thành nhiều tệp nhỏ hơn.")

    def _stop(self, event: Any, wrong: str, remedy: str) -> None:
        raise UserError([*self.problems, Problem(self._place(event), wrong, remedy)])

    def _place(self, event: Any) -> Place:
        return Place(self.name, event.start_mark.line + self.first_line, event.start_mark.column + 1)

    def word_yaml_error(self, error: yaml.YAMLError) -> Problem:
        """Return what libyaml refused, in plain Vietnamese."""
        context, problem = str(getattr(error, "context", "")), str(getattr(error, "problem", error))
        marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
        context_mark, mark = ((found.line, found.column) if found else None for found in marks)
        slip = find_slip(context, context_mark, problem, mark, self.lines)
        place = Place(self.name, slip.row + self.first_line, slip.column + 1)
        return Problem(place, slip.wrong, slip.remedy)

    def _note_cut(self, event: Any) -> None:
        """Keep a warning for a plain value that ` #` cuts short."""
        end = event.end_mark
        rest = "".join(self.lines[end.line : end.line + 1])[end.column :] if not event.style else ""
        if lost := re.match(r"\s*#\s*(.*)", rest):
            kept = f"chỉ còn “{event.value}”" if event.value else "dòng này thành trống"
            wrong = f"chữ từ dấu # trở đi bị bỏ qua (“#{lost[1]}”), {kept}"
            self.warnings.append(Problem(self._place(event), wrong, QUOTE_HASH, is_warning=True))

    def _clean(self, event: Any) -> str:
        """Return the text of a scalar in NFC; refuse control characters that an escape such as "\\a" smuggles in."""
        if ODD.search(event.value):
            self._stop(
                event, "dấu \\ trong ngoặc kép tạo ra một ký tự ẩn", "Viết hai dấu \\\\ liền nhau, hoặc bỏ dấu \\."
            )
        return self._unescape(event)

    def _unescape(self, event: Any) -> str:
        """Return the words of a scalar; what a web page writes as `&amp;` is a sign by itself here."""
        words = strip_unseen(event.value) if event.style == '"' else event.value
        if (plain := ENTITY.sub(lambda code: unescape(code[0]), words)) != words:
            wrong = f"“{words}” có mã của trang web, đã đọc là “{plain}”"
            self.warnings.append(Problem(self._place(event), wrong, "Gõ lại trong tệp cho khớp.", is_warning=True))
        return plain
