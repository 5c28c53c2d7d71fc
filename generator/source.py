"""Read one YAML or Markdown file and remember the line of every key.

Comes in: a path. Goes out: a Source (plain dicts, lists and strings, plus where each stands). Called by `theme` and
`project`. Every scalar stays a string: YAML's implicit types damage Vietnamese data (`0912…`, `No`, `12:30`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.decode import read_text
from generator.errors import Place, Problem, UserError

#: Limits against hostile files (reliability rule; far above any real file).
MAX_DEPTH = 20
MAX_NODES = 50_000
Keys = tuple[str | int, ...]


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
        table = self.values if of_value else self.places
        while keys and keys not in table:
            keys = keys[:-1]
        return table.get(keys, Place(self.path, 1))


def read_yaml(path: Path, name: str) -> Source:
    """Return the Source of a YAML file; `name` is the path shown to people. Raises UserError."""
    return parse_yaml(read_text(path, Place(name)), name)


def read_markdown(path: Path, name: str) -> Source:
    """Return the Source of a Markdown file with YAML front matter between `---` lines. Raises UserError."""
    return parse_markdown(read_text(path, Place(name)), name)


def parse_markdown(text: str, name: str) -> Source:
    """Return the Source of Markdown text with front matter. Raises UserError."""
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", text, re.DOTALL | re.MULTILINE)
    if not match:
        raise UserError([Problem(Place(name, 1), "tệp không mở đầu bằng phần khai báo giữa hai dòng ---",
                                 "Dòng đầu ghi ---, tiếp theo là title: …, rồi một dòng --- nữa, sau đó mới đến bài.")])  # fmt: skip
    head = parse_yaml(match.group(1), name, first_line=2)
    body_line = text.count("\n", 0, match.end()) + 1
    return Source(name, head.data, head.places, head.values, text[match.end():].strip("\n"), body_line, head.warnings)  # fmt: skip


def parse_yaml(text: str, name: str, first_line: int = 1) -> Source:
    """Return the Source of YAML text; `first_line` is the line number of its first line. Raises UserError."""
    reader = _Reader(text, name, first_line)
    try:
        data = reader.read()
    except yaml.YAMLError as error:
        raise UserError([reader.word_yaml_error(error)]) from None
    if reader.problems:
        raise UserError(reader.problems)
    if data is None:
        raise UserError([Problem(Place(name), "tệp trống", "Điền nội dung, hoặc xóa tệp nếu không dùng.")])
    return Source(name, data, reader.places, reader.values, warnings=tuple(reader.find_cut_values()))


class _Reader:
    """Builds plain data from libyaml events, without ever composing a graph (no aliases, no recursion limits hit)."""

    def __init__(self, text: str, name: str, first_line: int) -> None:
        self.text, self.name, self.first_line = text, name, first_line
        self.places: dict[Keys, Place] = {}
        self.values: dict[Keys, Place] = {}
        self.problems: list[Problem] = []
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
                    self._stop(event, "tệp có hai phần ngăn cách bởi ---", "Mỗi tệp chỉ ghi một phần; bỏ dòng --- thừa.")  # fmt: skip
            elif isinstance(event, yaml.NodeEvent):
                data = self._node(event, (), 0)
        return None if data == "" else data

    def _node(self, event: Any, keys: Keys, depth: int) -> Any:
        self._guard(event, depth)
        self.values[keys] = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            return event.value
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
                self._stop(event, "khóa ở đây không phải là chữ", "Viết dạng “khóa: giá trị”; giá trị có dấu { hay [ thì đặt trong ngoặc kép.")  # fmt: skip
            key = event.value
            if key in result:
                first = self.places[(*keys, key)].line
                self.problems.append(Problem(place, f"khóa “{key}” bị ghi hai lần (lần đầu ở dòng {first})",
                                             "Giữ lại một dòng, xóa dòng kia."))  # fmt: skip
            self.places[(*keys, key)] = place
            result[key] = self._node(next(self.events), (*keys, key), depth + 1)
        return result

    def _guard(self, event: Any, depth: int) -> None:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._stop(event, "dùng neo & hoặc bí danh * của YAML", "Chép lại giá trị; nếu là chữ bắt đầu bằng & hay * thì đặt trong ngoặc kép.")  # fmt: skip
        if getattr(event, "tag", None):
            self._stop(event, "dùng thẻ ! của YAML", "Bỏ thẻ; nếu là chữ bắt đầu bằng ! thì đặt trong ngoặc kép.")
        if depth > MAX_DEPTH:
            self._stop(event, f"lồng nhau quá {MAX_DEPTH} tầng", "Kiểm tra các dấu thụt đầu dòng và dấu ngoặc.")
        if self.nodes > MAX_NODES:
            self._stop(event, f"có hơn {MAX_NODES} giá trị", "Chia nội dung thành nhiều tệp nhỏ hơn.")

    def _stop(self, event: Any, wrong: str, remedy: str) -> None:
        raise UserError([*self.problems, Problem(self._place(event), wrong, remedy)])

    def _place(self, event: Any) -> Place:
        return Place(self.name, event.start_mark.line + self.first_line, event.start_mark.column + 1)

    def word_yaml_error(self, error: yaml.YAMLError) -> Problem:
        """Return what libyaml refused, in plain Vietnamese."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        row, column = (mark.line, mark.column) if mark else (0, 0)
        lines = self.text.split("\n")
        line = lines[min(row, len(lines) - 1)]
        wrong, remedy = _word_syntax(str(getattr(error, "problem", error)), line)
        return Problem(Place(self.name, row + self.first_line, column + 1), wrong, remedy)

    def find_cut_values(self) -> Iterator[Problem]:
        """Yield a warning for every plain value that ` #` cuts short."""
        lines = self.text.split("\n")
        for keys, place in self.values.items():
            row = place.line - self.first_line
            if row >= len(lines) or not keys:
                continue
            rest = lines[row][place.column - 1:]  # fmt: skip
            cut = re.match(r"[^\"'|>\[{#\s][^\"']*?\s#(?P<lost>.*)", rest)
            if cut and not re.match(r".*?:\s", rest):
                yield Problem(place, f"phần sau dấu # bị bỏ qua: “{cut['lost'].strip()}”",
                              "Nếu # là một phần của chữ, đặt cả giá trị trong ngoặc kép. Nếu là ghi chú, để ghi chú ở dòng riêng.",
                              is_warning=True)  # fmt: skip


def _word_syntax(problem: str, line: str) -> tuple[str, str]:
    if "\t" in line[: len(line) - len(line.lstrip())] or "\\t" in problem or "tab" in problem:
        return "dòng thụt đầu bằng phím Tab", "Thay mỗi Tab bằng hai dấu cách."
    if "mapping values are not allowed" in problem:
        return "giá trị có dấu hai chấm rồi dấu cách (“: ”) mà không có ngoặc kép", "Đặt cả giá trị trong ngoặc kép: khóa: \"…\"."  # fmt: skip
    if "did not find expected" in problem or "could not find expected ':'" in problem or "expected ':'" in problem:
        return f"dòng này không đúng khuôn: “{line.strip()[:60]}”", "Kiểm tra: mỗi dòng viết “khóa: giá trị”, thụt đầu dòng thẳng hàng với dòng cùng cấp, ngoặc mở thì phải đóng."  # fmt: skip
    if "unexpected end of stream" in problem or "found unexpected document" in problem:
        return "thiếu dấu ngoặc kép đóng", "Thêm dấu \" ở cuối giá trị."
    if "cannot start any token" in problem:
        return f"giá trị bắt đầu bằng ký tự đặc biệt: “{line.strip()[:60]}”", "Đặt cả giá trị trong ngoặc kép."
    if "escape" in problem:
        return "dấu \\ trong ngoặc kép không đúng cách", "Viết hai dấu \\\\, hoặc dùng ngoặc đơn '…' thay cho ngoặc kép."
    return f"không đọc được dòng này: “{line.strip()[:60]}”", "So sánh với một chiến dịch mẫu; thường là sai thụt đầu dòng hoặc thiếu ngoặc kép."  # fmt: skip
