"""The official plans: every requirement of each, with its place in the plan and where the site serves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.addresses import LANDING, Part, campaign_uri, channel_anchor, place_anchor, plan_uri
from generator.model import Plan
from generator.model.plan import ChannelWanted, Deadline, Row, Task
from generator.pages.links import Link, Links, link_campaign, link_plan, link_sources
from generator.pages.page import Page, PageData
from generator.pages.plan_listings import LISTINGS, Asked, Listing
from generator.pages.uses import Uses
from generator.pages.words import describe_body, say_body
from generator.project import Project
from generator.wording.dates import say_day
from generator.worklist.shape import Piece

#: Places that a plan has whether or not a row stands there: title, opening, recipients.
TITLE, OPENING, RECIPIENTS = "T", "0", "NN"


@dataclass(frozen=True)
class RequirementView:
    """One thing that a plan asks for; `anchor` is empty where an earlier row stands at the same place."""

    at: str
    anchor: str
    head: str
    uri: str
    text: str
    successor: str
    due: str
    served: Links


@dataclass(frozen=True)
class ListingView:
    """A list of a plan that holds something."""

    id: str
    name: str
    rows: tuple[RequirementView, ...]


@dataclass(frozen=True)
class PlanPage(PageData):
    """One plan; `fixed` are anchors of places where no row stands."""

    template = "plan.md.j2"
    form: str
    name: str
    name_in_full: str
    number: str
    issuer: str
    date: str
    signer: str
    note: str
    implements: Links
    campaigns: Links
    fixed: tuple[str, ...]
    listings: tuple[ListingView, ...]


@dataclass(frozen=True)
class PlanTile:
    """A plan in the list of plans."""

    id: str
    link: Link
    plan: PlanPage
    count: int


@dataclass(frozen=True)
class PlansPage(PageData):
    """The list of plans."""

    template = "plans.md.j2"
    tiles: tuple[PlanTile, ...]


def make_plan_pages(project: Project, uses: Uses, previews: Sequence[Piece]) -> Iterator[Page]:
    """Yield a page per plan, then the list of plans."""
    channels = _link_channels(project, previews)
    tiles = []
    for plan_id, plan in project.plans.items():
        data = _PlanReader(project, plan, uses, channels).describe()
        count = sum(len(listing.rows) for listing in data.listings)
        tiles.append(PlanTile(plan_id, link_plan(project, plan_id), data, count))
        yield Page(plan_uri(plan_id), data, f"campaigns/plans/{plan_id}.yml")
    yield Page(LANDING.plans, PlansPage(tuple(tiles)), "campaigns/plans")


def _link_channels(project: Project, previews: Sequence[Piece]) -> dict[str, list[Link]]:
    """Return where each channel's materials stand, campaign by campaign."""
    links: dict[str, dict[Link, None]] = {}
    for piece in previews:
        label = f"{project.campaigns[piece.campaign].campaign.short_name}: tài liệu"
        link = Link(label, campaign_uri(piece.campaign, Part.LIBRARY), channel_anchor(piece.channel))
        links.setdefault(piece.channel, {})[link] = None
    return {channel: list(unique) for channel, unique in links.items()}


class _PlanReader:
    """Reads one plan from top to bottom, and gives each of its places an anchor at the first row that stands there."""

    def __init__(self, project: Project, plan: Plan, uses: Uses, channels: Mapping[str, Sequence[Link]]) -> None:
        self.project, self.plan, self.uses, self.channels = project, plan, uses, channels
        self.anchors = {place_anchor(TITLE)}

    def describe(self) -> PlanPage:
        """Return everything that the plan's page shows."""
        project, plan = self.project, self.plan
        listings = tuple(view for listing in LISTINGS if (view := self._read(listing)).rows)
        fixed = map(place_anchor, (OPENING, RECIPIENTS))
        return PlanPage(
            form=plan.form,
            name=plan.short_title,
            name_in_full=plan.title,
            number=plan.number,
            issuer=say_body(project, plan.issuer),
            date=say_day(plan.date),
            signer=f"{plan.signer.title} {plan.signer.name}" if plan.signer else "",
            note=plan.note,
            implements=link_sources(project, plan.implements),
            campaigns=tuple(map(link_campaign, project.campaigns_of(plan.id))),
            fixed=tuple(anchor for anchor in fixed if anchor not in self.anchors),
            listings=listings,
        )

    def _read(self, listing: Listing[Asked]) -> ListingView:
        return ListingView(
            id=listing.id,
            name=listing.name,
            rows=tuple(self._describe(listing, row) for row in listing.rows(self.plan)),
        )

    def _describe(self, listing: Listing[Asked], row: Asked) -> RequirementView:
        text, head = listing.text(row), listing.head(self.project, row)
        return RequirementView(
            at=row.at,
            anchor=self._anchor_once(row.at),
            head=head,
            uri=listing.uri(self.project, row),
            text="" if text == head else text,
            successor=describe_body(self.project, row.body).successor if isinstance(row, Task | Deadline) else "",
            due=row.due if isinstance(row, Deadline) else "",
            served=self._find_served(row),
        )

    def _anchor_once(self, at: str) -> str:
        """Return a place's anchor, or empty where it stands already: an id may stand once on a page."""
        anchor = place_anchor(at)
        if anchor in self.anchors:
            return ""
        self.anchors.add(anchor)
        return anchor

    def _find_served(self, row: Row) -> Links:
        materials = self.channels.get(row.channel, ()) if isinstance(row, ChannelWanted) else ()
        return (*materials, *self.uses.of_place(self.plan.id, row.at))
