"""The building blocks of what people may write: the base model and the scalar types (all scalars arrive as strings).

Comes in: plain strings from `source`. Goes out: dates, numbers, ids.
Errors carry a code of our own (`loa_…`), worded in Vietnamese by `explain`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
#: Older days are slips of the finger: no document of the register is older.
FIRST_YEAR = 1945
#: A day in any other form, perhaps with words around it: only good for telling how to write it.
ANY_DAY = re.compile(r"\D*(?:(\d{1,2})[/. -]+(\d{1,2})[/. -]+(\d{4})|(\d{4})[/. -](\d{1,2})[/. -](\d{1,2}))(?!\d)")
CLOCK = re.compile(r"([01]?\d|2[0-3])(?::|h|g| ?giờ ?)([0-5]\d)?(?: ?phút)?")
#: A place inside a plan: T (title), 0 (opening), NN (recipients) or II.4, IV.1-3, II.2.2(2)-1.
PLAN_PLACE = r"^(T|0|NN|[IVX]+(\.\d+)*(\(\d+\)|-\d+)*)$"

#: Width x height, such as 4,2x2,6.
SIZE = r"^\d{1,2}([.,]\d{1,2})? ?[x\u00d7] ?\d{1,2}([.,]\d{1,2})?$"


class Written(BaseModel):
    """Base of everything people write: frozen, no unknown keys; an empty value counts as not written."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, written: Any) -> Any:
        """Leave out keys whose value is empty, so that defaults apply and required keys are reported."""
        if not isinstance(written, dict):
            return written
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: value for key, value in written.items() if value != "" or key not in known}


def guess_day(written: str) -> date | None:
    """Return the day that someone must have meant, however it is written."""
    found = ANY_DAY.match(written)
    if not found:
        return None
    day, month, year = found.group(1, 2, 3) if found[3] else found.group(6, 5, 4)
    try:
        meant = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return meant if meant.year >= FIRST_YEAR else None


def _read_day(written: Any) -> Any:
    if isinstance(written, date):
        return written
    match = DAY.fullmatch(str(written).strip())
    if not match:
        meant = guess_day(str(written)) or date(2025, 5, 1)
        example = f"{meant.day:02d}/{meant.month:{'02d' if meant.month < 3 else 'd'}}/{meant.year}"
        raise PydanticCustomError("loa_day_form", "not a day", {"found": str(written), "example": example})
    day, month, year = (int(part) for part in match.groups())
    try:
        found = date(year, month, day)
        if year < FIRST_YEAR:
            raise ValueError
        return found
    except ValueError:
        raise PydanticCustomError("loa_day_impossible", "no such day", {"found": str(written)}) from None


def _read_clock(written: Any) -> Any:
    match = CLOCK.fullmatch(str(written).strip())
    if not match:
        raise PydanticCustomError("loa_clock", "not a time", {"found": str(written)})
    return f"{int(match.group(1)):02d}:{match.group(2) or '00'}"


def _read_yes(written: Any) -> Any:
    if written not in ("co", "khong", True, False):
        raise PydanticCustomError("loa_yes", "neither yes nor no", {"found": str(written)})
    return written in ("co", True)


#: A question answered `co` or `khong`: a YAML boolean in disguise would read `no` as a country and `on` as yes.
YesNo = Annotated[bool, BeforeValidator(_read_yes)]
#: How long what people write may be, in letters: several times what any text of the bundled campaigns has.
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
#: What a banner or a poster can hold at all (no contract takes more); how much exactly, its drawing says.
Line = Annotated[str, StringConstraints(max_length=400)]
#: What may be left empty.
Note = Annotated[str, StringConstraints(max_length=2000)]
Words = Annotated[str, StringConstraints(max_length=200)]
#: A number with its sign and decimals, such as 0,5 or 1.000.000.
Figure = Annotated[str, StringConstraints(max_length=20)]
#: Width x height in metres, decimals with a comma (or a point): 4,2x2,6.
Size = Annotated[str, StringConstraints(pattern=SIZE)]
#: ASCII, so that it can be a file name and an address (Windows refuses some letters, print shops others).
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Day = Annotated[date, BeforeValidator(_read_day)]
Clock = Annotated[str, BeforeValidator(_read_clock)]
Millimetres = Annotated[float, Field(gt=0, le=30000)]
PlanPlace = Annotated[str, StringConstraints(pattern=PLAN_PLACE, max_length=60)]
#: `001:II.4`, a document id, or `document-id:Điều 16`.
SourceRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(:.+)?$", max_length=200)]
PlanRef = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}:.+$", max_length=200)]
Status = Literal["chinh-thuc", "da-duyet", "goi-y"]
Confidence = Literal["V", "L", "?"]
