"""The lists of a campaign: whom it speaks to, which hazards it names, its targets, who does what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.addresses import Part, body_anchor, target_anchor
from generator.model import Target
from generator.pages.campaign import CampaignContext, CampaignPage
from generator.pages.chart import Chart, make_chart
from generator.pages.links import Link, Links, link_audience, link_hazard, link_sources
from generator.pages.page import Page
from generator.pages.words import BodyView, describe_body
from generator.project import Project

#: How many points of an audience and how many pieces of advice on a hazard a list shows; their own page has all.
FEW_POINTS, FEW_ADVICE = 3, 2


def make_list_pages(context: CampaignContext) -> Iterator[Page]:
    """Yield a page per list that holds something."""
    campaign = context.folder.campaign
    makers: tuple[tuple[bool, Callable[[CampaignContext], CampaignPage]], ...] = (
        (bool(campaign.audiences), _list_audiences),
        (bool(campaign.hazards), _list_hazards),
        (bool(campaign.targets), _list_targets),
        (bool(campaign.assignments), _list_assignments),
    )
    for has_some, make in makers:
        if has_some:
            yield context.page(make(context))


# Audiences and hazards


@dataclass(frozen=True)
class AudienceTile:
    """A group of people and the first things it should know."""

    link: Link
    points: tuple[str, ...]


@dataclass(frozen=True)
class HazardTile:
    """A hazard and the first things to do and to avoid."""

    link: Link
    summary: str
    do: tuple[str, ...]
    avoid: tuple[str, ...]


@dataclass(frozen=True)
class CampaignAudiencesPage(CampaignPage):
    """Whom the campaign speaks to."""

    template = "campaign-audiences.md.j2"
    is_searchable = False
    audiences: tuple[AudienceTile, ...]


@dataclass(frozen=True)
class CampaignHazardsPage(CampaignPage):
    """Which hazards the campaign names."""

    template = "campaign-hazards.md.j2"
    is_searchable = False
    hazards: tuple[HazardTile, ...]


def _list_audiences(context: CampaignContext) -> CampaignAudiencesPage:
    project = context.project
    tiles = tuple(
        AudienceTile(link_audience(project, name), tuple(project.audiences[name].front.points[:FEW_POINTS]))
        for name in context.folder.campaign.audiences
    )
    return CampaignAudiencesPage(context.view, context.uri(Part.AUDIENCES), tiles)


def _list_hazards(context: CampaignContext) -> CampaignHazardsPage:
    tiles = tuple(_tile_hazard(context.project, name) for name in context.folder.campaign.hazards)
    return CampaignHazardsPage(context.view, context.uri(Part.HAZARDS), tiles)


def _tile_hazard(project: Project, name: str) -> HazardTile:
    front = project.hazards[name].front
    return HazardTile(
        link=link_hazard(project, name),
        summary=front.summary,
        do=tuple(front.do[:FEW_ADVICE]),
        avoid=tuple(front.avoid[:FEW_ADVICE]),
    )


# Targets


@dataclass(frozen=True)
class TargetView:
    """A target in large figures."""

    anchor: str
    direction: str
    qualifier: str
    figure: str
    unit: str
    subject: str
    by: str
    sources: Links


@dataclass(frozen=True)
class TargetsPage(CampaignPage):
    """The targets, with an illustration of what the yearly ones come to."""

    template = "targets.md.j2"
    targets: tuple[TargetView, ...]
    chart: Chart | None


def _list_targets(context: CampaignContext) -> TargetsPage:
    campaign = context.folder.campaign
    targets = tuple(_describe_target(context.project, target) for target in campaign.targets)
    chart = make_chart(campaign.targets, campaign.chart)
    return TargetsPage(context.view, context.uri(Part.TARGETS), targets, chart)


def _describe_target(project: Project, target: Target) -> TargetView:
    return TargetView(
        anchor=target_anchor(target.id),
        direction=project.theme.printed.direction.of(target.direction),
        qualifier=target.qualifier,
        figure=target.figure,
        unit=target.unit,
        subject=target.subject,
        by=target.by,
        sources=link_sources(project, target.source),
    )


# Who does what


@dataclass(frozen=True)
class TaskView:
    """A task, with where it is written."""

    text: str
    sources: Links


@dataclass(frozen=True)
class Assigned:
    """A body with its tasks."""

    anchor: str
    body: BodyView
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True)
class AssignmentsPage(CampaignPage):
    """Who does what, in the order of first mention."""

    template = "assignments.md.j2"
    bodies: tuple[Assigned, ...]


def _list_assignments(context: CampaignContext) -> AssignmentsPage:
    project = context.project
    tasks: dict[str, list[TaskView]] = {}
    for task in context.folder.campaign.assignments:
        tasks.setdefault(task.body, []).append(TaskView(task.text, link_sources(project, task.source)))
    bodies = tuple(
        Assigned(body_anchor(body), describe_body(project, body), tuple(views)) for body, views in tasks.items()
    )
    return AssignmentsPage(context.view, context.uri(Part.ASSIGNMENTS), bodies)
