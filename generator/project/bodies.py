"""Check what people write by keys and below them: marks that mean nothing, pictures where none can stand.

Comes in: a text as read. Goes out: problems at their lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import Place, Problem, shorten, split_problems
from generator.source import Keys, Source
from generator.wording.reader import find_references, find_slips
from generator.wording.slips import find_mark_in_line

NO_MARKS = "Bỏ dấu ấy: chữ đậm và chỗ xuống dòng ở đây do mẫu lo."
NO_PICTURE = "Bỏ ảnh ấy; ảnh của chiến dịch ghi ở mục photos trong campaign.yml, hoặc đưa vào tin."


def check_body(source: Source) -> list[Problem]:
    """Return what is wrong in the body of a text, and (as a warning) what was read otherwise than it stands."""
    return [
        Problem(place_in(source, slip.line), slip.wrong, slip.remedy, is_warning=slip.is_warning)
        for slip in find_slips(source.body)
    ]


def check_text(source: Source) -> Iterator[Problem]:
    """Yield what is wrong in the body of a text of campaigns/, which is printed, too: no pictures stand in it."""
    problems = check_body(source)
    yield from problems
    if not split_problems(problems)[0]:
        for reference in find_references(source.body):
            if reference.is_picture:
                wrong = f"bài này không đặt ảnh được (“{reference.address}”)"
                yield Problem(place_in(source, reference.line), wrong, NO_PICTURE)


def check_values(source: Source) -> Iterator[Problem]:
    """Yield the marks of articles in what is written by keys: those lines are shown and printed letter by letter."""
    return _check_value(source, (), source.data)


def _check_value(source: Source, keys: Keys, value: Any) -> Iterator[Problem]:
    if isinstance(value, str):
        if mark := find_mark_in_line(value):
            place = source.place_of(keys, of_value=True)
            yield Problem(place, f"dấu “{shorten(mark)}” sẽ hiện ra và in ra nguyên như thế", NO_MARKS)
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _check_value(source, (*keys, key), inner)


def place_in(source: Source, line: int) -> Place:
    """Return the place of a line of the body (the first is 1)."""
    return Place(source.path, source.body_line + line - 1)
