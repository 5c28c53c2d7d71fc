"""Project → what to draw: every entry × its sizes for one sender, each with the pieces (purposes × formats) it gives.

Comes in: a checked Project and who publishes. Goes out: Tickets, in the order of the campaigns and their lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import groupby

from generator.addresses import entry_address
from generator.errors import Place, Problem, UserError
from generator.model import FileFormat, Organisation, Preset, Press, Printed, Purpose
from generator.project import CampaignFolder, Entry, Project
from generator.wording.content import read_out
from generator.worklist.brief import Head, Look, Sender, make_look, make_sender, make_sheet, shorten_site
from generator.worklist.shape import Piece, Ticket

#: Longest part of a path, and longest path: Windows allows 260 letters, and people put the folder deep in another.
PART, WHOLE = 60, 150
SUFFIX: dict[Purpose, str] = {"preview": "xem", "print": "in"}
IMPOSED = "binh-trang"
PURPOSES: tuple[Purpose, ...] = ("preview", "print")
#: Date inside PDFs of standing campaigns: fixed, so that builds repeat.
FIXED_YEAR = 2024
EPOCH = 1970


def make_tickets(project: Project, organisation: Organisation) -> list[Ticket]:
    """Return every drawing for one sender. Raises UserError when two pieces would get one file name."""
    tickets = [ticket for folder in _folders(project) for ticket in _tickets_of(project, folder, organisation)]
    problems = [*_find_taken(project.entries), *_find_twins([piece for ticket in tickets for piece in ticket.pieces])]
    if problems:
        raise UserError(problems)
    return tickets


def pieces_of(tickets: Iterable[Ticket]) -> list[Piece]:
    """Return the pieces of all tickets, sorted by path."""
    return sorted((piece for ticket in tickets for piece in ticket.pieces), key=lambda piece: piece.path)


def _folders(project: Project) -> Iterator[tuple[CampaignFolder, list[Entry]]]:
    for _, entries in groupby(project.entries, key=lambda entry: entry.folder.id):
        own = list(entries)
        yield own[0].folder, own


def _tickets_of(
    project: Project, campaign: tuple[CampaignFolder, list[Entry]], organisation: Organisation
) -> Iterator[Ticket]:
    folder, entries = campaign
    look, sender = make_look(project, folder), make_sender(project, folder, organisation)
    for entry in entries:
        yield from tickets_of_entry(project, entry, organisation, look, sender)


def tickets_of_entry(
    project: Project, entry: Entry, organisation: Organisation, look: Look, sender: Sender
) -> Iterator[Ticket]:
    """Yield the drawings of one entry: each of its sizes, once for every maker that its formats need."""
    site = organisation.site.rstrip("/")
    for preset in entry.presets:
        scale = _scale(preset, project.theme.press)
        head = _head(entry, preset, organisation)
        pieces = sorted(_pieces(project, entry, preset, scale, head), key=_maker)
        for maker, group in groupby(pieces, key=_maker):
            yield Ticket(
                entry=entry,
                maker=maker,
                head=head,
                sheet=make_sheet(preset, entry.material, scale),
                look=look,
                sender=sender,
                logo=organisation.logo or "",
                url=f"{site}/{entry_address(entry.folder.id, entry.address)}",
                slug_line=_slug_line(entry, preset, scale, project.theme.printed),
                timestamp=make_timestamp(entry.folder),
                pieces=tuple(group),
            )


def make_timestamp(folder: CampaignFolder) -> int:
    """Return the first day in seconds since 1970; earlier days (slips of the pen) count as 1970."""
    year = max(int(folder.campaign.year or FIXED_YEAR), EPOCH)
    starts = folder.campaign.starts or date(year, 1, 1)
    return max(0, int(datetime.combine(starts, time(), UTC).timestamp()))


def _maker(piece: Piece) -> str:
    return piece.form.maker


def _scale(preset: Preset, press: Press) -> int:
    """Return how many times smaller a size is drawn: what a PDF page cannot hold with bleed and marks."""
    longest = max(preset.width_mm or 0, preset.height_mm or 0) + 2 * (preset.bleed_mm + press.slug_mm)
    return press.scale if longest > press.longest_mm else 1


def _head(entry: Entry, preset: Preset, organisation: Organisation) -> Head:
    """Return title and alternative text; the kind's own may name {slogan}, {campaign}, {preset} …"""
    campaign, material = entry.folder.campaign, entry.material
    content = {name: read_out(value) for name, value in entry.content.items()}
    fixed = {"kind": material.name, "preset": preset.name, "campaign": campaign.short_name}
    words = {**fixed, "subject": campaign.subject.text, **content}
    return Head(material.title.format_map(words), material.alt.format_map(words), shorten_site(organisation.site))


def _pieces(project: Project, entry: Entry, preset: Preset, scale: int, head: Head) -> Iterator[Piece]:
    """Yield the pieces of one size: purposes × formats; a booklet for print also imposed on sheets."""
    channel = project.theme.channels[entry.material.channel]
    folder = f"{entry.folder.id}/{channel.number:02d}-{channel.id}"

    def piece(purpose: Purpose, form: FileFormat, is_imposed: bool) -> Piece:
        tail = (form.tail or SUFFIX[purpose]) + (f"-1-{scale}" if scale != 1 else "")
        name = _name(entry, preset, f"{tail}-{IMPOSED}" if is_imposed else tail)
        path = f"{folder}/{name}.{form.id}"
        return Piece(entry, preset, purpose, form, name, path, head.title, head.alt, is_imposed)

    for purpose in PURPOSES:
        for form in (project.theme.formats[name] for name in entry.material.formats.get(purpose, [])):
            yield piece(purpose, form, False)
            if entry.material.is_booklet and purpose == "print":
                yield piece(purpose, form, True)


def _name(entry: Entry, preset: Preset, tail: str) -> str:
    """Return a file name: kind and size, what the entry holds, and what the file is for."""
    kind, size = entry.kind.split("-"), preset.id.split("-")
    while size and kind[: len(size)] and size[0] in kind:
        size = size[1:]
    head = "-".join([*kind, *size])
    # The longest ending of its kind decides, so that all files of one entry share their name.
    room = PART - len(head) - max(len(tail), len("xem-1-10")) - 2 - len(".docx")
    part = entry.part
    while len(part) > room and "-" in part:
        part = part.rsplit("-", 1)[0]
    return "-".join(filter(None, [head, part[: max(room, 0)].strip("-"), tail]))


def _slug_line(entry: Entry, preset: Preset, scale: int, printed: Printed) -> str:
    statuses = sorted(printed.status.of(status) for status in entry.statuses)
    drawn = f"TỈ LỆ 1:{scale}, in phóng {scale} lần" if scale != 1 else "tỉ lệ 1:1"
    return " · ".join([entry.material.name, preset.name, drawn, entry.folder.campaign.short_name, *statuses])


def _find_taken(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield a problem for every former address that is another entry's own."""
    owners = {(entry.folder.id, entry.address): entry for entry in entries}
    for entry in list(owners.values()):
        for part, address in zip(entry.former, entry.former_addresses, strict=True):
            owner = owners.setdefault((entry.folder.id, address), entry)
            if owner is not entry or address == entry.address:
                wrong = f"“formerly: {part}” là địa chỉ của mục ở dòng {owner.place.line}"
                yield Problem(entry.place, wrong, "Chỉ ghi phần tên mà không mục nào đang dùng.")


def _find_twins(pieces: Sequence[Piece]) -> Iterator[Problem]:
    """Yield a problem for every file name that is too long, and for every entry whose files another entry
    makes, too.
    """
    seen: dict[str, Piece] = {}
    told: set[Place] = set()
    for piece in pieces:
        if len(piece.path) > WHOLE or any(len(part) > PART for part in piece.path.split("/")):
            yield Problem(piece.place, f"tên tệp quá dài: {piece.path}", "Đặt “id” ngắn hơn cho mục này.")
        if piece.path in seen and piece.place not in told:
            told.add(piece.place)
            wrong = f"mục này và mục ở dòng {seen[piece.path].place.line} cho ra cùng một tệp: {piece.path}"
            yield Problem(piece.place, wrong, "Thêm dòng “id: …” khác nhau vào hai mục, ví dụ id: cong-cho.")
        seen.setdefault(piece.path, piece)
