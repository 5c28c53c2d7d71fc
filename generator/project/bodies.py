"""Check what people write below the front matter: marks that mean nothing, pictures where none can stand.

Comes in: a text as read. Goes out: problems at their lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Place, Problem, split_problems
from generator.source import Source
from generator.wording.reader import find_references, find_slips

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


def place_in(source: Source, line: int) -> Place:
    """Return the place of a line of the body (the first is 1)."""
    return Place(source.path, source.body_line + line - 1)
