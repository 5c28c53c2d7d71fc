"""A command line that speaks Vietnamese: argparse, with its own English said in the staff's words.

Comes in: what people type. Goes out: what they asked for, or exit code 2 and a sentence.
"""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

HINT = "Gõ “loa --help” để xem các lệnh."

#: argparse's own English → what we say; groups fill the braces.
SLIPS = (
    (r"argument (?P<a>\S+): invalid choice: '(?P<b>.*?)' \(choose from (?P<c>.*)\)", "không có “{b}”; được dùng: {c}"),
    (r"the following arguments are required: (?P<a>.*)", "thiếu {a}"),
    (r"unrecognized arguments: (?P<a>.*)", "không hiểu “{a}”"),
    (r"argument (?P<a>\S+): expected one argument", "thiếu giá trị sau {a}"),
    (r"argument (?P<a>\S+): (?P<b>“.*)", "{a}: {b}"),
)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Vietnamese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, **settings)
        self._positionals.title, self._optionals.title = "các lệnh", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="xem trợ giúp này")

    def format_help(self) -> str:
        """Return the help, its first word in Vietnamese."""
        return super().format_help().replace("usage: ", "Cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        """Say in Vietnamese what is wrong with the command line and leave with exit code 2."""
        found = ((re.fullmatch(pattern, message, re.DOTALL), words) for pattern, words in SLIPS)
        said = next((words.format(**match.groupdict()).replace("'", "") for match, words in found if match), message)
        print(f"Lệnh chưa đúng: {said}\n{HINT}", file=sys.stderr)
        raise SystemExit(2)
