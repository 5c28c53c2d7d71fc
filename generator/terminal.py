"""What is written to the terminal: streams that hold whatever happens to their other end, problems in their order.

Comes in: the streams of the process, problems. Goes out: lines; a reader that left never stops a command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, TextIO
from unicodedata import category

from generator.errors import Problem, split_problems

#: Unicode categories of letters that steer: control codes, marks that turn lines around, halves of pairs.
CONTROLS = {"Cc", "Cf", "Cs"}


class SteadyStream:
    """A stream for text; once its other end is gone (`loa build | head -1`), it goes on and writes to nobody."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write; letters that a console of an old code page does not know become “?”."""
        try:
            self._stream.write(text)
        except UnicodeEncodeError:
            page = self._stream.encoding
            self._stream.write(text.encode(page, "replace").decode(page))
        except (OSError, ValueError):
            self._let_go()
        return len(text)

    def flush(self) -> None:
        """Write out what waits."""
        try:
            self._stream.flush()
        except (OSError, ValueError):
            self._let_go()

    def _let_go(self) -> None:
        """Lead what still waits, and what comes, to nowhere: flushing at exit would complain once again."""
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def hold_streams() -> None:
    """Make stdout and stderr take every letter and never fail; where there is none (pythonw), nobody reads."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the process
        if not isinstance(stream, SteadyStream):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
            setattr(sys, name, SteadyStream(stream))


def print_problems(problems: Sequence[Problem]) -> None:
    """Print warnings to stdout and errors to stderr, and how many errors there are."""
    errors, warnings = split_problems(problems)
    for problem in warnings + errors:
        print(_make_plain(str(problem)), file=sys.stderr if not problem.is_warning else sys.stdout)
    sys.stdout.flush()
    if errors:
        print(f"\n{len(errors)} lỗi cần sửa.", file=sys.stderr)


def _make_plain(words: str) -> str:
    """Return words without the control codes that a file's name may hold: a terminal would obey them."""
    return "".join(letter if letter == "\n" or category(letter) not in CONTROLS else "�" for letter in words)
