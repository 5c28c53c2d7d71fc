"""Check one `make:` entry of a campaign against the contract of its kind (theme/materials/<kind>/material.yml).

Comes in: a Project, a campaign, one entry. Goes out: problems. Called by `references`. Knows no kind by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import Place, Problem
from generator.explain import unknown
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


def check_make(project: Project, folder: CampaignFolder, index: int, make: Make) -> Iterator[Problem]:
    """Yield what is wrong with the entry number `index` of the campaign's `make` list."""
    keys: Keys = ("make", index)
    place_of = folder.source.place_of
    material = project.theme.materials.get(make.kind)
    if material is None:
        yield unknown(place_of((*keys, "kind"), True), "loại ấn phẩm", make.kind, project.theme.materials)
        return
    for number, preset in enumerate(make.presets):
        if preset not in material.presets:
            yield unknown(place_of((*keys, "presets", number), True), f"khổ của {make.kind}", preset, material.presets)
    for name in make.with_:
        if name not in material.params:
            yield unknown(place_of((*keys, "with", name)), f"nội dung của {make.kind}", name, material.params)
    for name, param in material.params.items():
        yield from _check_param(project, folder, (*keys, "with", name), param, make.with_.get(name, ""))


def _check_param(project: Project, folder: CampaignFolder, keys: Keys, param: Param, value: Any) -> Iterator[Problem]:
    name, place = keys[-1], folder.source.place_of(keys, of_value=True)
    if value in ("", []):
        if param.required == "co":
            yield Problem(place, f"thiếu “{name}” ({param.says})", f"Thêm “{name}: …” vào phần with.")
        return
    wants_list = param.is_list == "co"
    if isinstance(value, list) != wants_list or isinstance(value, dict):
        shape = "một danh sách, ví dụ [a, b]" if wants_list else "một giá trị, không phải danh sách"
        yield Problem(place, f"“{name}” phải là {shape}", f"{param.says}.")
        return
    items = value if wants_list else [value]
    if wants_list and not param.min <= len(items) <= param.max:
        yield Problem(place, f"“{name}” có {len(items)} mục, cần từ {param.min} đến {param.max}", "Thêm hoặc bớt mục.")
    for number, item in enumerate(items):
        where = folder.source.place_of((*keys, number) if wants_list else keys, of_value=True)
        yield from _check_item(project, folder, where, param, item)


def _check_item(project: Project, folder: CampaignFolder, place: Place, param: Param, item: Any) -> Iterator[Problem]:
    if not isinstance(item, str):
        yield Problem(place, "ở đây phải là chữ", f"{param.says}.")
    elif param.type in ("line", "text"):
        over = len(item) - param.max_letters
        if over > 0:
            yield Problem(
                place, f"dài {len(item)} chữ cái, nhiều nhất là {param.max_letters}", f"Rút bớt {over} chữ cái."
            )
    elif param.type in WORDS and (folder.is_announced or param.type != "slogan"):
        known = known_of(project, folder, param.type)
        if item not in known:
            yield unknown(place, WORDS[param.type], item, known)
