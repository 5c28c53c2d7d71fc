"""Project + who publishes + day + pieces → every page of the website. Pure: no disk, no clock, no network.

Comes in: a checked Project, the Organisation that publishes, the day of the build, the pieces. Goes out: Pages, sorted
by address, each with the data of its template in theme/pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator.errors import InternalError
from generator.model import Organisation
from generator.pages.advice import HazardPage, make_advice_pages
from generator.pages.campaign import CampaignContext, make_context, make_overview
from generator.pages.campaign_calendar import make_calendar_page
from generator.pages.campaign_lists import make_list_pages
from generator.pages.campaign_texts import make_text_pages
from generator.pages.documents import make_document_pages
from generator.pages.front import make_front_pages, sort_campaigns
from generator.pages.library import make_library_pages
from generator.pages.links import Link
from generator.pages.page import Page, PageData
from generator.pages.plans import make_plan_pages
from generator.pages.site_map import SiteMap, find_dead_links, make_site_map
from generator.pages.uses import find_uses
from generator.project import Project
from generator.worklist.shape import Piece

__all__ = ["HazardPage", "Link", "Page", "PageData", "SiteMap", "find_dead_links", "make_pages", "make_site_map"]


def make_pages(project: Project, organisation: Organisation, day: date, pieces: Sequence[Piece]) -> list[Page]:
    """Return every generated page; `day` decides what is on now, `pieces` fill the libraries (previews only)."""
    contexts = [make_context(project, folder, day, pieces) for folder in sort_campaigns(project, day)]
    previews = [piece for piece in pieces if piece.purpose == "preview"]
    image = next((context.image for context in contexts if context.image), "")
    uses = find_uses(project)

    pages = [
        *make_front_pages(project, organisation, contexts, image),
        *make_advice_pages(project, image),
        *make_plan_pages(project, uses, previews),
        *make_document_pages(project, uses),
        *(page for context in contexts for page in _make_campaign_pages(context)),
    ]

    pages.sort(key=lambda page: page.uri)
    if len({page.uri for page in pages}) != len(pages):
        raise InternalError("two pages with one address")
    return pages


def _make_campaign_pages(context: CampaignContext) -> Iterator[Page]:
    yield make_overview(context)
    yield from make_text_pages(context)
    yield from make_list_pages(context)
    if context.folder.campaign.events:
        yield make_calendar_page(context)
    yield from make_library_pages(context)
