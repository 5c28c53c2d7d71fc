"""Texts that campaigns share: a page per hazard, a page per group of people, and the list of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.addresses import LANDING, audience_uri, hazard_uri
from generator.model import AudienceText, HazardAdvice
from generator.pages.links import Links, Tile, link_audience, link_campaign, link_hazard, link_sources
from generator.pages.page import Page, PageData
from generator.project import Project, TextFile
from generator.theme import Theme

EDIT_TERMS = "campaigns/terms.yml"


@dataclass(frozen=True)
class HazardPage(PageData):
    """The advice on one hazard; `sign` is the drawing that warns of it (empty: there is none)."""

    template = "hazard.md.j2"
    name: str
    summary: str
    sign: str
    signs: tuple[str, ...]
    do: tuple[str, ...]
    avoid: tuple[str, ...]
    emergency: tuple[str, ...]
    body: str
    sectors: tuple[str, ...]
    campaigns: Links
    sources: Links
    serves: Links


@dataclass(frozen=True)
class AudiencePage(PageData):
    """What one group of people should know."""

    template = "audience.md.j2"
    name: str
    people: str
    summary: str
    points: tuple[str, ...]
    body: str
    campaigns: Links
    sources: Links
    serves: Links


@dataclass(frozen=True)
class HazardsPage(PageData):
    """The list of hazards."""

    template = "hazards.md.j2"
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class AudiencesPage(PageData):
    """The list of groups of people."""

    template = "audiences.md.j2"
    tiles: tuple[Tile, ...]


def make_advice_pages(project: Project, image: str) -> Iterator[Page]:
    """Yield the hazards and their list, the groups of people and theirs."""
    for name, hazard in project.hazards.items():
        yield Page(hazard_uri(name), _describe_hazard(project, name, hazard), hazard.source.path, image)
    hazards = (Tile(link_hazard(project, name), hazard.front.summary) for name, hazard in project.hazards.items())
    yield Page(LANDING.hazards, HazardsPage(tuple(hazards)), EDIT_TERMS, image)

    for name, audience in project.audiences.items():
        yield Page(audience_uri(name), _describe_audience(project, name, audience), audience.source.path, image)
    audiences = (Tile(link_audience(project, name), text.front.summary) for name, text in project.audiences.items())
    yield Page(LANDING.audiences, AudiencesPage(tuple(audiences)), EDIT_TERMS, image)


def _describe_hazard(project: Project, name: str, hazard: TextFile[HazardAdvice]) -> HazardPage:
    front = hazard.front
    sectors = {term.id: term.name for term in project.terms.sectors}
    campaigns = (folder for folder in project.campaigns.values() if name in folder.campaign.hazards)
    return HazardPage(
        name=front.title,
        summary=front.summary,
        sign=find_sign(project.theme, name),
        signs=tuple(front.signs),
        do=tuple(front.do),
        avoid=tuple(front.avoid),
        emergency=tuple(front.emergency),
        body=hazard.body,
        sectors=tuple(sectors.get(sector, sector) for sector in front.sectors),
        campaigns=tuple(map(link_campaign, campaigns)),
        sources=link_sources(project, front.source),
        serves=link_sources(project, front.serves),
    )


def find_sign(theme: Theme, hazard: str) -> str:
    """Return the warning sign of a hazard; where the theme has none, whatever else it draws for it."""
    return theme.signs.get(hazard, theme.art_by_meaning.get(hazard, ""))


def _describe_audience(project: Project, name: str, audience: TextFile[AudienceText]) -> AudiencePage:
    front = audience.front
    campaigns = (folder for folder in project.campaigns.values() if name in folder.campaign.audiences)
    return AudiencePage(
        name=front.title,
        people=front.people,
        summary=front.summary,
        points=tuple(front.points),
        body=audience.body,
        campaigns=tuple(map(link_campaign, campaigns)),
        sources=link_sources(project, front.source),
        serves=link_sources(project, front.serves),
    )
