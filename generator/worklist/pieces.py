"""Project → the pieces to make: every entry of every campaign × its sizes × purposes × formats.

Comes in: a checked Project. Goes out: Pieces, sorted by path, with the JSON document each template gets. Called by `build`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from generator.errors import InternalError, Place, Problem, UserError
from generator.model import Colour, Format, Make, Material, Preset, Purpose
from generator.project import CampaignFolder, Project, is_plain_name
from generator.worklist.content import ContentMaker, read_out
from generator.worklist.shape import Piece

#: Longest page side: 14,400 pt is the PDF limit (print.md); above 5 m a piece is drawn at 1:10.
LARGEST_MM = 5000
SCALE = 10
#: Longest part of a path, and longest path (reliability rule "Output names").
PART, WHOLE = 60, 150
SUFFIX: dict[Purpose, str] = {"preview": "xem", "print": "in"}
PURPOSES: tuple[Purpose, ...] = ("preview", "print")
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


def make_pieces(project: Project) -> list[Piece]:
    """Return every piece of every announced campaign. Raises UserError when two pieces would get one file name."""
    pieces = [piece for order in _orders(project) for piece in make_order(project, order)]
    pieces.sort(key=lambda piece: piece.path)
    _refuse_twins(pieces)
    return pieces


def _orders(project: Project) -> Iterator[Order]:
    for folder in project.campaigns.values():
        if folder.is_announced:
            maker = ContentMaker(project, folder)
            for index, make in enumerate(folder.campaign.make):
                material = project.theme.materials[make.kind]
                yield Order(folder, index, make, material, maker.make(make, material))


def make_order(project: Project, order: Order) -> Iterator[Piece]:
    """Yield the pieces of one entry: its sizes × purposes × formats."""
    for preset in order.make.presets or order.material.presets:
        for purpose in PURPOSES:
            for form in order.material.formats.get(purpose, []):
                yield _piece(project, order, project.theme.presets[preset], purpose, form)


def _piece(project: Project, order: Order, preset: Preset, purpose: Purpose, form: Format) -> Piece:
    folder, make, material = order.folder, order.make, order.material
    channel = project.theme.channels[material.channel]
    scale = SCALE if max(preset.width_mm or 0, preset.height_mm or 0) > LARGEST_MM else 1
    name = _name(make, preset, purpose, scale)
    data = _document(project, order, preset, purpose, scale)
    return Piece(
        campaign=folder.id,
        channel=material.channel,
        kind=make.kind,
        preset=preset,
        purpose=purpose,
        format=form,
        made_by=material.made_by[form],
        name=name,
        path=f"{folder.id}/{channel.number:02d}-{channel.id}/{name}.{form}",
        title=data["piece"]["title"],
        data=data,
        must_read=tuple(_must_read(order.content)),
        pages=material.pages,
        is_share_picture=material.is_share_picture == "co",
        place=folder.source.place_of(("make", order.index)),
    )


def _document(project: Project, order: Order, preset: Preset, purpose: Purpose, scale: int) -> dict[str, Any]:
    """Return the JSON document of one piece: everything its template may know, colours resolved for the purpose."""
    folder, material, words = order.folder, order.material, _words(order, preset)
    piece = {
        "kind": order.make.kind,
        "purpose": purpose,
        "title": material.title.format_map(words),
        "alt": material.alt.format_map(words),
        "url": f"{project.organisation.site.rstrip('/')}/chien-dich/{folder.id}/",
        "short_url": _short(project.organisation.site),
        "timestamp": _timestamp(folder),
        "slug_line": _slug_line(order, preset, scale),
    }
    return {
        "piece": piece,
        "sheet": _sheet(preset, scale),
        "colours": _colours(project, folder, purpose),
        "fonts": project.theme.fonts.roles,
        "face": _face(project, folder),
        "organisation": _organisation(project, folder),
        "campaign": _campaign(project, folder),
        "content": order.content,
    }


def _words(order: Order, preset: Preset) -> dict[str, str]:
    """Return what a kind's title and alternative text may name: {slogan}, {campaign}, {preset} …"""
    campaign = order.folder.campaign
    content = {key: read_out(value) for key, value in order.content.items()}
    fixed = {"kind": order.material.name, "preset": preset.name, "campaign": campaign.short_name}
    return {**fixed, "subject": campaign.subject.text, **content}


def _name(make: Make, preset: Preset, purpose: Purpose, scale: int) -> str:
    kind, size = make.kind.split("-"), preset.id.split("-")
    while size and kind[: len(size)] and size[0] in kind:
        size = size[1:]
    # Only a reference names a file: free words may hold spaces, dots and slashes.
    first = next((value for value in make.with_.values() if isinstance(value, str) and is_plain_name(value)), "")
    head = "-".join([*kind, *size])
    tail = SUFFIX[purpose] + (f"-1-{scale}" if scale != 1 else "")
    longest = max(map(len, SUFFIX.values())) - len(SUFFIX[purpose]) + len(tail)
    room = PART - len(head) - longest - 2 - len(".pdf")
    part = make.id or first
    while len(part) > room and "-" in part:
        part = part.rsplit("-", 1)[0]
    return "-".join(filter(None, [head, part[: max(room, 0)].strip("-"), tail]))


def _refuse_twins(pieces: Sequence[Piece]) -> None:
    seen: dict[str, Piece] = {}
    told: set[Place] = set()
    problems = []
    for piece in pieces:
        if len(piece.path) > WHOLE or any(len(part) > PART for part in piece.path.split("/")):
            problems.append(Problem(piece.place, f"tên tệp quá dài: {piece.path}", "Đặt “id” ngắn hơn cho mục này."))
        if piece.path in seen and piece.place not in told:
            told.add(piece.place)
            wrong = f"mục này và mục ở dòng {seen[piece.path].place.line} cho ra cùng một tệp: {piece.path}"
            problems.append(Problem(piece.place, wrong, "Thêm dòng “id: …” khác nhau vào hai mục, ví dụ id: cong-cho."))
        seen.setdefault(piece.path, piece)
    if problems:
        raise UserError(problems)


def _sheet(preset: Preset, scale: int) -> dict[str, Any]:
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
    return {"id": folder.campaign.face, "motif": face.motif, "lead": face.lead}


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
    dates = ""
    if campaign.starts and campaign.ends:
        dates = f"{campaign.starts.day:02d}/{campaign.starts.month} – {campaign.ends.day:02d}/{campaign.ends.month}/{campaign.ends.year}"
    subject = {**ContentMaker(project, folder).line(campaign.subject.text), "status": campaign.subject.status}
    return {
        "id": folder.id,
        "name": campaign.name,
        "short_name": campaign.short_name,
        "year": campaign.year,
        "dates": dates,
        "subject": subject,
    }


def _timestamp(folder: CampaignFolder) -> int:
    """Return the first day in seconds since 1970; earlier days (slips of the pen) count as 1970."""
    year = max(int(folder.campaign.year or FIXED_YEAR), EPOCH)
    starts = folder.campaign.starts or date(year, 1, 1)
    return max(0, int(datetime.combine(starts, time(), UTC).timestamp()))


def _slug_line(order: Order, preset: Preset, scale: int) -> str:
    values = [value for value in order.content.values() if isinstance(value, dict)]
    statuses = sorted({STATUS_WORDS[value["status"]] for value in values if "status" in value})
    drawn = f"TỈ LỆ 1:{scale}, in phóng {scale} lần" if scale != 1 else "tỉ lệ 1:1"
    return " · ".join([order.material.name, preset.name, drawn, order.folder.campaign.short_name, *statuses])


def _must_read(content: dict[str, Any]) -> Iterator[str]:
    for value in content.values():
        if isinstance(value, dict) and "groups" in value:
            yield value["text"]
        elif isinstance(value, dict) and "paragraphs" in value:
            yield from value["paragraphs"]


def _short(site: str) -> str:
    return site.split("://", 1)[-1].rstrip("/")
