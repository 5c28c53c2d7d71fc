"""Read the YAML files of theme/ into one frozen Theme, and check what crosses them.

Comes in: the project's folder. Goes out: the Theme. Raises UserError with every mistake of every file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import TypeVar

from pydantic import BaseModel

from generator.errors import Place, Problem, UserError
from generator.explain import check, unknown
from generator.model import (
    Channel,
    Channels,
    Drawing,
    Drawings,
    Face,
    FileFormat,
    FileFormats,
    Fonts,
    Material,
    Phrases,
    Preset,
    Presets,
    Press,
    Printed,
    Tokens,
)
from generator.source import Source, read_yaml
from generator.theme.art import DrawingSet, read_art

Model = TypeVar("Model", bound=BaseModel)
Found = TypeVar("Found")
MISSING_FILE = "Tạo tệp này, hoặc lấy lại từ bản lưu gần nhất."
#: Words that a kind's title and alternative text may name besides its own params.
FIXED_WORDS = ("kind", "preset", "campaign", "subject")


@dataclass(frozen=True)
class Theme:
    """Everything theme/ says, by id; `art`: what each drawing shows (its shapes are read by `read_art`)."""

    folder: Path
    presets: dict[str, Preset]
    channels: dict[str, Channel]
    formats: dict[str, FileFormat]
    materials: dict[str, Material]
    faces: dict[str, Face]
    tokens: Tokens
    fonts: Fonts
    phrases: Phrases
    press: Press
    printed: Printed
    art: dict[str, Drawing]

    @cached_property
    def art_by_meaning(self) -> dict[str, str]:
        """Return the drawing for every word that names one: its own id, a hazard, an audience, or a trade.

        Of several, a picture of people at work comes before a sign for one hazard, a sign before a symbol.
        """
        by_sort = [self._by_meaning(sort) for sort in ("bieu-tuong", "bien", "hinh")]
        return {word: name for table in by_sort for word, name in table.items()} | {name: name for name in self.art}

    @cached_property
    def pictures(self) -> dict[str, str]:
        """Return the picture of people at work that stands for each hazard, audience or trade."""
        return self._by_meaning("hinh")

    @cached_property
    def signs(self) -> dict[str, str]:
        """Return the sign that warns of each hazard."""
        return self._by_meaning("bien")

    def read_drawings(self) -> DrawingSet:
        """Return every drawing with its shapes, from the disk. Raises UserError."""
        return DrawingSet(read_art(self.folder / "art"), self.pictures, self.signs)

    def _by_meaning(self, sort: str) -> dict[str, str]:
        """Return the drawing of one sort for every word; one that stands for little comes before one for much."""
        found: dict[str, str] = {}
        names = [name for name, drawing in self.art.items() if drawing.sort == sort]
        for meaning in ("hazards", "audiences", "trades"):
            for name in sorted(names, key=lambda name: (self._breadth(name), name)):
                for word in getattr(self.art[name], meaning):
                    found.setdefault(word, name)
        return found

    def _breadth(self, name: str) -> int:
        drawing = self.art[name]
        return len(drawing.hazards) + len(drawing.audiences) + len(drawing.trades)


class Collector:
    """Runs readers one after the other and keeps every problem, so that people see all of them at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def take(self, read: Callable[[], Found]) -> Found | None:
        """Return what `read` returns, or None after keeping the problems that it raised."""
        try:
            return read()
        except UserError as error:
            self.problems.extend(error.problems)
            return None


def read_theme(root: Path) -> Theme:
    """Return the Theme of the project at `root`. Raises UserError with every mistake of every file."""
    reader = _ThemeReader(root)
    theme = reader.read()
    if theme is None:
        raise UserError(reader.collector.problems)
    if wrong := list(_cross_check(theme, reader.sources)):
        raise UserError(wrong)
    return theme


class _ThemeReader:
    """Reads the files one by one; remembers each Source for the checks that cross files."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder, self.collector = root, root / "theme", Collector()
        self.sources: dict[str, Source] = {}

    def read(self) -> Theme | None:
        """Return the theme, or None when a file holds a mistake."""
        tokens, fonts = self._one(Tokens, "tokens.yml"), self._one(Fonts, "fonts.yml")
        phrases, channels = self._one(Phrases, "phrases.yml"), self._one(Channels, "channels.yml")
        art, formats = self._one(Drawings, "art/art.yml"), self._one(FileFormats, "formats.yml")
        press, printed = self._one(Press, "press.yml"), self._one(Printed, "words.yml")
        presets = [preset for one in self._all(Presets, "presets/*.yml").values() for preset in one.presets]
        materials = {
            Path(name).parent.name: one for name, one in self._all(Material, "materials/*/material.yml").items()
        }
        faces = {Path(name).stem: one for name, one in self._all(Face, "faces/*.yml").items()}
        if tokens is None or fonts is None or phrases is None or channels is None:
            return None
        if art is None or formats is None or press is None or printed is None:
            return None
        if self.collector.problems:
            return None
        return Theme(
            folder=self.folder,
            presets={preset.id: preset for preset in presets},
            channels={channel.id: channel for channel in channels.channels},
            formats={form.id: form for form in formats.formats},
            materials=materials,
            faces=faces,
            tokens=tokens,
            fonts=fonts,
            phrases=phrases,
            press=press,
            printed=printed,
            art=art.art,
        )

    def _one(self, model: type[Model], name: str) -> Model | None:
        found = self.collector.take(lambda: read_model(self.root, self.folder / name, model))
        if found is None:
            return None
        self.sources[found[1].path] = found[1]
        return found[0]

    def _all(self, model: type[Model], pattern: str) -> dict[str, Model]:
        names = [path.relative_to(self.folder).as_posix() for path in sorted(self.folder.glob(pattern))]
        return {name: one for name in names if (one := self._one(model, name)) is not None}


def read_model(root: Path, path: Path, model: type[Model]) -> tuple[Model, Source]:
    """Return one YAML file as a model, with its Source. Raises UserError."""
    name = path.relative_to(root).as_posix()
    if not path.is_file():
        twin = next(iter(sorted(path.parent.glob(f"{path.stem}*.y*ml*"))), None)
        remedy = f"Đổi tên tệp “{twin.name}” thành “{path.name}”." if twin else MISSING_FILE
        raise UserError([Problem(Place(name), "không tìm thấy tệp này", remedy)])
    source = read_yaml(path, name)
    return check(model, source), source


def _cross_check(theme: Theme, sources: Mapping[str, Source]) -> Iterator[Problem]:
    for kind, material in theme.materials.items():
        yield from _check_material(theme, sources[f"theme/materials/{kind}/material.yml"], material)
    for name, face in theme.faces.items():
        for key in ("lead", "emblem"):
            if (drawing := getattr(face, key)) not in theme.art:
                yield unknown(sources[f"theme/faces/{name}.yml"].place_of((key,), True), "hình vẽ", drawing, theme.art)
    jobs = [("theme/tokens.yml", theme.tokens.jobs)]
    jobs += [(f"theme/faces/{name}.yml", face.jobs) for name, face in theme.faces.items()]
    for path, table in jobs:
        for job, paint in table.items():
            if paint not in theme.tokens.paints:
                yield unknown(sources[path].place_of(("jobs", job), True), "màu", paint, theme.tokens.paints)


def _check_material(theme: Theme, source: Source, material: Material) -> Iterator[Problem]:
    if material.channel not in theme.channels:
        yield unknown(source.place_of(("channel",), True), "kênh", material.channel, theme.channels)
    for index, preset in enumerate(material.presets):
        if preset not in theme.presets:
            yield unknown(source.place_of(("presets", index), True), "khổ", preset, theme.presets)
    if material.free_preset and material.free_preset not in theme.presets:
        yield unknown(source.place_of(("free_preset",), True), "khổ", material.free_preset, theme.presets)
    for purpose, forms in material.formats.items():
        for index, form in enumerate(forms):
            if form not in theme.formats:
                yield unknown(source.place_of(("formats", purpose, index), True), "khuôn dạng", form, theme.formats)
    for name, param in material.params.items():
        for index, drawing in enumerate(param.default):
            if drawing not in theme.art:
                place = source.place_of(("params", name, "default", index), True)
                yield unknown(place, "hình vẽ", drawing, theme.art)
    for key in ("title", "alt"):
        yield from _check_words(source, key, getattr(material, key), [*FIXED_WORDS, *material.params])


def _check_words(source: Source, key: str, template: str, known: Sequence[str]) -> Iterator[Problem]:
    """Yield what a title such as “Áp phích: {slogan}” names that the kind does not take."""
    place = source.place_of((key,), True)
    try:
        names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    except ValueError:
        yield Problem(place, "dấu { } không thành cặp", "Viết {tên} với đủ hai dấu ngoặc.")
        return
    for name in names:
        if name not in known:
            yield unknown(place, "nội dung", name, known)
