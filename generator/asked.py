"""Read a project whole, and refuse what people ask for that it does not have.

Comes in: the project's folder, what is wanted. Goes out: the Project with its warnings, or every problem at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import Place, Problem, UserError, split_problems
from generator.explain import suggest
from generator.project import Project, read_project
from generator.worklist import Piece, Ticket


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

    def pick(self, tickets: Iterable[Ticket]) -> Iterator[Ticket]:
        """Yield the tickets with the pieces that are wanted of them."""
        for ticket in tickets:
            pieces = tuple(piece for piece in ticket.pieces if self._has_piece(piece))
            if pieces:
                yield replace(ticket, pieces=pieces)

    def _has_piece(self, piece: Piece) -> bool:
        return self.has(piece.kind, piece.campaign, piece.purpose)


def read_whole(root: Path) -> tuple[Project, list[Problem]]:
    """Return the project and its warnings. Raises UserError with every problem when there are errors."""
    project, problems = read_project(root)
    errors, _ = split_problems(problems)
    if errors or project is None:
        raise UserError(problems)
    return project, problems


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
