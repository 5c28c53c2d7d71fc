"""Project + day + pieces → every page of the website. Pure: no disk, no clock, no network.

Comes in: a checked Project, the day of the build, the pieces. Goes out: Pages, sorted by address. Called by `build`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.errors import InternalError
from generator.pages.campaign import make_campaign_pages
from generator.pages.links import LANDING, Link, calendar_uri, document_uri, piece_uri, thumbnail_uri
from generator.pages.page import Page
from generator.pages.registers import make_document_pages, make_plan_pages
from generator.pages.shared import make_shared_pages
from generator.pages.uses import find_uses
from generator.project import Project
from generator.worklist.shape import Piece

__all__ = ["LANDING", "Link", "Page", "calendar_uri", "document_uri", "make_pages", "piece_uri", "thumbnail_uri"]


def make_pages(project: Project, day: date, pieces: Sequence[Piece]) -> list[Page]:
    """Return every generated page; `day` decides what is on now, `pieces` fill the libraries (previews only)."""
    previews = [piece for piece in pieces if piece.purpose == "preview"]
    uses = find_uses(project)
    pages = [*make_shared_pages(project, day, previews), *make_plan_pages(project, uses, previews),
             *make_document_pages(project, uses)]  # fmt: skip
    for folder in project.campaigns.values():
        pages += make_campaign_pages(project, folder, day, previews)
    pages.sort(key=lambda page: page.uri)
    if len({page.uri for page in pages}) != len(pages):
        raise InternalError("two pages with one address")
    return pages
