"""One entry × size × purpose → the JSON document that its template gets, colours resolved for the purpose.

Comes in: a Project and an Order. Goes out: plain JSON values. Called by `pieces`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from generator.addresses import entry_address
from generator.errors import InternalError
from generator.model import Colour, Make, Material, Preset, Purpose, Status
from generator.project import CampaignFolder, Project
from generator.worklist.content import ContentMaker, read_out
from generator.worklist.dates import say_span

STATUS_WORDS = {"chinh-thuc": "chính thức", "da-duyet": "đã duyệt", "goi-y": "GỢI Ý, CHƯA DUYỆT"}
PIXELS_PER_MM = 96 / 25.4
#: Date inside PDFs of standing campaigns: fixed, so that builds repeat.
FIXED_YEAR = 2024
EPOCH = 1970


@dataclass(frozen=True)
class Order:
    """One entry to make: the campaign, the number of its `make` entry, its kind's contract, and what goes into it."""

    folder: CampaignFolder
    index: int
    make: Make
    material: Material
    content: dict[str, Any]
    entry: str


def make_document(project: Project, order: Order, preset: Preset, purpose: Purpose, scale: int) -> dict[str, Any]:
    """Return everything that the template of one piece may know; `scale`: how many times smaller it is drawn."""
    folder, material, words = order.folder, order.material, _words(order, preset)
    piece = {
        "kind": order.make.kind,
        "purpose": purpose,
        "title": material.title.format_map(words),
        "alt": material.alt.format_map(words),
        "url": f"{project.organisation.site.rstrip('/')}/{entry_address(folder.id, order.entry)}",
        "short_url": _short(project.organisation.site),
        "timestamp": make_timestamp(folder),
        "slug_line": _slug_line(order, preset, scale),
    }
    return {
        "piece": piece,
        "sheet": _sheet(preset, material, scale),
        "content": order.content,
        **describe_campaign(project, folder, purpose),
    }


def describe_campaign(project: Project, folder: CampaignFolder, purpose: Purpose) -> dict[str, Any]:
    """Return what every piece of a campaign shares: colours, fonts, face, organisation, campaign."""
    return {
        "colours": _colours(project, folder, purpose),
        "fonts": project.theme.fonts.roles,
        "office_fonts": project.theme.fonts.office,
        "face": _face(project, folder),
        "organisation": _organisation(project, folder),
        "campaign": _campaign(project, folder),
    }


def statuses_of(content: Mapping[str, Any]) -> set[Status]:
    """Return the statuses of all slogans in a piece's content: chinh-thuc, da-duyet, goi-y."""
    values = [one for value in content.values() for one in (value if isinstance(value, list) else [value])]
    return {value["status"] for value in values if isinstance(value, dict) and "status" in value}


def _words(order: Order, preset: Preset) -> dict[str, str]:
    """Return what a kind's title and alternative text may name: {slogan}, {campaign}, {preset} …"""
    campaign = order.folder.campaign
    content = {key: read_out(value) for key, value in order.content.items()}
    fixed = {"kind": order.material.name, "preset": preset.name, "campaign": campaign.short_name}
    return {**fixed, "subject": campaign.subject.text, **content}


def _sheet(preset: Preset, material: Material, scale: int) -> dict[str, Any]:
    in_pixels = preset.width_px is not None
    width = preset.width_px / PIXELS_PER_MM if preset.width_px else preset.width_mm
    height = preset.height_px / PIXELS_PER_MM if preset.height_px else preset.height_mm
    if width is None or height is None:
        raise InternalError(f"preset {preset.id} has no size")
    return {
        "width_mm": width,
        "height_mm": height,
        "bleed_mm": preset.bleed_mm,
        "safe_mm": preset.safe_mm,
        "scale": scale,
        "smallest_letter_mm": preset.smallest_letter_mm,
        "panels_mm": preset.panels_mm,
        "margins_mm": preset.margins_mm,
        "base_mm": preset.base_mm,
        "pages": preset.pages or material.pages,
        "is_screen": in_pixels,
    }


def _colours(project: Project, folder: CampaignFolder, purpose: Purpose) -> dict[str, Any]:
    tokens, face = project.theme.tokens, project.theme.faces[folder.campaign.face]
    jobs = {**tokens.jobs, **face.jobs}

    def value(paint: Colour) -> Any:
        return paint.cmyk if purpose == "print" else paint.screen

    return {job: value(tokens.paints[paint]) for job, paint in sorted(jobs.items())}


def _face(project: Project, folder: CampaignFolder) -> dict[str, str]:
    face = project.theme.faces[folder.campaign.face]
    return {"id": folder.campaign.face, **face.model_dump(exclude={"name", "jobs"})}


def _organisation(project: Project, folder: CampaignFolder) -> dict[str, Any]:
    """Return who publishes; `groups` are the names in pieces that a line break may never part."""
    organisation = project.organisation
    maker = ContentMaker(project, folder)
    names = {key: getattr(organisation, key) for key in ("name", "short_name", "superior")}
    return {
        **organisation.model_dump(exclude={"source"}),
        "short_site": _short(organisation.site),
        "groups": {key: maker.line(name)["groups"] if name else [] for key, name in names.items()},
    }


def _campaign(project: Project, folder: CampaignFolder) -> dict[str, Any]:
    campaign = folder.campaign
    subject = {**ContentMaker(project, folder).line(campaign.subject.text), "status": campaign.subject.status}
    return {
        "id": folder.id,
        "name": campaign.name,
        "short_name": campaign.short_name,
        "year": campaign.year,
        "dates": say_span(campaign.starts, campaign.ends) if campaign.ends else "",
        "subject": subject,
    }


def make_timestamp(folder: CampaignFolder) -> int:
    """Return the first day in seconds since 1970; earlier days (slips of the pen) count as 1970."""
    year = max(int(folder.campaign.year or FIXED_YEAR), EPOCH)
    starts = folder.campaign.starts or date(year, 1, 1)
    return max(0, int(datetime.combine(starts, time(), UTC).timestamp()))


def _slug_line(order: Order, preset: Preset, scale: int) -> str:
    statuses = sorted({STATUS_WORDS[status] for status in statuses_of(order.content)})
    drawn = f"TỈ LỆ 1:{scale}, in phóng {scale} lần" if scale != 1 else "tỉ lệ 1:1"
    return " · ".join([order.material.name, preset.name, drawn, order.folder.campaign.short_name, *statuses])


def _short(site: str) -> str:
    return site.split("://", 1)[-1].rstrip("/")
