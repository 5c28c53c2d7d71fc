"""Tell people how the work goes: a bar with the time left on a terminal, plain lines elsewhere. The only door to rich.

Comes in: sentences, and every drawing that is done. Goes out: lines on the terminal, in Vietnamese.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

#: A plain line is written no oftener than this.
EVERY_S = 5.0


class Bar:
    """Tells on one stream; use as a context manager."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        self._bar: Progress | None = None
        self._task = TaskID(0)
        self._all = self._done = 0
        self._since = self._told = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def say(self, sentence: str) -> None:
        """Tell people what begins now."""
        self._end()
        self._console.print(sentence, soft_wrap=True)

    def start(self, drawings: int) -> None:
        """Begin: so many drawings are to be made."""
        self._end()
        self._all, self._done = drawings, 0
        self._since = self._told = time.monotonic()
        if drawings and self._console.is_terminal:
            self._bar = Progress(
                TextColumn("  vẽ"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("còn"),
                TimeRemainingColumn(compact=True),
                TextColumn("{task.description}"),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task("", total=drawings)
            self._bar.start()

    def advance(self, name: str) -> None:
        """One more drawing is done; `name` is what is drawn now."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._task, advance=1, description=name)
        elif time.monotonic() - self._told > EVERY_S or self._done == self._all:
            self._told = time.monotonic()
            self._console.print(f"  vẽ {self._done}/{self._all}{self._left()}: {name}", soft_wrap=True)

    def _left(self) -> str:
        seconds = (time.monotonic() - self._since) / self._done * (self._all - self._done)
        return f", còn khoảng {seconds:.0f} giây" if self._done < self._all else ""

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
