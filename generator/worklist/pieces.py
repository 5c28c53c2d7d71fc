"""Project → the pieces to make: every entry of every campaign × its sizes × purposes × formats.

Comes in: a checked Project. Goes out: Pieces, sorted by path, with the JSON document each template gets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.errors import Place, Problem, UserError
from generator.model import Format, Make, Material, Preset, Purpose
from generator.project import CampaignFolder, Project, is_plain_name, read_size
from generator.project.contract import ALL
from generator.worklist.content import ContentMaker, spread
from generator.worklist.document import Order, make_document
from generator.worklist.shape import Piece

#: Longest part of a path, and longest path (reliability rule "Output names").
PART, WHOLE = 60, 150
SUFFIX: dict[Purpose, str] = {"preview": "xem", "print": "in"}
#: What people go on working with is no proof to look at: its name says so.
EDITABLE: dict[Format, str] = {"docx": "sua"}
IMPOSED = "binh-trang"
PURPOSES: tuple[Purpose, ...] = ("preview", "print")


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
            for index, written in enumerate(folder.campaign.make):
                material = project.theme.materials[written.kind]
                for make in spread(project, folder, written, material):
                    yield make_one(folder, index, make, material, maker.make(make, material))


def make_one(folder: CampaignFolder, index: int, make: Make, material: Material, content: dict[str, Any]) -> Order:
    """Return the order of one entry, whose page on the website is named after its kind and what it holds."""
    return Order(folder, index, make, material, content, "-".join(filter(None, [make.kind, _part(make)])))


def make_order(project: Project, order: Order) -> Iterator[Piece]:
    """Yield the pieces of one entry: its sizes × purposes × formats; a booklet for print also imposed on sheets."""
    for preset in _presets(project, order):
        for purpose in PURPOSES:
            for form in order.material.formats.get(purpose, []):
                yield _piece(project, order, preset, purpose, form)
                if order.material.is_booklet == "co" and purpose == "print":
                    yield _piece(project, order, preset, purpose, form, is_imposed=True)


def _presets(project: Project, order: Order) -> Iterator[Preset]:
    make, material, presets = order.make, order.material, project.theme.presets
    if make.presets or not make.sizes:
        yield from (presets[name] for name in make.presets or material.presets)
    if material.free_preset:
        yield from (_cut_to(presets[material.free_preset], material, *read_size(size)) for size in make.sizes)


def _cut_to(model: Preset, material: Material, width_m: float, height_m: float) -> Preset:
    """Return a size of people's own: margins and smallest letter of the model, in proportion to the shorter side."""
    share = 1000 * min(width_m, height_m) / min(model.width_mm or 1, model.height_mm or 1)
    figures = f"{width_m:g}x{height_m:g}"
    return model.model_copy(
        update={
            "id": f"{material.free_preset}-{figures.replace('.', '-')}",
            "name": f"{material.name} {width_m:g} × {height_m:g} m".replace(".", ","),
            "width_mm": 1000 * width_m,
            "height_mm": 1000 * height_m,
            "safe_mm": model.safe_mm * share,
            "smallest_letter_mm": model.smallest_letter_mm * share,
        }
    )


def _piece(
    project: Project, order: Order, preset: Preset, purpose: Purpose, form: Format, is_imposed: bool = False
) -> Piece:
    folder, make, material = order.folder, order.make, order.material
    channel = project.theme.channels[material.channel]
    press = project.theme.press
    longest = max(preset.width_mm or 0, preset.height_mm or 0) + 2 * (preset.bleed_mm + press.slug_mm)
    scale = press.scale if longest > press.longest_mm else 1
    tail = EDITABLE.get(form, SUFFIX[purpose]) + (f"-1-{scale}" if scale != 1 else "")
    name = _name(make, preset, f"{tail}-{IMPOSED}" if is_imposed else tail)
    data = make_document(project, order, preset, scale)
    return Piece(
        campaign=folder.id,
        channel=material.channel,
        kind=make.kind,
        entry=order.entry,
        preset=preset,
        purpose=purpose,
        format=form,
        made_by=material.made_by[form],
        name=name,
        path=f"{folder.id}/{channel.number:02d}-{channel.id}/{name}.{form}",
        title=data["piece"]["title"],
        data=data,
        must_read=tuple(_must_read(order.content)),
        pages=preset.pages or material.pages,
        is_share_picture=material.is_share_picture == "co",
        is_imposed=is_imposed,
        place=folder.source.place_of(("make", order.index)),
    )


def _part(make: Make) -> str:
    """Return the part of a name that says what an entry holds: its id, or the first reference in it."""
    # Only a reference names a file: free words may hold spaces, dots and slashes.
    plain = (value for value in make.with_.values() if isinstance(value, str) and is_plain_name(value) and value != ALL)
    return make.id or next(plain, "")


def _name(make: Make, preset: Preset, tail: str) -> str:
    kind, size = make.kind.split("-"), preset.id.split("-")
    while size and kind[: len(size)] and size[0] in kind:
        size = size[1:]
    head = "-".join([*kind, *size])
    # The longest ending of its kind decides, so that all files of one entry share their name.
    room = PART - len(head) - max(len(tail), len("xem-1-10")) - 2 - len(".docx")
    part = _part(make)
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


def _must_read(content: dict[str, Any]) -> Iterator[str]:
    for value in content.values():
        if isinstance(value, dict) and "groups" in value:
            yield value["text"]
        elif isinstance(value, dict) and "paragraphs" in value:
            yield from value["paragraphs"]
