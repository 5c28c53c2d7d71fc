"""pydantic's errors + the Source they came from → Problems in plain Vietnamese.

Comes in: plain data and a model. Goes out: the checked model, or Problems with line, what was found, what is allowed,
and the nearest right word. The wording is a table keyed by pydantic's `type` code.
"""

from __future__ import annotations

import difflib
import re
import types
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from generator.errors import Place, Problem, UserError
from generator.model.base import SIZE
from generator.model.front import PICTURE
from generator.model.registers import EMAIL, SITE
from generator.source import Keys, Source

Model = TypeVar("Model", bound=BaseModel)

#: pydantic type code → (what is wrong, what to do); fields: key, found, and what pydantic puts into ctx.
WORDING: dict[str, tuple[str, str]] = {
    "missing": ("thiếu dòng “{key}”", "Thêm dòng “{key}: …”{says}."),
    "empty": ("dòng “{key}” còn để trống", "Điền nội dung sau dấu hai chấm{says}."),
    "extra_forbidden": ("không có dòng nào tên “{key}” ở chỗ này", "{nearest}"),
    "string_type": ("“{key}” phải là chữ, nhưng ở đây là {shape}", "Viết một dòng chữ sau dấu hai chấm."),
    "string_too_short": ("“{key}” không được để trống", "Điền nội dung, hoặc xóa dòng này nếu không bắt buộc."),
    "string_too_long": ("“{key}” dài {length} chữ cái, nhiều nhất là {max_length}", "Rút bớt {over} chữ cái."),
    "string_pattern_mismatch": ("dòng “{key}” không nhận “{found}”", "{pattern_help}"),
    "list_type": (
        "“{key}” phải là một danh sách, nhưng ở đây là {shape}",
        "Viết mỗi mục một dòng, bắt đầu bằng “- ” (gạch ngang trên bàn phím, không phải – hay • của Word).",
    ),
    "dict_type": (
        "“{key}” phải gồm các dòng “tên: nội dung”, nhưng ở đây là {shape}",
        "Viết mỗi dòng con một hàng, thụt vào hai dấu cách.",
    ),
    "model_type": (
        "“{key}” phải gồm các dòng “tên: nội dung”, nhưng ở đây là {shape}",
        "Viết mỗi dòng con một hàng, thụt vào hai dấu cách, ví dụ “{first}: …”.",
    ),
    "item_type": (
        "mỗi mục của “{key}” phải gồm các dòng “tên: nội dung”, nhưng ở đây là {shape}",
        "Viết “- {first}: …”, các dòng sau của mục này thẳng hàng với chữ “{first}”.",
    ),
    "literal_error": ("dòng “{key}” không nhận “{found}”", "{choices}"),
    "int_parsing": ("“{key}” phải là số nguyên, nhưng ở đây là “{found}”", "Chỉ viết chữ số, ví dụ 3."),
    "int_parsing_size": ("“{key}” là một số quá dài: “{found}”", "Sửa con số."),
    "int_type": ("“{key}” phải là số nguyên, nhưng ở đây là {shape}", "Chỉ viết chữ số, ví dụ 3."),
    "float_parsing": (
        "“{key}” phải là một con số, nhưng ở đây là “{found}”",
        "Viết số với dấu chấm thập phân, ví dụ 0.8.",
    ),
    "float_type": ("“{key}” phải là một con số, nhưng ở đây là {shape}", "Viết số với dấu chấm thập phân, ví dụ 0.8."),
    "greater_than": ("“{key}” là {found}, phải lớn hơn {gt}", "Sửa con số."),
    "greater_than_equal": ("“{key}” là {found}, phải từ {ge} trở lên", "Sửa con số."),
    "less_than_equal": ("“{key}” là {found}, nhiều nhất là {le}", "Sửa con số."),
    "too_short": ("“{key}” có {actual_length} mục, cần ít nhất {min_length}", "Thêm mục."),
    "too_long": ("“{key}” có {actual_length} mục, nhiều nhất {max_length}", "Bớt mục."),
    "loa_day_form": ("“{found}” chưa viết đúng kiểu ngày/tháng/năm", "Viết ngày/tháng/năm, ví dụ {example}."),
    "loa_day_impossible": (
        "không có ngày {found}",
        "Kiểm tra lại ngày, tháng và năm; viết ngày/tháng/năm, ví dụ 01/5/2025.",
    ),
    "loa_iso_day": ("ngày của tin “{found}” chưa đúng dạng", "Riêng tin tức viết năm-tháng-ngày, ví dụ {example}."),
    "loa_phone": ("“{found}” không phải là một số điện thoại", "{form}"),
    "loa_clock": ("“{found}” chưa viết đúng kiểu giờ:phút", "Viết giờ:phút, ví dụ 7:30 hoặc 14:00."),
    "loa_yes": ("“{key}” phải là co hoặc khong, đang ghi “{found}”", "Ghi co (có) hoặc khong (không)."),
    "loa_end_before_start": (
        "ngày kết thúc {ends} trước ngày bắt đầu {starts}",
        "Sửa dòng “starts” hoặc dòng “ends”.",
    ),
    "loa_holes": ("“{found}” không giữ đúng chỗ máy điền", "Viết đủ và đúng: {wanted}; không thêm dấu { } nào khác."),
    "loa_ink": ("bộ mực {found} không hợp lệ", "Bốn số từ 0 đến 100 (C, M, Y, K), cộng lại không quá 300."),
}

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
#: What Word writes in place of straight quotes.
WORD_QUOTES = tuple("“”„‘’")
#: What a pattern means, by the field's own pattern.
PATTERN_HELP = {
    ID_PATTERN: "Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ chu-de-2025.",
    r"^[0-9]{3}:.+$": "Viết mã kế hoạch, dấu hai chấm, chỗ trong kế hoạch, ví dụ 001:II.4.",
    r"^[a-z0-9][a-z0-9-]*(:.+)?$": "Viết 001:II.4 hoặc mã văn bản, ví dụ luat-84-2015-qh13.",
    r"^(\d{4})?$": "Viết năm bằng bốn chữ số, ví dụ 2025.",
    SITE: "Viết địa chỉ đầy đủ, ví dụ https://vidu.gov.vn; chỉ có chữ không dấu, chữ số và . _ ~ - /",
    EMAIL: "Viết một địa chỉ thư, ví dụ vanhoa@vidu.gov.vn.",
    PICTURE: "Viết đường dẫn của ảnh trong content/: chữ không dấu, chữ số, dấu gạch, đuôi .jpg, .jpeg hoặc .png, "
    "ví dụ tin-tuc/anh/le-phat-dong.jpg.",
    SIZE: "Viết rộng x cao bằng mét, ví dụ 4,2x2,6.",
    r"^([a-z0-9]+)?$": "Chỉ dùng chữ thường không dấu và chữ số, viết liền, ví dụ sua.",
    r"^\d{3}$": 'Viết ba chữ số trong dấu ngoặc kép, ví dụ "115".',
    r"^#[0-9a-f]{6}$": "Viết #rrggbb bằng chữ thường, ví dụ #0b5fa5.",
}
#: A mistake of a whole entry is shown at one of its lines.
AIM: dict[str, Keys] = {"loa_end_before_start": ("ends",)}
PLAN_PLACE_HELP = "Viết như trong kế hoạch: II.4, IV.1-3 (gạch đầu dòng thứ ba), 0 (phần mở đầu), NN (nơi nhận)."


def check(model: type[Model], source: Source, keys: Keys = (), data: Any = None) -> Model:
    """Return `source.data` (or `data`, standing at `keys`) as the model. Raises UserError with every mistake."""
    written = source.data if data is None else data
    try:
        return model.model_validate(written)
    except ValidationError as error:
        items = error.errors()
        typos = {
            (*item["loc"][:-1], _find_typo(model, item["loc"])) for item in items if item["type"] == "extra_forbidden"
        }
        told = [item for item in items if item["type"] != "missing" or item["loc"] not in typos]
        raise UserError(_explain_one(model, source, keys, written, item) for item in told) from None


def suggest(word: str, known: Iterable[str], otherwise: str = "Kiểm tra lại cách viết.") -> str:
    """Return a Vietnamese hint: the nearest right word, and the list of all when there are fewer than ten."""
    choices = sorted(set(known))
    near = find_nearest(word, choices)
    hints = [f"Có phải ý bạn là “{near}”?"] if near else []
    if 0 < len(choices) < 10:
        hints.append(f"Được dùng: {', '.join(choices)}.")
    return " ".join(hints) or otherwise


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like `word`, marks and case aside; empty when none does."""
    plain = {_fold(choice): choice for choice in known}
    near = difflib.get_close_matches(_fold(word), plain, n=1, cutoff=0.6)
    return plain[near[0]] if near else ""


def _fold(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.lower().replace("đ", "d").replace(" ", "-"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _explain_one(model: type[BaseModel], source: Source, keys: Keys, written: Any, item: Mapping[str, Any]) -> Problem:
    inner: Keys = tuple(part for part in item["loc"] if part != "[key]")
    loc: Keys = (*keys, *inner)
    key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    code, context = item["type"], item.get("ctx", {})
    if code == "missing" and loc in source.values:
        code = "empty"
    elif code == "model_type" and loc and isinstance(loc[-1], int):
        code = "item_type"
    wrong, remedy = WORDING.get(code, ("“{key}” chưa đúng", "So với một chiến dịch mẫu rồi sửa lại."))
    fields = _Fields({"key": key or source.path, **context, "found": _show(context.get("found", item.get("input")))})
    fields.update(_extra_words(code, model, inner, item, written))
    place = source.place_of((*loc, *AIM.get(code, ())), of_value=code not in ("missing", "extra_forbidden"))
    return Problem(place, wrong.format_map(fields), remedy.format_map(fields))


class _Fields(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""


def _extra_words(code: str, model: type[BaseModel], loc: Keys, item: Mapping[str, Any], written: Any) -> dict[str, Any]:
    context = item.get("ctx", {})
    if code == "extra_forbidden":
        keys = _keys_of(_model_at(model, loc[:-1]))
        return {"nearest": suggest(str(loc[-1]), keys, "Xóa dòng này, hoặc so với một chiến dịch mẫu.")}
    if code in ("missing", "empty"):
        field = _field_at(model, loc)
        return {"says": f" ({field.description})" if field is not None and field.description else ""}
    if code == "literal_error":
        allowed = [word.strip(" '") for word in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
        return {"choices": suggest(str(item.get("input")), allowed)}
    if code == "string_pattern_mismatch":
        return {"pattern_help": _help_pattern(str(context.get("pattern", "")), str(item.get("input", "")))}
    if code == "string_too_long":
        length = len(str(item.get("input", "")))
        return {"length": length, "over": length - int(context.get("max_length", length))}
    first = next(iter(_keys_of(_model_at(model, loc))), "id")
    return {"shape": _shape(item.get("input")), "first": first}


def _help_pattern(pattern: str, found: str) -> str:
    """Return how to write what a pattern wants: straight quotes for Word's, the plain form of an id with marks."""
    if found[:1] in WORD_QUOTES or found[-1:] in WORD_QUOTES:
        return "Thay ngoặc cong của Word bằng ngoặc kép thẳng, gõ từ bàn phím."
    help_ = PATTERN_HELP.get(pattern, PLAN_PLACE_HELP if "IVX" in pattern else "So với một chiến dịch mẫu rồi sửa lại.")
    plain = _fold(found.strip())
    return f"{help_} Ở đây: {plain}." if pattern == ID_PATTERN and re.fullmatch(ID_PATTERN, plain) else help_


def _find_typo(model: type[BaseModel], loc: Keys) -> str:
    """Return the key that an unknown key was meant to be: that one is misspelt, not missing."""
    return find_nearest(str(loc[-1]), _keys_of(_model_at(model, loc[:-1])))


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
    return "một nhóm dòng con" if isinstance(value, dict) else f"“{_show(value)}”"


def _show(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


def unknown(place: Place, what: str, word: str, known: Iterable[str]) -> Problem:
    """Return the problem of a name that nothing answers to, with the nearest right one."""
    hint = suggest(word, known)
    if " " in word.strip():
        hint = f"Viết mã (chữ sau “id:”, hoặc tên tệp không có đuôi), không viết câu chữ. {hint}"
    return Problem(place, f"không có {what} nào tên “{word}”", hint)
