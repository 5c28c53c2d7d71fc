"""The recipe, and the module to read first: read → check → worklist → make → judge → write.

Comes in: the project's folder and the day of the build. Goes out: build/ with website and pieces, or every problem at
once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from generator import output
from generator.addresses import entry_address
from generator.asked import Wants, read_whole, refuse_unknown
from generator.errors import Place, Problem, UserError, split_problems
from generator.machine import faults_told
from generator.pages import Page, SiteMap, find_dead_links, make_pages, make_site_map
from generator.project import Project, read_project
from generator.worklist import Coverage, Piece, Ticket, make_tickets, measure_coverage, pieces_of
from generator.workshop import Made, Progress, Workshop, part

PREVIEWS = Wants(purpose="preview")
#: Makes the website of what was built in a folder; returns the number of pages. `plugin.make_site` is the one there is.
MakeSite = Callable[["Built", Path], int]


class Teller(Progress, Protocol):
    """Told what goes on: sentences, and how the drawing goes."""

    def say(self, sentence: str) -> None:
        """Tell people what begins now."""


@dataclass(frozen=True)
class Built:
    """Everything a website needs: the project, the pieces made, the pages to make, the day of the build."""

    project: Project
    pieces: list[Made]
    pages: list[Page]
    day: date
    site: SiteMap
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Report:
    """What a command did: problems, coverage, numbers and seconds by stage."""

    problems: list[Problem] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    pieces: int = 0
    pages: int = 0
    drawn: int = 0
    stages: dict[str, float] = field(default_factory=dict)

    def stage(self, name: str, since: float) -> float:
        """Note the seconds of a stage and return the time now."""
        now = time.perf_counter()
        self.stages[name] = now - since
        return now


def check(root: Path, day: date, teller: Teller) -> Report:
    """Return everything that is wrong, at once: files, references, and every piece drawn to see whether its text
    fits.
    """
    report, clock = Report(), time.perf_counter()
    project, report.problems = read_project(root)
    clock = report.stage("đọc", clock)
    if project is None:
        return report
    try:
        tickets = make_tickets(project, project.organisation)
        if not split_problems(report.problems)[0]:
            _lay_out(project, day, pieces_of(tickets))
    except UserError as error:
        report.problems += error.problems
        return report
    with Workshop(root, project.theme) as workshop:
        made, wrong = part(workshop.make(PREVIEWS.pick(tickets), teller))
    report.problems += wrong
    report.pieces, report.drawn = len(made), workshop.drawn
    report.coverage = measure_coverage(project, pieces_of(tickets))
    report.stage("vẽ thử", clock)
    return report


def build(root: Path, day: date, wants: Wants, make_site: MakeSite, teller: Teller) -> Report:
    """Make what is wanted and swap it in as build/. Raises UserError with every problem; build/ then stays as
    it was.
    """
    report, clock = Report(), time.perf_counter()
    teller.say("Đọc và kiểm tra nội dung …")
    project, report.problems = read_whole(root)
    refuse_unknown(project, wants)
    with output.staging(root) as draft:
        last = _read_last(root, wants)
        report.problems += find_lost_addresses(last, project)
        tickets = list(wants.pick(make_tickets(project, project.organisation)))
        pages, site = ([], SiteMap()) if wants.is_partial else _lay_out(project, day, pieces_of(tickets))
        clock = report.stage("đọc", clock)
        teller.say(f"Làm {len(pieces_of(tickets))} ấn phẩm …")
        made = _make_pieces(project, tickets, wants, teller, report)
        clock = report.stage("ấn phẩm", clock)
        _write_pieces(root, draft, made, last, wants)
        clock = report.stage("ghi ấn phẩm", clock)
        if not wants.is_partial:
            teller.say("Làm trang web …")
            report.pages = make_site(Built(project, made, pages, day, site, report.problems), draft / "site")
            clock = report.stage("trang web", clock)
        report.problems += output.set_aside(root, draft)
    report.stage("thay bản cũ", clock)
    report.coverage = measure_coverage(project, pieces_of(tickets)) if not wants.is_partial else []
    return report


def _read_last(root: Path, wants: Wants) -> list[output.Row]:
    """Return the rows of the last build. A whole build does without them; part of one raises UserError when they are
    lost: nobody could tell what the rest of build/ is.
    """
    try:
        return output.read_manifest(root)
    except UserError:
        if wants.is_partial:
            raise
        return []


def _make_pieces(project: Project, tickets: list[Ticket], wants: Wants, teller: Teller, report: Report) -> list[Made]:
    """Return the pieces, all of them made. Raises UserError with what is wrong with the others."""
    with Workshop(project.root, project.theme) as workshop:
        made, wrong = part(workshop.make(tickets, teller))
        report.pieces, report.drawn = len(made), workshop.drawn
        if not wrong and not wants.is_partial:
            workshop.forget_unused()
    if wrong:
        raise UserError([*report.problems, *wrong])
    return made


def list_pieces(root: Path, wants: Wants) -> tuple[list[Piece], list[Problem]]:
    """Return the worklist without making anything, and the warnings. Raises UserError when the files hold errors."""
    project, warnings = read_whole(root)
    refuse_unknown(project, wants)
    return pieces_of(wants.pick(make_tickets(project, project.organisation))), warnings


def build_for_site(root: Path, day: date, workshop: Workshop | None = None) -> Built:
    """Return what the website shows: preview pieces and pages. Raises UserError. A kept workshop saves its start."""
    project, warnings = read_whole(root)
    tickets = make_tickets(project, project.organisation)
    pages, site = _lay_out(project, day, pieces_of(tickets))
    mine = workshop or Workshop(root, project.theme)
    mine.theme = project.theme
    try:
        with faults_told():
            made, wrong = part(mine.make(PREVIEWS.pick(tickets)))
    finally:
        if workshop is None:
            mine.close()
    if wrong:
        raise UserError([*warnings, *wrong])
    return Built(project, made, pages, day, site, warnings)


def _lay_out(project: Project, day: date, pieces: Sequence[Piece]) -> tuple[list[Page], SiteMap]:
    """Return the pages of the website and where everything stands. Raises UserError for links that lead nowhere."""
    pages = make_pages(project, project.organisation, day, pieces)
    site = make_site_map(project, pages, pieces)
    if dead := find_dead_links(project, pages, site):
        raise UserError(dead)
    return pages, site


def _write_pieces(root: Path, draft: Path, made: Sequence[Made], last: Sequence[output.Row], wants: Wants) -> None:
    """Fill the draft: what was made, and in a partial build everything else of the last one."""
    kept: list[output.Row] = []
    if wants.is_partial:
        old = [row for row in last if wants.has(row.kind, row.campaign, row.purpose)]
        kept = [row for row in last if row not in old]
        output.link_folder(root / output.BUILD, draft, [*(row.path for row in old), output.MANIFEST])
    for file in made:
        output.place_file(draft, file.piece.path, file.kept.body.path, is_copied=file.piece.form.is_edited)
    output.write_manifest(draft, [*kept, *map(describe_piece, made)])


def describe_piece(made: Made) -> output.Row:
    """Return the manifest's row of a piece."""
    piece, body = made.piece, made.kept.body
    return output.Row(
        path=piece.path,
        campaign=piece.campaign,
        channel=piece.channel,
        kind=piece.kind,
        preset=piece.preset.id,
        purpose=piece.purpose,
        format=piece.format,
        sha256=body.sha256,
        bytes=body.size,
        address=entry_address(piece.campaign, piece.entry),
    )


def find_lost_addresses(last: Iterable[output.Row], project: Project) -> Iterator[Problem]:
    """Yield a warning for every page that codes of the last build's press files led to, and that no entry answers to
    now.
    """
    kept = {
        entry_address(entry.folder.id, address)
        for entry in project.entries
        for address in (entry.address, *entry.former_addresses)
    }
    lost = {row.address: row for row in last if row.purpose == "print" and row.address and row.address not in kept}
    for address, row in sorted(lost.items()):
        part = address.rstrip("/").rpartition("/")[2].removeprefix(f"{row.kind}-")
        yield Problem(
            Place(f"campaigns/{row.campaign}/campaign.yml"),
            f"mã QR in lần trước dẫn tới {address}, nay không mục nào có địa chỉ ấy",
            f"Nếu đã in: thêm “formerly: [{part}]” vào mục thay cho nó; chưa in thì bỏ qua.",
            is_warning=True,
        )
