"""Links inside the site: what a thing is called and where its page stands.

Comes in: ids, and source references such as `001:II.4`. Goes out: Links.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.addresses import audience_uri, campaign_uri, document_uri, hazard_uri, place_anchor, plan_uri, topic_uri
from generator.project import CampaignFolder, Project
from generator.project.names import name_source

Links = tuple["Link", ...]


@dataclass(frozen=True)
class Link:
    """A link inside the site: its words, a path of the site (empty: words only), an anchor on that page."""

    label: str
    uri: str
    anchor: str = ""


@dataclass(frozen=True)
class Tile:
    """A link with a sentence on what stands behind it."""

    link: Link
    summary: str


def link_source(project: Project, reference: str) -> Link:
    """Return the link of `001:II.4`, of a document id or of `document-id:Điều 16`."""
    head, _, place = reference.partition(":")
    name = name_source(project.plans, project.documents, reference)
    if head in project.plans:
        return Link(name, plan_uri(head), place_anchor(place))
    return Link(name, document_uri(head) if head in project.documents else "")


def link_sources(project: Project, references: Iterable[str]) -> Links:
    """Return the links of several references, in their order."""
    return tuple(link_source(project, reference) for reference in references)


def link_campaign(folder: CampaignFolder) -> Link:
    """Return the link to a campaign."""
    return Link(folder.campaign.short_name, campaign_uri(folder.id))


def link_topic(folder: CampaignFolder, topic: str) -> Link:
    """Return the link to a topic of a campaign."""
    return Link(folder.topics[topic].front.title, topic_uri(folder.id, topic))


def link_plan(project: Project, plan: str) -> Link:
    """Return the link to an official plan."""
    return Link(project.plans[plan].short_title, plan_uri(plan))


def link_hazard(project: Project, hazard: str) -> Link:
    """Return the link to the advice on a hazard."""
    return Link(project.hazards[hazard].front.title, hazard_uri(hazard))


def link_audience(project: Project, audience: str) -> Link:
    """Return the link to what a group of people should know."""
    return Link(project.audiences[audience].front.people, audience_uri(audience))
