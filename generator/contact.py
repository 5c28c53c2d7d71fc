"""Make a campaign's contact sheet: every piece small, with its kind, size and status, on A3 pages, for those who
approve.

Comes in: a campaign's id. Goes out: one PDF in build/, swapped in like any partial build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import output
from generator.asked import Wants, read_whole, refuse_unknown
from generator.build import Teller
from generator.errors import UserError
from generator.model import Sheet, Status
from generator.pages.words import say_size
from generator.plain import to_plain
from generator.project import CampaignFolder, Project
from generator.render.thumbnail import shrink
from generator.render.typeset import Typesetter
from generator.theme.fonts import find_font_folders
from generator.worklist import make_tickets
from generator.worklist.brief import CampaignHead, FaceLook, Head, Sender, make_look, make_sender
from generator.worklist.pieces import make_timestamp
from generator.workshop import Made, StoredFile, Workshop, part

#: A3, landscape: ISO 216.
WIDTH_MM, HEIGHT_MM = 420, 297
#: Pictures of one piece that are shown; the label says how many pages there are.
MOST_PAGES = 4
#: 45 mm on paper at 150 pixels an inch.
PICTURE_PX = 266


@dataclass(frozen=True)
class Thumbnail:
    """A small picture by its name, and how much wider than high it is."""

    name: str
    ratio: float


@dataclass(frozen=True)
class StatusWords:
    """How official the words on a piece are, and what people are told of it."""

    id: Status
    words: str


@dataclass(frozen=True)
class Cell:
    """One piece on the sheet: what stands under its pictures."""

    kind: str
    title: str
    size: str
    statuses: tuple[StatusWords, ...]
    formats: str
    pages: int
    is_printed: bool
    pictures: tuple[Thumbnail, ...]


@dataclass(frozen=True)
class Group:
    """The pieces of one channel."""

    channel: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Shown:
    """What the sheet holds."""

    groups: tuple[Group, ...]
    count: int


@dataclass(frozen=True)
class ContactBrief:
    """The print document of theme/contact/main.typ."""

    piece: Head
    sheet: Sheet
    content: Shown
    colours: Mapping[str, str]
    fonts: Mapping[str, str]
    face: FaceLook
    organisation: Sender
    campaign: CampaignHead


def make_contact_sheet(root: Path, campaign: str, teller: Teller) -> tuple[Path, int]:
    """Write build/<campaign>/to-duyet/….pdf and return its path and the number of pieces. Raises UserError."""
    project, _ = read_whole(root)
    refuse_unknown(project, Wants(campaign=campaign))
    tickets = list(Wants(campaign=campaign).pick(make_tickets(project, project.organisation)))
    pieces = [piece for ticket in tickets for piece in ticket.pieces]
    printed = {(piece.entry, piece.preset.id) for piece in pieces if piece.purpose == "print"}
    path = f"{campaign}/{output.SHEET}/{output.SHEET}-{campaign}.pdf"
    with output.staging(root) as draft:
        rows = [row for row in output.read_manifest(root) if row.path != path]
        with Workshop(root, project.theme) as workshop:
            made, wrong = part(workshop.make(Wants(purpose="preview").pick(tickets), teller))
        if wrong:
            raise UserError(wrong)
        body = _draw(project, project.campaigns[campaign], made, printed)
        output.link_folder(root / output.BUILD, draft, [path, output.MANIFEST])
        output.write_file(draft, path, body)
        output.write_manifest(draft, [*rows, _describe(path, campaign, body)])
        for warning in output.set_aside(root, draft):
            teller.say(str(warning))
    return root / output.BUILD / path, len(_together(made))


def _describe(path: str, campaign: str, body: bytes) -> output.Row:
    return output.Row(
        path=path,
        campaign=campaign,
        channel="",
        kind=output.SHEET,
        preset="a3",
        purpose="preview",
        format="pdf",
        sha256=hashlib.sha256(body).hexdigest(),
        bytes=len(body),
    )


def _draw(project: Project, folder: CampaignFolder, made: Sequence[Made], printed: set[tuple[str, str]]) -> bytes:
    pictures: dict[str, tuple[bytes, int, int]] = {}
    cells: dict[int, list[Cell]] = {}
    for files in _together(made):
        channel = project.theme.channels[files[0].piece.channel]
        small = [shrink(picture.path.read_bytes(), PICTURE_PX) for picture in _pictures(files[0])[:MOST_PAGES]]
        names = [f"p{len(pictures) + number}" for number in range(len(small))]
        pictures |= dict(zip(names, small, strict=True))
        shown = tuple(Thumbnail(name, wide / high) for name, (_, wide, high) in zip(names, small, strict=True))
        cell = _cell(project, files, printed, shown)
        cells.setdefault(channel.number, []).append(cell)
    channels = sorted(project.theme.channels.values(), key=lambda channel: channel.number)
    groups = tuple(Group(one.name, tuple(cells[one.number])) for one in channels if one.number in cells)
    look, name = make_look(project, folder), folder.campaign.name
    brief = ContactBrief(
        piece=Head(f"Tờ duyệt: {name}", f"Mọi ấn phẩm của {name}, thu nhỏ để duyệt", ""),
        sheet=Sheet(width_mm=WIDTH_MM, height_mm=HEIGHT_MM, bleed_mm=0, safe_mm=10),
        content=Shown(groups, len(_together(made))),
        colours=look.colours,
        fonts=look.fonts,
        face=look.face,
        organisation=make_sender(project, folder, project.organisation),
        campaign=look.campaign,
    )
    document = {name: to_plain(value) for name, value in vars(brief).items()}
    packages = tuple(project.theme.fonts.packages)
    typesetter = Typesetter(project.theme.folder, find_font_folders(packages, project.theme.folder))
    return typesetter.draw_contact({**document, "qr": []}, pictures, make_timestamp(folder))


def _pictures(made: Made) -> tuple[StoredFile, ...]:
    """Return what can be shown small of a piece: the pictures of its pages, or the piece itself where it is a
    picture.
    """
    return made.kept.pictures or ((made.kept.body,) if made.piece.form.is_shown else ())


def _together(made: Sequence[Made]) -> list[list[Made]]:
    """Return what is one piece in several formats together, the one that can be shown first."""
    groups: dict[tuple[str, str], list[Made]] = {}
    for file in sorted(made, key=lambda file: not _pictures(file)):
        groups.setdefault((file.piece.entry, file.piece.preset.id), []).append(file)
    return sorted(groups.values(), key=lambda files: files[0].piece.path)


def _cell(project: Project, files: Sequence[Made], printed: set[tuple[str, str]], shown: tuple[Thumbnail, ...]) -> Cell:
    """Return what stands under a piece: kind, title, size, status, format, number of pages, whether there is a print
    file.
    """
    piece = files[0].piece
    return Cell(
        kind=project.theme.materials[piece.kind].name,
        title=piece.title,
        size=say_size(piece.preset),
        statuses=tuple(StatusWords(status, project.theme.printed.status.of(status)) for status in piece.statuses),
        formats=", ".join(file.piece.format.upper() for file in files),
        pages=len(files[0].kept.pictures),
        is_printed=(piece.entry, piece.preset.id) in printed,
        pictures=shown,
    )
