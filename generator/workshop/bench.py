"""What one drawing process keeps warm: the typesetter, the drawings, the inks, the clean copy of the logo.

Comes in: a Setup. Goes out: a Bench, made once for every process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from generator.errors import InternalError
from generator.model import Press, Printed, Tokens
from generator.photo import make_logo_copy
from generator.plain import to_plain
from generator.render.inks import Inks
from generator.render.marks import Marks
from generator.render.qr import make_qr
from generator.render.typeset import Typesetter
from generator.theme import read_model
from generator.theme.fonts import find_font_folders
from generator.workshop.job import Job
from generator.workshop.keys import find_logo
from generator.workshop.store import Store

#: 150 pixels an inch at the largest that theme/shared/logo.typ draws (200 mm on a banner).
LOGO_PX = 1200


@dataclass(frozen=True)
class Setup:
    """What a bench is made of, light enough to be sent to a process.

    `state` tells whether anything that all pieces share has changed since; `drawings` is what `pack_drawings` returns.
    """

    root: Path
    font_packages: tuple[str, ...]
    store: Path
    state: str
    drawings: bytes


class Bench:
    """Everything a maker needs besides its job; what costs time to make is made when it is first asked for."""

    def __init__(self, setup: Setup) -> None:
        self._setup, self.root, self.theme = setup, setup.root, setup.root / "theme"
        self.store = Store(setup.store)
        self._marks: dict[tuple[Marks, str], bytes] = {}

    @cached_property
    def typesetter(self) -> Typesetter:
        """The Typst compiler with the project's fonts."""
        folders = find_font_folders(self._setup.font_packages, self.theme)
        return Typesetter(self.theme, folders, self._setup.drawings)

    @cached_property
    def press(self) -> Press:
        """What stands outside the trim of press files."""
        return read_model(self.root, self.theme / "press.yml", Press)[0]

    @cached_property
    def printed(self) -> Printed:
        """What is printed and is not content."""
        return read_model(self.root, self.theme / "words.yml", Printed)[0]

    @cached_property
    def inks(self) -> Inks:
        """The inks of every paint, by its screen colour."""
        tokens, _ = read_model(self.root, self.theme / "tokens.yml", Tokens)
        return {paint.screen: tuple(paint.cmyk) for paint in tokens.paints.values()}

    @cached_property
    def profile(self) -> bytes:
        """The one ICC profile of theme/icc."""
        profiles = sorted((self.theme / "icc").glob("*.icc"))
        if len(profiles) != 1:
            raise InternalError("theme/icc must hold exactly one profile")
        return profiles[0].read_bytes()

    def document(self, job: Job) -> dict[str, object]:
        """Return the JSON document of a job: its brief and its code."""
        brief = to_plain(job.brief)
        if not isinstance(brief, dict):
            raise InternalError("a brief is an object")
        return {**brief, "qr": _code(job.url)}

    def logo(self, name: str) -> tuple[bytes, int, int] | None:
        """Return the clean copy of the sender's logo (PNG, width and height in pixels), made once for every state of
        the file.
        """
        path = find_logo(self.root, name)
        if path is None:
            return None
        state = path.stat()
        return _copy_logo(path, state.st_mtime_ns, state.st_size)

    def draw_marks(self, marks: Marks, font: str) -> bytes:
        """Return the marks around the pages of a press file, drawn once for files that share them."""
        if (marks, font) not in self._marks:
            self._marks[marks, font] = self.typesetter.draw_marks(marks, self.press, font)
        return self._marks[marks, font]


@lru_cache(maxsize=8)
def _code(url: str) -> list[str]:
    return make_qr(url)


@lru_cache(maxsize=2)
def _copy_logo(path: Path, changed: int, size: int) -> tuple[bytes, int, int]:
    return make_logo_copy(path, LOGO_PX)
