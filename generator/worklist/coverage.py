"""What the plans require that nothing serves yet, per plan and campaign.

Comes in: a Project and its pieces. Goes out: rows of (asked, open) per sort of requirement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.project import CampaignFolder, Project
from generator.worklist.shape import Piece

SORTS = ("channels", "contents", "audiences", "targets")


@dataclass(frozen=True)
class Coverage:
    """How far one campaign (all of them when `campaign` is empty) serves one plan in one sort of requirement; `open`
    lists (place, name) not served.
    """

    plan: str
    campaign: str
    sort: str
    asked: int
    open: tuple[tuple[str, str], ...]


def measure_coverage(project: Project, pieces: Iterable[Piece]) -> list[Coverage]:
    """Return the coverage of every plan, first by all campaigns together (`campaign` empty), then by each that names
    it.
    """
    made: dict[str, set[str]] = {}
    for piece in pieces:
        made.setdefault(piece.campaign, set()).add(piece.channel)
    website = {channel.id for channel in project.theme.channels.values() if channel.is_website}
    rows: list[Coverage] = []
    for plan_id in project.plans:
        own = [
            _measure(project, folder, plan_id, made.get(folder.id, set()) | website | _held(folder))
            for folder in project.campaigns_of(plan_id)
        ]
        rows += [_join(plan_id, sorts) for sorts in zip(*own, strict=True)]
        rows += [row for campaign in own for row in campaign]
    return rows


def _join(plan_id: str, rows: Sequence[Coverage]) -> Coverage:
    """Return one sort's coverage by all campaigns together: open is what every campaign leaves open."""
    still_open = tuple(item for item in rows[0].open if all(item in row.open for row in rows))
    return Coverage(plan_id, "", rows[0].sort, rows[0].asked, still_open)


def _measure(project: Project, folder: CampaignFolder, plan_id: str, channels: set[str]) -> list[Coverage]:
    plan = project.plans[plan_id]
    served = set(served_places(project, folder))
    wanted = {
        "channels": {
            row.channel: (row.at, project.theme.channels[row.channel].name) for row in reversed(plan.channels)
        },
        "contents": {row.at: (row.at, row.title) for row in plan.contents},
        "audiences": {
            row.audience: (row.at, project.term("audiences", row.audience)) for row in reversed(plan.audiences)
        },
        "targets": {f"{row.at} {row.subject}": (row.at, row.subject) for row in plan.targets},
    }

    def is_served(sort: str, key: str, at: str) -> bool:
        if sort == "channels":
            return key in channels
        if sort == "audiences":
            return key in folder.campaign.audiences
        return f"{plan_id}:{at}" in served

    return [
        Coverage(
            plan_id,
            folder.id,
            sort,
            len(rows),
            tuple(
                (at, name)
                for key, (at, name) in sorted(rows.items(), key=lambda item: item[1])
                if not is_served(sort, key, at)
            ),
        )
        for sort, rows in ((sort, wanted[sort]) for sort in SORTS)
    ]


def _held(folder: CampaignFolder) -> set[str]:
    """Return the channels that are activities of the campaign; a mere suggestion serves nobody."""
    return {event.channel for event in folder.campaign.events if event.channel and event.status != "goi-y"}


def served_places(project: Project, folder: CampaignFolder) -> list[str]:
    """Return every plan place that the campaign serves, with its hazard and audience texts."""
    shared = [project.hazards[name].front.serves for name in folder.campaign.hazards]
    shared += [project.audiences[name].front.serves for name in folder.campaign.audiences]
    return [*folder.served(), *(place for places in shared for place in places)]
