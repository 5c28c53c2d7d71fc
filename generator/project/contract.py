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
    "art": "hình vẽ",
}


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
        "art": {path.stem: path for path in sorted(project.theme.folder.glob("art/*.svg"))},
    }
    return tables[type_]


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
        yield from _check_param(folder, (*keys, "with", name), param, make.with_.get(name, ""), known)


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
