"""Every address of the website, spelt here and nowhere else: its pages, its files, the anchors inside pages.

Comes in: ids, and paths in build/. Goes out: paths inside the site; a page's path is that of its Markdown
(`nguy-co/nga-cao.md`, which readers see as `nguy-co/nga-cao/`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from generator.project.shape import PHOTO_ENDING, make_plain_path


class Landing(NamedTuple):
    """The pages of the navigation; all others are reached through them: a navigation of 1,000 pages costs minutes."""

    home: str = "index.md"
    campaigns: str = "chien-dich/index.md"
    library: str = "tai-lieu/index.md"
    hazards: str = "nguy-co/index.md"
    audiences: str = "doi-tuong/index.md"
    plans: str = "ke-hoach/index.md"
    documents: str = "van-ban/index.md"
    contact: str = "lien-he.md"


LANDING = Landing()


class Part(StrEnum):
    """The parts of a campaign that have a page of their own, in the order of its menu."""

    OVERVIEW = "index"
    TOPICS = "noi-dung/index"
    AUDIENCES = "doi-tuong"
    HAZARDS = "nguy-co"
    TARGETS = "chi-tieu"
    CALENDAR = "lich"
    LIBRARY = "tai-lieu"
    ASSIGNMENTS = "phan-cong"


# Pages


def campaign_uri(campaign: str, part: Part = Part.OVERVIEW) -> str:
    """Return the page of a part of a campaign."""
    return f"chien-dich/{campaign}/{part}.md"


def topic_uri(campaign: str, topic: str) -> str:
    """Return the page of a topic."""
    return f"chien-dich/{campaign}/noi-dung/{topic}.md"


def script_uri(campaign: str, script: str) -> str:
    """Return the page of a loudspeaker script."""
    return f"chien-dich/{campaign}/phat-thanh/{script}.md"


def hazard_uri(hazard: str) -> str:
    """Return the page of a hazard."""
    return f"nguy-co/{hazard}.md"


def audience_uri(audience: str) -> str:
    """Return the page for a group of people."""
    return f"doi-tuong/{audience}.md"


def plan_uri(plan: str) -> str:
    """Return the page of an official plan."""
    return f"ke-hoach/{plan}.md"


def document_uri(document: str) -> str:
    """Return the page of a document of the register."""
    return f"van-ban/{document}.md"


def entry_address(campaign: str, entry: str) -> str:
    """Return the address of an entry's page as readers see it: the QR code on each of its pieces says it."""
    return f"an-pham/{campaign}/{entry}/"


def entry_uri(campaign: str, entry: str) -> str:
    """Return the page of an entry."""
    return f"{entry_address(campaign, entry)}index.md"


# Files


def piece_uri(path: str) -> str:
    """Return where the website keeps a piece whose path in build/ is `path`."""
    return f"an-pham/{path}"


def thumbnail_uri(path: str, number: int) -> str:
    """Return where the website keeps the picture of page `number` (from 1) of a piece."""
    return f"an-pham/{path.rpartition('.')[0]}-{number}.webp"


def copy_uri(file: str) -> str:
    """Return the stored copy of a document of the register."""
    return f"van-ban/{make_plain_path(file)}"


def calendar_uri(campaign: str) -> str:
    """Return the calendar file of a campaign."""
    return f"chien-dich/{campaign}/lich.ics"


def photo_uri(campaign: str, file: str) -> str:
    """Return the copy of a campaign's photo, a JPEG whatever the photo was."""
    return f"chien-dich/{campaign}/{make_plain_path(file, PHOTO_ENDING)}"


def drawing_uri(drawing: str, face: str) -> str:
    """Return a drawing in a face's colours."""
    return f"assets/art/{face}/{drawing}.svg"


#: The colours of all faces; mkdocs.yml names it.
FACES_CSS = "assets/stylesheets/faces.css"


# Anchors


#: Sections of a campaign's overview.
BASIS_ANCHOR, SLOGANS_ANCHOR = "can-cu", "khau-hieu"


def message_anchor(message: str) -> str:
    """Return the anchor of a message on its campaign's overview."""
    return f"thong-diep-{message}"


def target_anchor(target: str) -> str:
    """Return the anchor of a target on its campaign's page of targets."""
    return f"chi-tieu-{target}"


def event_anchor(event: str) -> str:
    """Return the anchor of an event on its campaign's calendar."""
    return f"su-kien-{event}"


def body_anchor(body: str) -> str:
    """Return the anchor of a body on a campaign's page of assignments."""
    return f"co-quan-{body}"


def channel_anchor(channel: str) -> str:
    """Return the anchor of a channel in a campaign's library."""
    return f"kenh-{channel}"


def place_anchor(at: str) -> str:
    """Return the anchor of a plan's place: `II.2(2)-1` → `muc-ii.2_2-1` (distinct for distinct places)."""
    return "muc-" + at.lower().replace("(", "_").replace(")", "")


# From page to page


def make_relative(from_uri: str, to_uri: str) -> str:
    """Return the relative address between two paths of the site, pages as readers see them (`a/b.md` → `a/b/`)."""
    start = _folder_of(from_uri)
    end = _folder_of(to_uri) if to_uri.endswith(".md") else to_uri.split("/")
    shared = 0
    while shared < min(len(start), len(end)) and start[shared] == end[shared]:
        shared += 1
    steps = [".."] * (len(start) - shared) + end[shared:]
    return "/".join(steps or ["."]) + ("/" if to_uri.endswith(".md") else "")


def _folder_of(uri: str) -> list[str]:
    """Return the folder that a page's address names: `a/b.md` → a, b; `a/index.md` → a."""
    *folder, name = uri.removesuffix(".md").split("/")
    return folder if name == "index" else [*folder, name]
