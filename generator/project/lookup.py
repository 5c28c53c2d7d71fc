"""Look names up: documents, plan places, bodies, files and pictures that people point to.

Comes in: a Project as read, and the Source of every file. Goes out: problems at the place of the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

from generator.decode import safe_path
from generator.errors import Problem, UserError
from generator.explain import suggest, unknown
from generator.hints import Hints
from generator.photo import read_photo
from generator.project.shape import Project, make_plain_path
from generator.project.stored import check_stored
from generator.source import Keys, Source


class Lookup:
    """Knows every name of the project; yields a problem for a name that nothing answers to."""

    def __init__(self, project: Project, sources: Mapping[str, Source], unreadable: Set[str]) -> None:
        self.project, self.sources, self.unreadable = project, sources, unreadable
        self.hints = Hints()
        self.terms = {
            name: [term.id for term in getattr(project.terms, name)] for name in ("audiences", "hazards", "sectors")
        }
        self.places = {plan_id: plan.places() for plan_id, plan in project.plans.items()}

    def article(self, source: Source, refs: Iterable[str], serves: Iterable[str]) -> Iterator[Problem]:
        """Yield what is wrong with the sources and served places of a Markdown file."""
        yield from self.sources_of(source, ("source",), refs)
        yield from self.serves(source, ("serves",), serves)

    def sources_of(self, source: Source, keys: Keys, refs: Iterable[str]) -> Iterator[Problem]:
        """Yield every source that is no document of the register and no place of a plan."""
        for index, ref in enumerate(refs):
            head, _, _rest = ref.partition(":")
            if head in self.project.plans:
                yield from self._plan_place(source, (*keys, index), ref)
            else:
                known = [*self.project.documents, *self.project.plans]
                yield from self.known(source, (*keys, index), "văn bản hoặc kế hoạch", head, known)

    def serves(self, source: Source, keys: Keys, refs: Iterable[str]) -> Iterator[Problem]:
        """Yield every served place that no plan has."""
        for index, ref in enumerate(refs):
            yield from self._plan_place(source, (*keys, index), ref)

    def _plan_place(self, source: Source, keys: Keys, ref: str) -> Iterator[Problem]:
        plan, _, at = ref.partition(":")
        if plan not in self.places:
            yield from self.known(source, keys, "kế hoạch", plan, self.places)
        elif at and at not in self.places[plan]:
            wrong = f"kế hoạch {plan} không có chỗ nào ghi “{at}”"
            place = source.place_of(keys, True)
            yield Problem(place, wrong, suggest(at, self.hints.choices(place, self.places[plan])))

    def known(self, source: Source, keys: Keys, what: str, word: str, known: Iterable[str]) -> Iterator[Problem]:
        """Yield a problem when `word` answers to nothing; files that could not be read are said elsewhere."""
        if word not in known and word not in self.unreadable:
            place = source.place_of(keys, True)
            yield unknown(place, what, word, self.hints.choices(place, known))

    def file(self, source: Source, keys: Keys, written: str) -> Iterator[Problem]:
        """Yield what is wrong with a file that the registers name."""
        place = source.place_of(keys, True)
        try:
            path = safe_path(self.project.root / "campaigns", written, place)
        except UserError as error:
            yield from error.problems
            return
        yield from check_stored(path, place)

    def picture(self, source: Source, keys: Keys, folder: Path, written: str) -> Iterator[Problem]:
        """Yield what is wrong with a picture, by its header."""
        place = source.place_of(keys, True)
        try:
            read_photo(safe_path(folder, written, place), place)
        except UserError as error:
            yield from error.problems


def find_doubled(source: Source, keys: Keys, ids: list[str]) -> Iterator[Problem]:
    """Yield a problem for every id that stands twice in the list at `keys`."""
    firsts: dict[str, int] = {}
    for index, name in enumerate(ids):
        if firsts.setdefault(name, index) < index:
            first = source.place_of((*keys, firsts[name], "id"), True).line
            yield Problem(
                source.place_of((*keys, index, "id"), True), f"mã “{name}” đã dùng ở dòng {first}", "Đặt một mã khác."
            )


def find_twins(source: Source, files: Iterable[tuple[Keys, str]], ending: str = "") -> Iterator[Problem]:
    """Yield a problem for every file whose copy (with `ending`, if all copies are of one type) would take the address
    of another's.
    """
    taken: dict[str, str] = {}
    for keys, file in files:
        address = make_plain_path(file, ending)
        other = taken.setdefault(address, file)
        if other != file:
            wrong = f"“{file}” và “{other}” cùng có tên trên trang web là “{address}”"
            yield Problem(source.place_of(keys, True), wrong, "Đổi tên một trong hai tệp.")
