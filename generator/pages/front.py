"""Pages that open the site: home, the list of campaigns, the contact page; and which campaign comes first on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.addresses import LANDING
from generator.model import Organisation
from generator.pages.campaign import CampaignContext, CampaignView
from generator.pages.cards import Card, group_by_channel, group_by_entry
from generator.pages.library import make_shelves_page
from generator.pages.links import Links, link_hazard
from generator.pages.page import Page, PageData
from generator.pages.words import find_state
from generator.project import CampaignFolder, Project

#: What is shown first: running now, then what runs all year, then the next to come, then the last one that ran.
#: `loa.js` keeps the same order for the reader's own date.
ORDER = ("on", "standing", "next", "past")
#: How many materials the home page shows of each campaign, and of all.
CARDS_OF_EACH, MOST_CARDS = 3, 6
EDIT_ORGANISATION = "campaigns/organisation.yml"


@dataclass(frozen=True)
class PlacedCampaign:
    """A campaign and where home shows it: now, next or rest."""

    campaign: CampaignView
    place: str


@dataclass(frozen=True)
class HomePage(PageData):
    """The first page; `organisation` is the name of who publishes."""

    template = "home.md.j2"
    organisation: str
    campaigns: tuple[PlacedCampaign, ...]
    cards: tuple[Card, ...]
    count: int
    hazards: Links


@dataclass(frozen=True)
class CampaignsPage(PageData):
    """The list of campaigns."""

    template = "campaigns.md.j2"
    campaigns: tuple[CampaignView, ...]


@dataclass(frozen=True)
class ContactPage(PageData):
    """Who publishes, and how to reach them."""

    template = "contact.md.j2"
    organisation: Organisation


def make_front_pages(
    project: Project, organisation: Organisation, contexts: Sequence[CampaignContext], image: str
) -> Iterator[Page]:
    """Yield home, the lists of campaigns and of materials, and contact; the campaigns come in the order they matter."""
    views = tuple(context.view for context in contexts)
    yield Page(LANDING.home, _make_home(project, organisation, contexts), EDIT_ORGANISATION, image)
    yield Page(LANDING.campaigns, CampaignsPage(views), EDIT_ORGANISATION, image)
    yield make_shelves_page(contexts, image, EDIT_ORGANISATION)
    yield Page(LANDING.contact, ContactPage(organisation), EDIT_ORGANISATION, image)


def sort_campaigns(project: Project, day: date) -> list[CampaignFolder]:
    """Return the campaigns in the order they matter on `day`: of those to come the nearest first, of past ones the
    latest.
    """

    def key(folder: CampaignFolder) -> tuple[int, int, str]:
        starts = folder.campaign.starts or day
        state, _ = find_state(folder, day)
        return ORDER.index(state), abs((starts - day).days), folder.id

    return sorted(project.campaigns.values(), key=key)


def place_campaigns(views: Sequence[CampaignView]) -> list[PlacedCampaign]:
    """Return the sorted campaigns with their place at home: `now` for all that are first alike, `next` for coming
    ones.
    """

    def place(view: CampaignView) -> str:
        lead = views[0]
        is_same_day = lead.state in ("on", "standing") or view.starts == lead.starts
        if view.state == lead.state and is_same_day:
            return "now"
        return "next" if view.state == "next" else "rest"

    return [PlacedCampaign(view, place(view)) for view in views]


def _make_home(project: Project, organisation: Organisation, contexts: Sequence[CampaignContext]) -> HomePage:
    cards = [
        group.cards[0] for context in contexts for group in group_by_channel(project, context.previews)[:CARDS_OF_EACH]
    ]
    return HomePage(
        organisation=organisation.name,
        campaigns=tuple(place_campaigns([context.view for context in contexts])),
        cards=tuple(cards[:MOST_CARDS]),
        count=sum(len(group_by_entry(context.previews)) for context in contexts),
        hazards=tuple(link_hazard(project, hazard) for hazard in project.hazards),
    )
