"""The print document: everything that the template of one piece may know, typed. Its word here is brief; “document”
is văn bản.

Comes in: an entry, a size, who publishes, how the campaign looks. Goes out: a frozen Brief; `to_plain` gives the JSON
that templates read. It says nothing of the purpose: preview and press file come from one drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.errors import InternalError
from generator.model import Face, Material, Organisation, Preset, Sheet
from generator.project import CampaignFolder, Project
from generator.project.shelf import Wording
from generator.wording.content import Content

PIXELS_PER_MM = 96 / 25.4


@dataclass(frozen=True)
class Head:
    """What a piece is called (`title`), its description for those who cannot see it, and the address people may
    type.
    """

    title: str
    alt: str
    short_url: str


@dataclass(frozen=True)
class FaceLook:
    """How the campaign looks, besides its colours: motif, voice (picture or type leads), lead drawing, emblem."""

    motif: str
    voice: str
    lead: str
    emblem: str


@dataclass(frozen=True)
class NameGroups:
    """The sender's names as groups that a line break may never part."""

    name: tuple[str, ...]
    short_name: tuple[str, ...]
    superior: tuple[str, ...]


@dataclass(frozen=True)
class Sender:
    """Who publishes, as pieces say it; `groups` are the names in pieces that a line break may never part."""

    name: str
    short_name: str
    superior: str
    address: str
    hotline: str
    email: str
    short_site: str
    groups: NameGroups


@dataclass(frozen=True)
class CampaignHead:
    """What pieces say of their campaign."""

    name: str
    short_name: str
    year: str


@dataclass(frozen=True)
class Look:
    """What every piece of a campaign shares: colours for screens (job → #rrggbb), fonts by role, face, campaign."""

    colours: Mapping[str, str]
    fonts: Mapping[str, str]
    face: FaceLook
    campaign: CampaignHead


@dataclass(frozen=True)
class Brief:
    """The print document; its fields are what templates may read, held by a test in both directions."""

    piece: Head
    sheet: Sheet
    content: Mapping[str, Content]
    colours: Mapping[str, str]
    fonts: Mapping[str, str]
    face: FaceLook
    organisation: Sender
    campaign: CampaignHead


def make_brief(head: Head, sheet: Sheet, content: Mapping[str, Content], look: Look, sender: Sender) -> Brief:
    """Return the brief of one drawing, put together from its shared parts."""
    return Brief(head, sheet, content, look.colours, look.fonts, look.face, sender, look.campaign)


def make_look(project: Project, folder: CampaignFolder) -> Look:
    """Return what every piece of a campaign shares."""
    tokens, face = project.theme.tokens, project.theme.faces[folder.campaign.face]
    jobs = {**tokens.jobs, **face.jobs}
    return Look(
        colours={job: tokens.paints[paint].screen for job, paint in sorted(jobs.items())},
        fonts=project.theme.fonts.roles,
        face=_face_look(face),
        campaign=CampaignHead(folder.campaign.name, folder.campaign.short_name, folder.campaign.year),
    )


def make_sender(project: Project, folder: CampaignFolder, organisation: Organisation) -> Sender:
    """Return an organisation as the pieces of a campaign name it: the campaign says what stays together."""
    wording = Wording(project, folder)
    names = (organisation.name, organisation.short_name, organisation.superior)
    return Sender(
        name=organisation.name,
        short_name=organisation.short_name,
        superior=organisation.superior,
        address=organisation.address,
        hotline="; ".join(line.words for line in organisation.hotline),
        email=organisation.email,
        short_site=shorten_site(organisation.site),
        groups=NameGroups(*(wording.groups(name) for name in names)),
    )


def make_sheet(preset: Preset, material: Material, scale: int) -> Sheet:
    """Return a preset as the sheet of a piece; pixels count as 96 to the inch."""
    width = preset.width_px / PIXELS_PER_MM if preset.width_px else preset.width_mm
    height = preset.height_px / PIXELS_PER_MM if preset.height_px else preset.height_mm
    if width is None or height is None:
        raise InternalError(f"preset {preset.id} has no size")
    return Sheet(
        width_mm=width,
        height_mm=height,
        bleed_mm=preset.bleed_mm,
        safe_mm=preset.safe_mm,
        scale=scale,
        smallest_letter_mm=preset.smallest_letter_mm,
        panels_mm=tuple(preset.panels_mm),
        margins_mm=tuple(preset.margins_mm),
        base_mm=preset.base_mm,
        pages=preset.pages or material.pages,
    )


def shorten_site(site: str) -> str:
    """Return a site's address as people type it: without protocol and final stroke."""
    return site.split("://", 1)[-1].rstrip("/")


def _face_look(face: Face) -> FaceLook:
    return FaceLook(face.motif, face.voice, face.lead, face.emblem)
