"""What the tests of drawing share: projects with other lines of `make`, jobs of tickets, one job made and judged, in this process and without a store."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from conftest import ROOT

from generator.model import Make
from generator.project import Project, read_project
from generator.project.entries import EntryReader
from generator.render.typeset import pack_drawings
from generator.theme import read_theme
from generator.worklist import Piece, Ticket, make_tickets, pieces_of
from generator.workshop.bench import Bench, Setup
from generator.workshop.job import Finished, Job, make_job
from generator.workshop.makers import MAKERS

#: Which file of a drawing: purpose, format, whether it is imposed.
Which: TypeAlias = tuple[str, str, bool]
PREVIEW: Which = ("preview", "pdf", False)
PRINT: Which = ("print", "pdf", False)
IMPOSED: Which = ("print", "pdf", True)
LONG_S = 600


class Silent:
    """A teller that keeps what it is told and prints nothing."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.drawings = 0
        self.done: list[str] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def start(self, drawings: int) -> None:
        self.drawings = drawings

    def advance(self, name: str) -> None:
        self.done.append(name)


def read_sound(root: Path = ROOT) -> Project:
    """Return a project (this repository's own) that must hold no errors."""
    project, problems = read_project(root)
    assert [str(problem) for problem in problems if not problem.is_warning] == []
    assert project is not None
    return project


def tickets_in(project: Project) -> list[Ticket]:
    """Return every drawing of a project for its own sender."""
    return make_tickets(project, project.organisation)


def pieces_in(project: Project) -> list[Piece]:
    """Return every piece of a project for its own sender."""
    return pieces_of(tickets_in(project))


def make_instead(project: Project, lines: Mapping[str, Sequence[Make]]) -> Project:
    """Return the project with other lines of `make`, by campaign; campaigns that are not named make nothing."""
    entries = []
    for id_, makes in lines.items():
        reader = EntryReader(project, project.campaigns[id_])
        for index, line in enumerate(makes):
            reading = reader.read(index, line)
            assert not reading.problems, reading.problems
            entries += reading.entries
    return dataclasses.replace(project, entries=tuple(entries))


def bench_of(project: Project) -> Bench:
    """Return a bench for the project's folder, warm from test to test, and made anew when a drawing changes there."""
    art = (project.theme.folder / "art").rglob("*")
    state = max(path.stat().st_mtime_ns for path in art if path.is_file())
    return _bench(project.root, tuple(project.theme.fonts.packages), state)


@lru_cache(maxsize=4)
def _bench(root: Path, packages: tuple[str, ...], state: int) -> Bench:
    drawings = pack_drawings(read_theme(root).read_drawings())
    return Bench(Setup(root, packages, root / "khong-co-kho", "", drawings))


def which(piece: Piece) -> Which:
    """Return which file of its drawing a piece is."""
    return piece.purpose, piece.format, piece.is_imposed


def job_of(project: Project, ticket: Ticket, pieces: Iterable[Piece] | None = None) -> Job:
    """Return the job of a ticket (of some of its pieces); a piece's path stands for its key."""
    wanted = ticket.pieces if pieces is None else tuple(pieces)
    return make_job(ticket, [(piece, piece.path) for piece in wanted], project.theme.fonts.office, LONG_S)


def make_job_here(project: Project, job: Job) -> dict[Which, Finished]:
    """Return the files of a job, good or bad."""
    made = list(MAKERS[job.maker](bench_of(project), job))
    assert tuple(one.wanted for one in made) == job.wanted
    return {(one.wanted.purpose, one.wanted.format, one.wanted.is_imposed): one for one in made}


def make_here(project: Project, ticket: Ticket, *only: Which) -> dict[Which, Finished]:
    """Return the files of a ticket (those named, else all), good or bad."""
    pieces = [piece for piece in ticket.pieces if not only or which(piece) in only]
    assert pieces and (not only or len(pieces) == len(only))
    return make_job_here(project, job_of(project, ticket, pieces))


def make_good(project: Project, ticket: Ticket, *only: Which) -> dict[Which, bytes]:
    """Return the files of a ticket, which preflight must find good."""
    found = make_here(project, ticket, *only)
    assert {which: one.wrong for which, one in found.items() if one.wrong} == {}
    return {which: one.body for which, one in found.items()}


def draw_base(project: Project, job: Job) -> bytes:
    """Return the one drawing that all PDFs of a job are made of: with bleed, in screen colours."""
    bench = bench_of(project)
    return bench.typesetter.draw(job.kind, bench.document(job), job.timestamp, bench.logo(job.logo))


def smallest(tickets: Iterable[Ticket]) -> Ticket:
    """Return the ticket of the smallest size, the first of its size."""
    return min(tickets, key=lambda ticket: ticket.sheet.width_mm * ticket.sheet.height_mm)
