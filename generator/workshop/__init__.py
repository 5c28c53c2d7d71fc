"""Make pieces: draw, finish, judge, keep. A ticket becomes files in the store; only what changed is drawn again.

Comes in: Tickets of the worklist, one after the other. Goes out: Made pieces, whose bytes lie in the store, or
problems that name the piece and its place in the YAML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, TypeAlias

from generator.errors import Problem
from generator.render.typeset import pack_drawings
from generator.theme import Theme
from generator.worklist import Piece, Ticket
from generator.workshop.bench import Setup
from generator.workshop.job import Job, make_job
from generator.workshop.keys import KeyMaker
from generator.workshop.pool import HerePool, KillablePool, Pool
from generator.workshop.store import FOLDER, Kept, Store, StoredFile

__all__ = ["Kept", "Made", "Progress", "Store", "StoredFile", "Workshop", "part"]

#: A ticket and those of its pieces, each with its key, that the store does not hold.
Todo: TypeAlias = tuple[Ticket, list[tuple[Piece, str]]]
#: Up to this number of drawings, starting processes costs more than it saves.
FEW = 4


@dataclass(frozen=True)
class Made:
    """A piece and where it lies: its file, and pictures of its pages where its format is shown."""

    piece: Piece
    kept: Kept


class Progress(Protocol):
    """Told how the drawing goes."""

    def start(self, drawings: int) -> None:
        """Begin: so many drawings are to be made."""

    def advance(self, name: str) -> None:
        """One more drawing is done: the piece of this name."""


class Workshop:
    """Makes the pieces of one project; use as a context manager, keep it as long as pieces are wanted."""

    def __init__(self, root: Path, theme: Theme) -> None:
        self.root, self.theme, self.packages = root, theme, tuple(theme.fonts.packages)
        self.store = Store(root / FOLDER)
        self._pools: dict[type, Pool] = {}
        self._state = ""
        self.drawn = 0
        self._used: set[str] = set()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the processes, at once."""
        for pool in self._pools.values():
            pool.close()
        self._pools = {}

    def forget_unused(self) -> None:
        """Drop from the store what no piece made here needs; call it only when every piece was wanted."""
        self.store.keep_only(self._used)

    def make(self, tickets: Iterable[Ticket], progress: Progress | None = None) -> Iterator[Made | Problem]:
        """Yield every piece made (from the store where nothing changed), and every problem of those that failed."""
        keys = KeyMaker(self.root, self.packages)
        todo: list[Todo] = []
        for ticket in tickets:
            missing: list[tuple[Piece, str]] = []
            for piece in ticket.pieces:
                key = keys.key_of(ticket, piece)
                self._used.add(key)
                if kept := self.store.get(key):
                    yield Made(piece, kept)
                else:
                    missing.append((piece, key))
            if missing:
                todo.append((ticket, missing))
        if progress:
            progress.start(len(todo))
        yield from self._draw(todo, keys, progress)

    def _draw(self, todo: list[Todo], keys: KeyMaker, progress: Progress | None) -> Iterator[Made | Problem]:
        missing_of = {missing[0][1]: missing for _, missing in todo}
        told: set[Problem] = set()
        jobs = (self._job(ticket, missing) for ticket, missing in todo)
        for job, wrong in self._open_pool(len(todo), keys.shared).run(jobs):
            missing = missing_of[job.wanted[0].key]
            self.drawn += len(missing)
            if progress:
                progress.advance(job.name)
            for piece, key in missing:
                if kept := self.store.get(key):
                    yield Made(piece, kept)
            yield from (problem for problem in wrong if problem not in told)
            told.update(wrong)

    def _job(self, ticket: Ticket, missing: list[tuple[Piece, str]]) -> Job:
        timeout = max(piece.form.timeout_s for piece, _ in missing)
        return make_job(ticket, missing, self.theme.fonts.office, timeout)

    def _open_pool(self, drawings: int, state: str) -> Pool:
        """Return the pool for so many drawings; both are kept while nothing that all pieces share has changed."""
        if state != self._state:
            self.close()
            self._state = state
        form = HerePool if drawings <= FEW else KillablePool
        if form not in self._pools:
            self._pools[form] = form(self._make_setup(drawings))
        return self._pools[form]

    def _make_setup(self, drawings: int) -> Setup:
        packed = pack_drawings(self.theme.read_drawings()) if drawings else b""
        return Setup(self.root, self.packages, self.store.folder, self._state, packed)


def part(results: Iterable[Made | Problem]) -> tuple[list[Made], list[Problem]]:
    """Return what was made, sorted by path, and what went wrong."""
    found = list(results)
    made = sorted((one for one in found if isinstance(one, Made)), key=lambda one: one.piece.path)
    return made, [one for one in found if isinstance(one, Problem)]
