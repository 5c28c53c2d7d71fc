"""pydantic's errors + the Source they came from → Problems in plain Vietnamese.

Comes in: plain data and a model. Goes out: the checked model, or Problems with line, what was found, what is allowed,
and the nearest right word. The wording is a table keyed by pydantic's `type` code. Called by `theme` and `project`.
"""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from generator.errors import Place, Problem, UserError
from generator.source import Keys, Source

Model = TypeVar("Model", bound=BaseModel)

#: pydantic type code → (what is wrong, what to do); fields: key, found, and what pydantic puts into ctx.
WORDING: dict[str, tuple[str, str]] = {
    "missing": ("thiếu khóa “{key}”", "Thêm dòng “{key}: …”{says}."),
    "extra_forbidden": ("không có khóa nào tên “{key}” ở chỗ này", "{nearest}"),
    "string_type": ("“{key}” phải là chữ, nhưng ở đây là {shape}", "Viết một dòng chữ sau dấu hai chấm."),
    "string_too_short": ("“{key}” không được để trống", "Điền nội dung, hoặc xóa dòng này nếu không bắt buộc."),
    "string_too_long": ("“{key}” dài {length} chữ cái, nhiều nhất là {max_length}", "Rút bớt {over} chữ cái."),
    "string_pattern_mismatch": ("“{found}” không đúng dạng của “{key}”", "{pattern_help}"),
    "list_type": ("“{key}” phải là một danh sách, nhưng ở đây là {shape}", "Viết mỗi mục một dòng, bắt đầu bằng “- ”; hoặc [mục một, mục hai]."),
    "dict_type": ("“{key}” phải gồm các dòng “khóa: giá trị”, nhưng ở đây là {shape}", "Viết các dòng con thụt vào hai dấu cách."),
    "model_type": ("“{key}” phải gồm các dòng “khóa: giá trị”, nhưng ở đây là {shape}", "Viết các dòng con thụt vào hai dấu cách, ví dụ “id: …”."),
    "literal_error": ("“{found}” không phải là giá trị của “{key}”", "{choices}"),
    "int_parsing": ("“{key}” phải là số nguyên, nhưng ở đây là “{found}”", "Chỉ viết chữ số, ví dụ 3."),
    "int_type": ("“{key}” phải là số nguyên, nhưng ở đây là {shape}", "Chỉ viết chữ số, ví dụ 3."),
    "float_parsing": ("“{key}” phải là một con số, nhưng ở đây là “{found}”", "Viết số với dấu chấm thập phân, ví dụ 0.8."),
    "float_type": ("“{key}” phải là một con số, nhưng ở đây là {shape}", "Viết số với dấu chấm thập phân, ví dụ 0.8."),
    "greater_than": ("“{key}” là {found}, phải lớn hơn {gt}", "Sửa con số."),
    "greater_than_equal": ("“{key}” là {found}, phải từ {ge} trở lên", "Sửa con số."),
    "less_than_equal": ("“{key}” là {found}, nhiều nhất là {le}", "Sửa con số."),
    "too_short": ("“{key}” có {actual_length} mục, cần ít nhất {min_length}", "Thêm mục."),
    "too_long": ("“{key}” có {actual_length} mục, nhiều nhất {max_length}", "Bớt mục."),
    "loa_day_form": ("“{found}” không phải là ngày", "Viết ngày/tháng/năm, ví dụ 01/5/2025."),
    "loa_day_impossible": ("không có ngày {found}", "Kiểm tra lại ngày, tháng và năm; viết ngày/tháng/năm, ví dụ 01/5/2025."),
    "loa_clock": ("“{found}” không phải là giờ", "Viết giờ:phút, ví dụ 7:30 hoặc 14:00."),
    "loa_yes_no": ("“{found}” phải là “có” hoặc “không”", "Viết có hoặc không."),
    "loa_end_before_start": ("ngày kết thúc {ends} trước ngày bắt đầu {starts}", "Sửa “starts” hoặc “ends” cho đúng thứ tự."),
    "loa_ink": ("bộ mực {found} không hợp lệ", "Bốn số từ 0 đến 100 (C, M, Y, K), cộng lại không quá 300."),
}  # fmt: skip

#: What a pattern means, by the field's own pattern.
PATTERN_HELP = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ chu-de-2025.",
    r"^[0-9]{3}:.+$": "Viết mã kế hoạch, dấu hai chấm, chỗ trong kế hoạch, ví dụ 001:II.4.",
    r"^[a-z0-9][a-z0-9-]*(:.+)?$": "Viết 001:II.4 hoặc mã văn bản, ví dụ luat-84-2015-qh13.",
    r"^(\d{4})?$": "Viết năm bằng bốn chữ số, ví dụ 2025.",
    r"^https?://[^\s/]+\.[^\s]+$": "Viết địa chỉ đầy đủ, ví dụ https://vidu.gov.vn.",
    r"^#[0-9a-f]{6}$": "Viết #rrggbb bằng chữ thường, ví dụ #0b5fa5.",
}
PLAN_PLACE_HELP = "Viết như trong kế hoạch: II.4, IV.1-3 (gạch đầu dòng thứ ba), 0 (phần mở đầu), NN (nơi nhận)."


def check(model: type[Model], source: Source, keys: Keys = (), data: Any = None) -> Model:
    """Return `source.data` (or `data`, standing at `keys`) as the model. Raises UserError with every mistake."""
    written = source.data if data is None else data
    try:
        return model.model_validate(written)
    except ValidationError as error:
        raise UserError(_explain_one(model, source, keys, written, item) for item in error.errors()) from None


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a Vietnamese hint: the nearest right word, and the list of all when there are fewer than ten."""
    choices = sorted(set(known))
    near = difflib.get_close_matches(word, choices, n=1, cutoff=0.55)
    hints = [f"Có phải ý bạn là “{near[0]}”?"] if near else []
    if 0 < len(choices) < 10:
        hints.append(f"Được dùng: {', '.join(choices)}.")
    return " ".join(hints) or "Kiểm tra lại cách viết."


def _explain_one(model: type[BaseModel], source: Source, keys: Keys, written: Any, item: Mapping[str, Any]) -> Problem:
    inner: Keys = tuple(part for part in item["loc"] if part != "[key]")
    loc: Keys = (*keys, *inner)
    key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    code = item["type"]
    wrong, remedy = WORDING.get(code, ("“{key}” chưa đúng", "Xem phần trợ giúp của khóa này trong sổ tay."))
    fields = _Fields({"key": key or source.path, "found": _show(item.get("input")), **item.get("ctx", {})})
    fields.update(_extra_words(code, model, inner, item, written))
    wants_value = code not in ("missing", "extra_forbidden")
    place = source.place_of(loc[:-1] if code == "missing" else loc, of_value=wants_value)
    if code == "missing" and loc in source.values:
        place = source.values[loc]
    return Problem(place, wrong.format_map(fields), remedy.format_map(fields))


class _Fields(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""


def _extra_words(code: str, model: type[BaseModel], loc: Keys, item: Mapping[str, Any], written: Any) -> dict[str, Any]:
    context = item.get("ctx", {})
    if code == "extra_forbidden":
        owner = _model_at(model, loc[:-1])
        return {"nearest": suggest(str(loc[-1]), _keys_of(owner))}
    if code == "missing":
        field = _field_at(model, loc)
        return {"says": f" ({field.description})" if field is not None and field.description else ""}
    if code == "literal_error":
        allowed = [word.strip(" '") for word in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
        return {"choices": suggest(str(item.get("input")), allowed)}
    if code == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        return {"pattern_help": PATTERN_HELP.get(pattern, PLAN_PLACE_HELP if "IVX" in pattern else "Xem ví dụ trong sổ tay.")}  # fmt: skip
    if code == "string_too_long":
        length = len(str(item.get("input", "")))
        return {"length": length, "over": length - int(context.get("max_length", length))}
    return {"shape": _shape(item.get("input"))}


def _keys_of(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _field_at(model: type[BaseModel], loc: Keys) -> Any:
    owner = _model_at(model, loc[:-1])
    if owner is None:
        return None
    return next((f for name, f in owner.model_fields.items() if loc[-1] in (name, f.alias)), None)


def _model_at(model: type[BaseModel], loc: Keys) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or current is None:
            continue
        field = next((f for name, f in current.model_fields.items() if part in (name, f.alias)), None)
        current = _model_in(field.annotation) if field is not None else current
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation if issubclass(annotation, BaseModel) else None
    if get_origin(annotation) in (list, dict, Union, types.UnionType, tuple):
        return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)
    return None


def _shape(value: Any) -> str:
    if isinstance(value, list):
        return "một danh sách"
    return "một nhóm khóa" if isinstance(value, dict) else f"“{_show(value)}”"


def _show(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def unknown(place: Place, what: str, word: str, known: Iterable[str]) -> Problem:
    """Return the problem of a name that nothing answers to, with the nearest right one."""
    return Problem(place, f"không có {what} nào tên “{word}”", suggest(word, known))
