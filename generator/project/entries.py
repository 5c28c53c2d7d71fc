"""Read one line of a campaign's `make` list once: out come entries whose references are values, or what is wrong with
it.

Comes in: a campaign's Shelf, a kind with its contract (theme/materials/<kind>/material.yml), the line. Goes out:
Entry values and problems. Knows no kind by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from generator.errors import Problem
from generator.explain import suggest, unknown
from generator.hints import Hints
from generator.model import Make, Material, Param, Preset
from generator.project.shape import CampaignFolder, Entry, Project
from generator.project.shelf import PARAM_TYPES, Shelf
from generator.project.sizes import check_size, cut_to, read_size
from generator.source import Keys
from generator.wording.content import Content, Line, Number, Value, Words
from generator.wording.plain_names import is_plain_name

#: In place of a reference: everything the campaign has of that type. In a list all of it goes into one piece;
#: elsewhere one piece is made for each.
ALL = "tat-ca"


@dataclass
class Reading:
    """What came of a line: its entries, what is wrong, and whether it names a file that could not be read."""

    entries: list[Entry]
    problems: list[Problem]
    leans_on_broken: bool = False


class EntryReader:
    """Reads the lines of one campaign; `unreadable` files are known but broken, which is said elsewhere."""

    def __init__(self, project: Project, folder: CampaignFolder, unreadable: Set[str] = frozenset()) -> None:
        self.project, self.folder, self.unreadable = project, folder, unreadable
        self.shelf = Shelf(project, folder)
        self.hints = Hints()

    def read(self, index: int, make: Make) -> Reading:
        """Return what becomes of line `index` of the campaign's `make` list."""
        keys: Keys = ("make", index)
        theme = self.project.theme
        material = theme.materials.get(make.kind)
        if material is None:
            place = self.folder.source.place_of((*keys, "kind"), True)
            return Reading([], [unknown(place, "loại ấn phẩm", make.kind, self.hints.choices(place, theme.materials))])
        reading = Reading([], list(self._check_shape(keys, make, material)))
        params = _Params(self, keys, reading)
        content = {name: params.read(name, param, make.with_.get(name, "")) for name, param in material.params.items()}
        spread = self._spread(keys, make, material, reading)
        if not reading.problems and not reading.leans_on_broken and self.folder.is_announced:
            reading.entries += self._entries(keys, make, material, content, spread)
        return reading

    def _check_shape(self, keys: Keys, make: Make, material: Material) -> Iterator[Problem]:
        """Yield what is wrong with the sizes of a line, and the names its contract does not have."""
        place_of = self.folder.source.place_of
        for number, size in enumerate(make.sizes):
            yield from check_size(place_of((*keys, "sizes", number), True), make.kind, size, material.free_preset)
        for number, preset in enumerate(make.presets):
            if preset not in material.presets:
                wrong = f"loại “{make.kind}” không có khổ “{preset}”"
                place = place_of((*keys, "presets", number), True)
                yield Problem(place, wrong, suggest(preset, self.hints.choices(place, material.presets)))
        for name in make.with_:
            if name not in material.params:
                wrong = f"loại “{make.kind}” không nhận nội dung “{name}”"
                yield Problem(place_of((*keys, "with", name)), wrong, suggest(name, material.params))

    def _spread(self, keys: Keys, make: Make, material: Material, reading: Reading) -> str:
        """Return the parameter that asks for one piece for each of what the campaign has, empty when none does."""
        asking = [name for name, param in material.params.items() if self.is_spread(param, make.with_.get(name))]
        for name in asking[1:]:
            wrong = f"chỉ một dòng được ghi “{ALL}”, mục này có {len(asking)} dòng: {', '.join(asking)}"
            place = self.folder.source.place_of((*keys, "with", name), True)
            reading.problems.append(Problem(place, wrong, f"Ghi một mã cụ thể ở “{name}”."))
        return asking[0] if asking else ""

    def is_spread(self, param: Param, written: object) -> bool:
        """Tell whether a parameter asks for one piece for each of what the campaign has."""
        return written == ALL and not param.is_list and self.shelf.all_of(param.type) is not None

    def _entries(
        self, keys: Keys, make: Make, material: Material, content: Mapping[str, Content], spread: str
    ) -> Iterator[Entry]:
        """Yield the entries that a line stands for: itself, or one for each of what it asks for with `tat-ca`."""

        def entry(part: str, content: Mapping[str, Content]) -> Entry:
            return Entry(
                folder=self.folder,
                kind=make.kind,
                material=material,
                part=part,
                former=tuple(make.formerly),
                content=dict(content),
                presets=tuple(self._presets(make, material)),
                place=self.folder.source.place_of(keys),
            )

        if not spread:
            yield entry(make.id or first_reference(make, material), content)
            return
        type_ = material.params[spread].type
        for id_ in self.shelf.all_of(type_) or ():
            part = f"{make.id}-{id_}" if make.id else id_
            yield entry(part, {**content, spread: self.shelf.take(type_, id_)})

    def _presets(self, make: Make, material: Material) -> Iterator[Preset]:
        presets = self.project.theme.presets
        if make.presets or not make.sizes:
            yield from (presets[name] for name in make.presets or material.presets)
        if material.free_preset:
            model, name = presets[material.free_preset], material.name
            yield from (cut_to(model, name, *read_size(size)) for size in make.sizes)


def first_reference(make: Make, material: Material) -> str:
    """Return the first reference of a line, in the order of the kind's contract: the order people write in is theirs.

    Only a reference names a file: free words may hold spaces, dots and slashes.
    """
    written = ((param.type, make.with_.get(name)) for name, param in material.params.items())
    plain = (word for type_, word in written if type_ in PARAM_TYPES and isinstance(word, str) and word != ALL)
    return next((word for word in plain if is_plain_name(word)), "")


class _Params:
    """Reads the parameters of one line into values; keeps what is wrong in the reading."""

    def __init__(self, reader: EntryReader, keys: Keys, reading: Reading) -> None:
        self.reader, self.keys, self.reading = reader, (*keys, "with"), reading

    def read(self, name: str, param: Param, written: object) -> Content:
        """Return what a parameter holds; a parameter that was not given, or is wrong, holds nothing."""
        if self.reader.is_spread(param, written):
            return None
        written = written or param.default
        all_of = self.reader.shelf.all_of(param.type)
        items = all_of if written == ALL and param.is_list and all_of is not None else written
        values = self._values(name, param, items)
        return tuple(values) if param.is_list else next(iter(values), None)

    def _tell(self, keys: Keys, wrong: str, remedy: str) -> None:
        place = self.reader.folder.source.place_of(keys, of_value=True)
        self.reading.problems.append(Problem(place, wrong, remedy))

    def _values(self, name: str, param: Param, written: object) -> list[Value]:
        keys = (*self.keys, name)
        if written in ("", []):
            if param.required:
                self._tell(keys, f"thiếu “{name}” ({param.says})", f"Thêm “{name}: …” vào phần with của mục này.")
            return []
        if isinstance(written, list) != param.is_list or isinstance(written, dict):
            shape = "một danh sách" if param.is_list else "một giá trị, không phải danh sách"
            one = f"Viết {name}: rồi một giá trị ({param.says})."
            self._tell(keys, f"“{name}” phải là {shape}", f"Viết {name}: [mục một, mục hai]." if param.is_list else one)
            return []
        items: Sequence[object] = written if isinstance(written, list) else [written]
        if param.is_list and not param.min <= len(items) <= param.max:
            short, over = param.min - len(items), len(items) - param.max
            limit = f"cần ít nhất {param.min}" if short > 0 else f"nhiều nhất là {param.max}"
            remedy = f"Thêm {short} mục." if short > 0 else f"Bỏ bớt {over} mục."
            self._tell(keys, f"“{name}” có {len(items)} mục, {limit}", remedy)
        places = [(*keys, number) if param.is_list else keys for number in range(len(items))]
        found = (self._value(where, name, param, item) for where, item in zip(places, items, strict=True))
        return [value for value in found if value is not None]

    def _value(self, keys: Keys, name: str, param: Param, written: object) -> Value | None:
        if not isinstance(written, str):
            remedy = f"Viết một dòng chữ ({param.says}); chữ có dấu hai chấm thì đặt trong ngoặc kép."
            self._tell(keys, f"“{name}” phải là chữ", remedy)
            return None
        if param.type == "number":
            return self._number(keys, name, param, written)
        if param.type in PARAM_TYPES:
            return self._reference(keys, param.type, written)
        over = len(written) - param.max_letters
        if over > 0:
            wrong = f"“{name}” dài {len(written)} chữ cái, nhiều nhất là {param.max_letters}"
            self._tell(keys, wrong, f"Rút bớt {over} chữ cái.")
            return None
        return self._line(written) if param.type == "line" else Words(written)

    def _line(self, written: str) -> Line:
        return self.reader.shelf.wording.line(written)

    def _number(self, keys: Keys, name: str, param: Param, written: str) -> Number | None:
        if written.isascii() and written.isdigit() and param.min <= int(written) <= param.max:
            return Number(int(written))
        wrong = f"“{name}” phải là số nguyên từ {param.min} đến {param.max}, nhưng ở đây là “{written}”"
        self._tell(keys, wrong, "Chỉ viết chữ số, ví dụ 3.")
        return None

    def _reference(self, keys: Keys, type_: str, written: str) -> Value | None:
        names = self.reader.shelf.names(type_)
        if written in names:
            return self.reader.shelf.take(type_, written)
        if written in self.reader.unreadable:
            self.reading.leans_on_broken = True
        elif self.reader.folder.is_announced or type_ != "slogan":
            place = self.reader.folder.source.place_of(keys, of_value=True)
            choices = self.reader.hints.choices(place, names)
            self.reading.problems.append(unknown(place, PARAM_TYPES[type_].word, written, choices))
        return None
