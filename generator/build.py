"""The recipe, and the module to read first: read → check → worklist → make → preflight → write.

Comes in: the project's folder and the day of the build. Goes out: build/ with website and pieces, or every problem at
once. `cli` calls `check`, `build`, `list_pieces`; `plugin` calls `build_for_site`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator import output
from generator.errors import Place, Problem, UserError, split_problems
from generator.explain import suggest
from generator.pages import Page, make_pages
from generator.project import Project, read_project
from generator.worklist import Coverage, Piece, make_pieces, measure_coverage
from generator.workshop import Made, Workshop

Say = Callable[[str], None]
#: Makes the website of what was built in a folder; returns the number of pages. `plugin.make_site` is the one there is.
MakeSite = Callable[["Built", Path], int]


@dataclass(frozen=True)
class Wants:
    """Which pieces are wanted; empty means all."""

    kind: str = ""
    campaign: str = ""
    purpose: str = ""

    @property
    def is_partial(self) -> bool:
        """Tell whether only some pieces are wanted: the rest of the last build then stays as it is."""
        return bool(self.kind or self.campaign or self.purpose)

    def has(self, kind: str, campaign: str, purpose: str) -> bool:
        """Tell whether a piece with these properties is wanted."""
        return (
            (not self.kind or kind == self.kind)
            and (not self.campaign or campaign == self.campaign)
            and (not self.purpose or purpose == self.purpose)
        )


@dataclass(frozen=True)
class Built:
    """Everything a website needs: the project, the pieces made, the pages to make, the day of the build."""

    project: Project
    pieces: list[Made]
    pages: list[Page]
    day: date
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Report:
    """What a command did: problems, coverage, numbers and seconds by stage."""

    problems: list[Problem] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    project: Project | None = None
    pieces: int = 0
    pages: int = 0
    drawn: int = 0
    stages: dict[str, float] = field(default_factory=dict)

    def stage(self, name: str, since: float) -> float:
        """Note the seconds of a stage and return the time now."""
        now = time.perf_counter()
        self.stages[name] = now - since
        return now


def read(root: Path) -> tuple[Project | None, list[Problem]]:
    """Return the project at `root` (None when it cannot be used at all) and every problem."""
    return read_project(root)


def check(root: Path, say: Say = lambda text: None) -> Report:
    """Return everything that is wrong, at once: files, references, and every piece drawn to see whether its text fits."""
    report = Report()
    clock = time.perf_counter()
    report.project, report.problems = read(root)
    clock = report.stage("đọc", clock)
    if report.project is None:
        return report
    try:
        pieces = make_pieces(report.project)
    except UserError as error:
        report.problems += error.problems
        return report
    previews = [piece for piece in pieces if piece.purpose == "preview"]
    with Workshop(root, report.project.theme.fonts.packages) as workshop:
        made, wrong = workshop.make(previews, _progress(say, "vẽ thử"))
    report.problems += wrong
    report.pieces, report.drawn = len(made), workshop.drawn
    report.coverage = measure_coverage(report.project, pieces)
    report.stage("vẽ thử", clock)
    return report


def build(root: Path, day: date, wants: Wants, make_site: MakeSite, say: Say) -> Report:
    """Make what is wanted and swap it in as build/. Raises UserError with every problem; build/ then stays as it was."""
    report = Report()
    clock = time.perf_counter()
    say("Đọc và kiểm tra nội dung …")
    project = read_whole(root, report)
    refuse_unknown(project, wants)
    pieces = [p for p in make_pieces(project) if wants.has(p.kind, p.campaign, p.purpose)]
    clock = report.stage("đọc", clock)
    say(f"Làm {len(pieces)} ấn phẩm …")
    with Workshop(root, project.theme.fonts.packages) as workshop:
        made, wrong = workshop.make(pieces, _progress(say, "vẽ"))
        report.drawn = workshop.drawn
        if not wrong and not wants.is_partial:
            workshop.forget_unused()
    if wrong:
        raise UserError([*report.problems, *wrong])
    clock = report.stage("ấn phẩm", clock)
    with output.staging(root) as draft:
        _write_pieces(root, draft, made, wants)
        clock = report.stage("ghi ấn phẩm", clock)
        if not wants.is_partial:
            say("Làm trang web …")
            built = Built(project, made, make_pages(project, project.organisation, day, pieces), day, report.problems)
            report.pages = make_site(built, draft / "site")
            clock = report.stage("trang web", clock)
    report.stage("thay bản cũ", clock)
    report.project, report.pieces = project, len(made)
    report.coverage = measure_coverage(project, pieces) if not wants.is_partial else []
    return report


def list_pieces(root: Path, wants: Wants) -> tuple[list[Piece], list[Problem]]:
    """Return the worklist without making anything. Raises UserError when the files hold errors."""
    report = Report()
    project = read_whole(root, report)
    refuse_unknown(project, wants)
    return [p for p in make_pieces(project) if wants.has(p.kind, p.campaign, p.purpose)], report.problems


def build_for_site(root: Path, day: date, workshop: Workshop | None = None) -> Built:
    """Return what the website shows: preview pieces and pages. Raises UserError. A kept workshop saves its start."""
    report = Report()
    project = read_whole(root, report)
    pieces = make_pieces(project)
    previews = [piece for piece in pieces if piece.purpose == "preview"]
    mine = workshop or Workshop(root, project.theme.fonts.packages)
    try:
        made, wrong = mine.make(previews)
    finally:
        if workshop is None:
            mine.close()
    if wrong:
        raise UserError([*report.problems, *wrong])
    return Built(project, made, make_pages(project, project.organisation, day, pieces), day, report.problems)


def read_whole(root: Path, report: Report) -> Project:
    """Return the project; its warnings go into the report. Raises UserError with every problem when there are errors."""
    project, report.problems = read(root)
    errors, _ = split_problems(report.problems)
    if errors or project is None:
        raise UserError(report.problems)
    return project


def refuse_unknown(project: Project, wants: Wants) -> None:
    """Refuse a kind or campaign that does not exist, and printing before the subject is announced."""
    tables: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("--only", wants.kind, project.theme.materials),
        ("--campaign", wants.campaign, project.campaigns),
    )
    problems = [
        Problem(Place(option), f"không có “{word}”", suggest(word, known))
        for option, word, known in tables
        if word and word not in known
    ]
    folder = project.campaigns.get(wants.campaign)
    if folder is not None and not folder.is_announced:
        problems.append(
            Problem(
                folder.source.place_of(("subject", "text")),
                f"chưa làm ấn phẩm: “{folder.campaign.name}” chưa có chủ đề",
                "Chủ đề thường được công bố vào tháng 11–12 năm trước; khi có văn bản, điền vào “text”.",
            )
        )
    if problems:
        raise UserError(problems)


def _write_pieces(root: Path, draft: Path, made: Sequence[Made], wants: Wants) -> None:
    kept: list[dict[str, object]] = []
    if wants.is_partial:
        rows = output.read_manifest(root)
        old = [row for row in rows if wants.has(row["kind"], row["campaign"], row["purpose"])]
        kept = [row for row in rows if row not in old]
        output.copy_last_build(root, draft, [*(row["path"] for row in old), output.MANIFEST])
    for one in made:
        output.write_file(draft, one.piece.path, one.body)
    output.write_manifest(draft, [*kept, *(describe_piece(one) for one in made)])


def describe_piece(made: Made) -> dict[str, object]:
    """Return the manifest's row of a piece."""
    piece = made.piece
    return {
        "path": piece.path,
        "campaign": piece.campaign,
        "channel": piece.channel,
        "kind": piece.kind,
        "preset": piece.preset.id,
        "purpose": piece.purpose,
        "format": piece.format,
        **output.describe(made.body),
    }


def _progress(say: Say, word: str) -> Callable[[int, int], None]:
    def tell(done: int, all_: int) -> None:
        if done == all_ or done % 25 == 0:
            say(f"  {word} {done}/{all_}")

    return tell
