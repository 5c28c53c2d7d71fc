"""Read theme/: sizes, channels, kinds with their contracts, faces, colours, fonts, phrases.

Comes in: the project's folder. Goes out: one frozen Theme. Called by `project`. Raises UserError with every mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from generator.errors import Place, Problem, UserError
from generator.explain import check, unknown
from generator.model import Channel, Channels, Face, Fonts, Material, Phrases, Preset, Presets, Tokens
from generator.source import Source, read_yaml

Model = TypeVar("Model", bound=BaseModel)
Found = TypeVar("Found")


@dataclass(frozen=True)
class Theme:
    """Everything theme/ says, by id."""

    folder: Path
    presets: dict[str, Preset]
    channels: dict[str, Channel]
    materials: dict[str, Material]
    faces: dict[str, Face]
    tokens: Tokens
    fonts: Fonts
    phrases: Phrases


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
    collector = Collector()
    folder = root / "theme"

    def one(model: type[Model], name: str) -> Model | None:
        return collector.take(lambda: read_model(root, folder / name, model)[0])

    def by_name(model: type[Model], pattern: str, by_folder: bool) -> dict[str, Model]:
        found = {}
        for path in sorted(folder.glob(pattern)):
            if value := collector.take(lambda path=path: read_model(root, path, model)[0]):  # type: ignore[misc]
                found[path.parent.name if by_folder else path.stem] = value
        return found

    tokens, fonts, phrases = one(Tokens, "tokens.yml"), one(Fonts, "fonts.yml"), one(Phrases, "phrases.yml")
    channels = one(Channels, "channels.yml")
    presets = [
        preset
        for name in sorted(folder.glob("presets/*.yml"))
        for preset in (one(Presets, f"presets/{name.name}") or Presets(presets=[])).presets
    ]
    materials = by_name(Material, "materials/*/material.yml", by_folder=True)
    faces = by_name(Face, "faces/*.yml", by_folder=False)
    if collector.problems or tokens is None or fonts is None or phrases is None or channels is None:
        raise UserError(collector.problems)
    theme = Theme(
        folder,
        {p.id: p for p in presets},
        {c.id: c for c in channels.channels},
        materials,
        faces,
        tokens,
        fonts,
        phrases,
    )
    if wrong := list(_cross_check(theme)):
        raise UserError(wrong)
    return theme


def read_model(root: Path, path: Path, model: type[Model]) -> tuple[Model, Source]:
    """Return one YAML file as a model, with its Source. Raises UserError."""
    name = path.relative_to(root).as_posix()
    if not path.is_file():
        raise UserError([Problem(Place(name), "không tìm thấy tệp này", "Lấy lại tệp từ bản gốc của dự án.")])
    source = read_yaml(path, name)
    return check(model, source), source


def _cross_check(theme: Theme) -> Iterator[Problem]:
    for kind, material in theme.materials.items():
        place = Place(f"theme/materials/{kind}/material.yml")
        if material.channel not in theme.channels:
            yield unknown(place, "kênh", material.channel, theme.channels)
        for preset in material.presets:
            if preset not in theme.presets:
                yield unknown(place, "khổ", preset, theme.presets)
        for form in {form for forms in material.formats.values() for form in forms} - set(material.made_by):
            yield Problem(place, f"khuôn dạng “{form}” không có bộ phận nào làm", "Thêm vào made_by.")
    jobs = [("theme/tokens.yml", theme.tokens.jobs)]
    jobs += [(f"theme/faces/{name}.yml", face.jobs) for name, face in theme.faces.items()]
    for path, table in jobs:
        for paint in table.values():
            if paint not in theme.tokens.paints:
                yield unknown(Place(path), "màu", paint, theme.tokens.paints)
