"""Values as Vietnamese readers expect them: numbers, sizes, statuses, bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model import Preset, Status
from generator.project import CampaignFolder, Project
from generator.wording.dates import say_day
from generator.wording.phrases import split_groups

#: A size this long is said in metres.
METRES_FROM_MM = 1500


@dataclass(frozen=True)
class StatusMark:
    """How far words are approved: the id for the mark's colour, the words for readers."""

    id: Status
    words: str


@dataclass(frozen=True)
class BodyView:
    """A body as a page shows it: until when it bears this name, and what it is called since."""

    name: str
    area: str = ""
    until: str = ""
    successor: str = ""


def mark_status(project: Project, status: Status) -> StatusMark:
    """Return the mark of a status."""
    return StatusMark(status, project.theme.printed.status_label.of(status))


def say_number(value: float, digits: int = 1) -> str:
    """Return a number with a decimal comma, without needless zeros."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace(".", ",") if digits else f"{value:.0f}"


def say_size(preset: Preset) -> str:
    """Return `1080 × 1350 px`, `297 × 420 mm` or `8 × 1 m`."""
    if preset.width_px and preset.height_px:
        return f"{preset.width_px} × {preset.height_px} px"
    width, height = preset.width_mm or 0, preset.height_mm or 0
    if max(width, height) >= METRES_FROM_MM:
        return f"{say_number(width / 1000, 2)} × {say_number(height / 1000, 2)} m"
    return f"{say_number(width)} × {say_number(height)} mm"


def keep_phrases(project: Project, text: str, folder: CampaignFolder | None = None) -> str:
    """Return big text whose phrases no line break parts (no-break spaces inside compounds)."""
    return " ".join(split_groups(text, project.theme.phrases, folder.campaign.keep_together if folder else ()))


def find_state(folder: CampaignFolder, day: date) -> tuple[str, str]:
    """Return (state, words): standing, on, next or past, and what the reader is told on `day`.

    `theme/site/assets/javascripts/loa.js` says the same words for the reader's own date.
    """
    starts, ends = folder.campaign.starts, folder.campaign.ends
    if starts is None and ends is None:
        return "standing", "Thực hiện thường xuyên"
    if starts and day < starts:
        return "next", f"Còn {(starts - day).days} ngày"
    if ends and day > ends:
        return "past", "Đã kết thúc"
    return "on", f"Đang diễn ra, còn {(ends - day).days + 1} ngày" if ends else "Đang diễn ra"


def describe_body(project: Project, body_id: str) -> BodyView:
    """Return a body's name, area, last day under this name, and successor."""
    body = project.bodies.get(body_id)
    if body is None:
        return BodyView(body_id)
    successor = project.bodies.get(body.successor) if body.successor else None
    return BodyView(body.name, body.area, say_day(body.valid_to), successor.name if successor else "")


def say_body(project: Project, body_id: str | None) -> str:
    """Return a body's name, or empty."""
    return describe_body(project, body_id).name if body_id else ""
