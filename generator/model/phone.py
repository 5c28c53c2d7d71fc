"""The telephone numbers of an organisation: written in groups as people read them, dialled as digits.

Comes in: one number, or a list of numbers with what each is for. Goes out: checked Hotlines; `dial` is the only
place that makes what a telephone dials.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, computed_field
from pydantic_core import PydanticCustomError

from generator.model.base import Written

#: Groups of digits, a single space, point or hyphen between them, an area or country code in parentheses.
NUMBER = re.compile(r"\(?\+?\d+\)?(?:[ .-]?\(?\d+\)?)*")
#: From 115 to the longest with a country code (ITU-T E.164); a national one is 0 and ten digits at the most.
FEWEST, MOST_NATIONAL, MOST = 3, 11, 15
#: Việt Nam's code without its +, and a mobile number without its 0, as spreadsheets leave it.
WITH_COUNTRY, WITHOUT_ZERO = re.compile(r"84\d{9,10}"), re.compile(r"[235-9]\d{8,9}")
#: What stands between two numbers, or between a number and a remark.
BETWEEN = re.compile(r"\s[–—-]\s|[–—/;,|]|\bhoặc\b|\bvà\b|\(\s*(?=\D)")
ONE = "Viết một số đúng như người gọi bấm, ví dụ 0235 3852 111 hoặc +84 905 123 456"


def dial(number: str) -> str:
    """Return what a telephone dials for a number as written: digits, with + before a country code."""
    digits = re.sub(r"\D", "", re.sub(r"(?<=\d)\)?\s*\(0\)", "", number))
    return f"+{digits}" if "+" in number or WITH_COUNTRY.fullmatch(digits) else digits


def _check(written: str) -> str:
    digits = dial(written)
    most = MOST if digits[0:1] == "+" else MOST_NATIONAL
    if WITHOUT_ZERO.fullmatch(digits):
        form = f'Thêm số 0 ở đầu (bảng tính hay bỏ mất), đặt cả số trong ngoặc kép: "0{written}".'
        raise PydanticCustomError("loa_phone", "no zero", {"found": written, "form": form})
    if not NUMBER.fullmatch(written) or not FEWEST <= len(digits.lstrip("+")) <= most:
        raise PydanticCustomError("loa_phone", "not a number", {"found": written, "form": _say_form(written)})
    return written


def _say_form(written: str) -> str:
    """Return how to write several numbers where there are several, else how to write one."""
    found = [part.strip(" .()") for part in BETWEEN.split(written)]
    numbers = [part for part in found if NUMBER.fullmatch(part) and len(dial(part).lstrip("+")) >= FEWEST]
    if len(numbers) < 2:
        return f"{ONE}; lời chú thì để ở dòng “label” bên dưới số."
    items = ", ".join(f"“- number: {number}”" for number in numbers)
    return f"Dưới “hotline:” ghi mỗi số một mục: {items}; lời chú của số nào để ở dòng “label: …” của mục ấy."


def _read_list(written: Any) -> Any:
    """Take one number for a list of one, and a bare number in a list for one without a label."""
    listed = [written] if isinstance(written, str) else written
    if not isinstance(listed, list):
        return written
    return [{"number": item} if isinstance(item, str) else item for item in listed if item != ""]


class Hotline(Written):
    """One number to call, and what for."""

    number: Annotated[str, StringConstraints(max_length=100), AfterValidator(_check)] = Field(
        description="Số điện thoại, viết tách nhóm cho dễ đọc, ví dụ 0235 3852 111"
    )
    label: str = Field("", description="Gọi ai, khi nào, ví dụ giờ hành chính", max_length=60)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def dial(self) -> str:
        """Return the number as a telephone dials it."""
        return dial(self.number)

    @property
    def words(self) -> str:
        """Return the number as written, with its label in parentheses."""
        return f"{self.number} ({self.label})" if self.label else self.number


Hotlines = Annotated[list[Hotline], BeforeValidator(_read_list, json_schema_input_type=str | list[str | Hotline])]
