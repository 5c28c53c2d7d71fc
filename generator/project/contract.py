"""Check one `make:` entry of a campaign against the contract of its kind (theme/materials/<kind>/material.yml).

Comes in: a Project, a campaign, one entry. Goes out: problems. Called by `references`. Knows no kind by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from generator.errors import Place, Problem
from generator.explain import suggest, unknown
from generator.model import Make, Param
from generator.project.shape import CampaignFolder, Project
from generator.source import Keys

#: What a parameter type refers to, in Vietnamese.
WORDS = {
    "slogan": "khẩu hiệu",
    "message": "thông điệp",
    "topic": "bài chuyên đề",
    "hazard": "bài về nguy cơ",
    "audience": "bài cho đối tượng",
    "target": "chỉ tiêu",
    "script": "bài phát thanh",
    "news": "tin",
    "art": "hình vẽ, nguy cơ, đối tượng hoặc ngành",
}
#: In place of a reference: everything the campaign has of that type. In a list all of it goes into one piece; elsewhere
#: one piece is made for each.
ALL = "tat-ca"
#: Sides of a free size, metres: below it no letter is read from afar, above it no printer's roll is long enough.
SMALLEST_M, LARGEST_M = 0.4, 30.0


def known_of(project: Project, folder: CampaignFolder, type_: str) -> Mapping[str, Any]:
    """Return what a parameter of this type may name, by id."""
    campaign = folder.campaign
    tables: dict[str, Mapping[str, Any]] = {
        "slogan": folder.slogans,
        "message": {message.id: message for message in campaign.messages},
        "topic": folder.topics,
        "hazard": project.hazards,
        "audience": project.audiences,
        "target": {target.id: target for target in campaign.targets},
        "script": folder.scripts,
        "news": project.news,
        "art": project.theme.art_by_meaning,
    }
    return tables[type_]


def all_of(project: Project, folder: CampaignFolder, type_: str) -> list[str]:
    """Return the ids that `tat-ca` stands for: what the campaign itself has or lists of this type, in its order."""
    if type_ == "news":
        return [name for name, entry in project.news.items() if entry.front.campaign == folder.id]
    listed = {"hazard": folder.campaign.hazards, "audience": folder.campaign.audiences}
    return list(listed.get(type_, ())) or list(known_of(project, folder, type_))


def check_make(
    project: Project, folder: CampaignFolder, index: int, make: Make, unreadable: Set[str] = frozenset()
) -> Iterator[Problem]:
    """Yield what is wrong with entry `index` of the campaign's `make` list; `unreadable` files are known but broken."""
    keys: Keys = ("make", index)
    place_of = folder.source.place_of
    material = project.theme.materials.get(make.kind)
    if material is None:
        yield unknown(place_of((*keys, "kind"), True), "loại ấn phẩm", make.kind, project.theme.materials)
        return
    yield from _check_sizes(folder, keys, make, material.free_preset)
    for number, preset in enumerate(make.presets):
        if preset not in material.presets:
            wrong = f"loại “{make.kind}” không có khổ “{preset}”"
            yield Problem(place_of((*keys, "presets", number), True), wrong, suggest(preset, material.presets))
    for name in make.with_:
        if name not in material.params:
            wrong = f"loại “{make.kind}” không nhận nội dung “{name}”"
            yield Problem(place_of((*keys, "with", name)), wrong, suggest(name, material.params))
    for name, param in material.params.items():
        known = known_of(project, folder, param.type).keys() | unreadable if param.type in WORDS else unreadable
        written = make.with_.get(name, "")
        if written == ALL and param.type in WORDS and param.type != "art":
            if param.is_list == "khong":
                continue
            written = all_of(project, folder, param.type)
        yield from _check_param(folder, (*keys, "with", name), param, written, known)
    yield from _check_spread(folder, keys, make, material.params)


def spread_params(make: Make, params: Mapping[str, Param]) -> list[str]:
    """Return the params that ask for one piece for each of what the campaign has."""
    return [
        name
        for name, param in params.items()
        if make.with_.get(name) == ALL and param.is_list == "khong" and param.type in WORDS and param.type != "art"
    ]


def _check_spread(folder: CampaignFolder, keys: Keys, make: Make, params: Mapping[str, Param]) -> Iterator[Problem]:
    spread = spread_params(make, params)
    for name in spread[1:]:
        wrong = f"chỉ một dòng được ghi “{ALL}”, mục này có {len(spread)} dòng: {', '.join(spread)}"
        yield Problem(folder.source.place_of((*keys, "with", name), True), wrong, f"Ghi một mã cụ thể ở “{name}”.")


def _check_sizes(folder: CampaignFolder, keys: Keys, make: Make, free_preset: str | None) -> Iterator[Problem]:
    for number, size in enumerate(make.sizes):
        place = folder.source.place_of((*keys, "sizes", number), True)
        if free_preset is None:
            yield Problem(place, f"loại “{make.kind}” chỉ làm các khổ có sẵn", "Xóa dòng sizes, chọn khổ ở presets.")
        elif not all(SMALLEST_M <= side <= LARGEST_M for side in read_size(size)):
            wrong = f"khổ “{size}” mét ra ngoài khoảng {SMALLEST_M:g}–{LARGEST_M:g} m".replace(".", ",")
            yield Problem(place, wrong, "Ghi rộng x cao bằng mét, ví dụ 4,2x2,6.")


def read_size(size: str) -> tuple[float, float]:
    """Return width and height in metres of a size such as `4,2x2,6`."""
    width, _, height = size.replace("×", "x").replace(",", ".").partition("x")
    return float(width), float(height)


def _check_param(folder: CampaignFolder, keys: Keys, param: Param, value: Any, known: Set[str]) -> Iterator[Problem]:
    name, place = keys[-1], folder.source.place_of(keys, of_value=True)
    if value in ("", []):
        if param.required == "co":
            yield Problem(place, f"thiếu “{name}” ({param.says})", f"Thêm “{name}: …” vào phần with của mục này.")
        return
    wants_list = param.is_list == "co"
    if isinstance(value, list) != wants_list or isinstance(value, dict):
        shape = "một danh sách" if wants_list else "một giá trị, không phải danh sách"
        remedy = f"Viết {name}: [mục một, mục hai]." if wants_list else f"Viết {name}: rồi một giá trị ({param.says})."
        yield Problem(place, f"“{name}” phải là {shape}", remedy)
        return
    items = value if wants_list else [value]
    if wants_list and not param.min <= len(items) <= param.max:
        short, over = param.min - len(items), len(items) - param.max
        remedy = f"Thêm {short} mục." if short > 0 else f"Bỏ bớt {over} mục."
        limit = f"cần ít nhất {param.min}" if short > 0 else f"nhiều nhất là {param.max}"
        yield Problem(place, f"“{name}” có {len(items)} mục, {limit}", remedy)
    for number, item in enumerate(items):
        where = folder.source.place_of((*keys, number) if wants_list else keys, of_value=True)
        yield from _check_item(folder, where, str(name), param, item, known)


def _check_item(
    folder: CampaignFolder, place: Place, name: str, param: Param, item: Any, known: Set[str]
) -> Iterator[Problem]:
    if not isinstance(item, str):
        remedy = f"Viết một dòng chữ ({param.says}); chữ có dấu hai chấm thì đặt trong ngoặc kép."
        yield Problem(place, f"“{name}” phải là chữ", remedy)
    elif param.type in ("line", "text"):
        over = len(item) - param.max_letters
        if over > 0:
            wrong = f"“{name}” dài {len(item)} chữ cái, nhiều nhất là {param.max_letters}"
            yield Problem(place, wrong, f"Rút bớt {over} chữ cái.")
    elif param.type in WORDS and (folder.is_announced or param.type != "slogan") and item not in known:
        yield unknown(place, WORDS[param.type], item, known)
