"""Check the organisation's logo: a whole PNG inside campaigns/, and fine enough for a banner.

Comes in: what organisation.yml names. Goes out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.decode import safe_path
from generator.errors import Place, Problem, UserError
from generator.photo import read_photo

#: 150 pixels an inch at 200 mm, the largest that theme/shared/logo.typ draws.
FINE_PX = 1200
SAVE_AS_PNG = (
    f"Mở biểu trưng rồi xuất thành PNG nền trong suốt, cạnh dài từ {FINE_PX} điểm ảnh; đổi đuôi tệp là chưa đủ."
)


def check_logo(place: Place, root: Path, written: str) -> Iterator[Problem]:
    """Yield what is wrong with the logo `written` in organisation.yml; too few pixels is a warning only.

    Whether it is too coarse for a size is found when the piece is made: below 100 pixels an inch it is refused.
    """
    try:
        path = safe_path(root / "campaigns", written, place)
        # What designers hand over (SVG, AI, JPG) is told by its name what it should be at once.
        facts = read_photo(path, place) if path.suffix.lower() == ".png" else None
    except UserError as error:
        yield from error.problems
        return
    if facts is None or facts.type != "png":
        yield Problem(place, f"biểu trưng “{written}” không phải ảnh PNG", SAVE_AS_PNG)
    elif max(facts.width_px, facts.height_px) < FINE_PX:
        size = f"{facts.width_px} × {facts.height_px} điểm ảnh"
        remedy = f"Nên dùng tệp có cạnh dài từ {FINE_PX} điểm ảnh."
        yield Problem(place, f"biểu trưng chỉ có {size}: in khổ lớn sẽ kém nét", remedy, is_warning=True)
