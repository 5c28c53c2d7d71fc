"""Check what crosses files: every name that points somewhere points to something.

Comes in: a Project as read, and the Source of every file. Goes out: problems, and the ids of campaigns that must not be
built because of them. Called by `read`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.decode import safe_path
from generator.errors import Place, Problem, UserError
from generator.explain import unknown
from generator.photo import read_photo
from generator.project.contract import check_make
from generator.project.shape import SUBJECT_SLOGAN, CampaignFolder, Project
from generator.source import Keys, Source

#: Names reserved for examples (RFC 2606, RFC 6761): never a real address.
EXAMPLE_SITES = (".example", "example.com", "example.org", "example.net")


def check_references(project: Project, sources: Mapping[str, Source]) -> tuple[list[Problem], set[str]]:
    """Return every problem between files, and the ids of the campaigns that hold errors."""
    checker = _Checker(project, sources)
    problems = [*checker.registers(), *checker.plans(), *checker.texts()]
    broken: set[str] = set()
    for folder in project.campaigns.values():
        own = [*checker.campaign(folder)]
        problems += own
        if any(not problem.is_warning for problem in own):
            broken.add(folder.id)
    return problems, broken


class _Checker:
    def __init__(self, project: Project, sources: Mapping[str, Source]) -> None:
        self.project, self.sources = project, sources
        self.terms = {
            name: [term.id for term in getattr(project.terms, name)] for name in ("audiences", "hazards", "sectors")
        }
        self.places = {plan_id: plan.places() for plan_id, plan in project.plans.items()}

    def registers(self) -> Iterator[Problem]:
        project = self.project
        source = self.sources["campaigns/organisation.yml"]
        if project.organisation.site.endswith(EXAMPLE_SITES):
            yield Problem(
                source.place_of(("site",), True),
                f"địa chỉ trang web vẫn là tên mẫu “{project.organisation.site}”",
                "Thay bằng địa chỉ thật của đơn vị: địa chỉ này được in lên ấn phẩm và mã QR.",
                is_warning=True,
            )
        if project.organisation.logo:
            yield from self._picture(source, ("logo",), project.root / "campaigns", project.organisation.logo)
        yield from self._sources_of(source, ("source",), project.organisation.source)
        for name, rows in (("bodies", project.bodies), ("documents", project.documents)):
            source = self.sources[f"campaigns/{name}.yml"]
            yield from _doubled(source, (name,), [row["id"] for row in source.data[name]])
            for index, row in enumerate(source.data[name]):
                body = row.get("successor") or row.get("issuer")
                if body and body not in project.bodies:
                    yield unknown(
                        source.place_of((name, index, "successor" if "successor" in row else "issuer"), True),
                        "cơ quan",
                        body,
                        project.bodies,
                    )
                if (file := getattr(rows[row["id"]], "file", "")) and (
                    bad := self._file(source, (name, index, "file"), file)
                ):
                    yield bad

    def plans(self) -> Iterator[Problem]:
        lookups = (
            ("channels", "channel", "kênh", self.project.theme.channels),
            ("audiences", "audience", "đối tượng", self.terms["audiences"]),
            ("hazards", "hazard", "nguy cơ", self.terms["hazards"]),
            ("sectors", "sector", "ngành", self.terms["sectors"]),
            ("tasks", "body", "cơ quan", self.project.bodies),
            ("deadlines", "body", "cơ quan", self.project.bodies),
            ("cites", "document", "văn bản", self.project.documents),
        )
        for stem, plan in self.project.plans.items():
            source = self.sources[f"campaigns/plans/{stem}.yml"]
            if plan.id != stem:
                yield Problem(
                    source.place_of(("id",), True), f"mã “{plan.id}” khác tên tệp “{stem}.yml”", f'Ghi id: "{stem}".'
                )
            yield from self._known(source, ("issuer",), "cơ quan", plan.issuer, self.project.bodies)
            for index, document in enumerate(plan.implements):
                yield from self._known(source, ("implements", index), "văn bản", document, self.project.documents)
            for table, key, what, known in lookups:
                for index, row in enumerate(getattr(plan, table)):
                    yield from self._known(source, (table, index, key), what, getattr(row, key), known)

    def texts(self) -> Iterator[Problem]:
        for register, entries in (("hazards", self.project.hazards), ("audiences", self.project.audiences)):
            for entry in entries.values():
                if entry.id not in self.terms[register]:
                    yield unknown(Place(entry.source.path), "mục trong terms.yml", entry.id, self.terms[register])
                yield from self._article(entry.source, entry.front.source, entry.front.serves)
        for entry in self.project.hazards.values():
            for index, sector in enumerate(entry.front.sectors):
                yield from self._known(entry.source, ("sectors", index), "ngành", sector, self.terms["sectors"])

    def campaign(self, folder: CampaignFolder) -> Iterator[Problem]:
        yield from self._identity(folder)
        yield from self._subject(folder)
        yield from self._lists(folder)
        for entry in (*folder.topics.values(), *folder.scripts.values()):
            yield from self._article(entry.source, entry.front.source, entry.front.serves)
        home = self.project.root / Path(folder.source.path).parent
        for index, photo in enumerate(folder.campaign.photos):
            yield from self._picture(folder.source, ("photos", index, "file"), home, photo.file)
        for index, make in enumerate(folder.campaign.make):
            yield from check_make(self.project, folder, index, make)

    def _identity(self, folder: CampaignFolder) -> Iterator[Problem]:
        source, written = folder.source, folder.campaign.id
        twins = [
            other for other in self.project.campaigns.values() if other.campaign.id == written and other is not folder
        ]
        if twins:
            yield Problem(
                source.place_of(("id",), True),
                f"hai chiến dịch cùng mã “{written}” (tệp kia: {twins[0].source.path})",
                f"Đổi id của một chiến dịch; tên thư mục này là “{folder.id}”.",
            )
        elif written != folder.id:
            yield Problem(
                source.place_of(("id",), True),
                f"mã “{written}” khác tên thư mục “{folder.id}”",
                f"Ghi id: {folder.id}, hoặc đổi tên thư mục.",
            )

    def _subject(self, folder: CampaignFolder) -> Iterator[Problem]:
        subject, source = folder.campaign.subject, folder.source
        place = source.place_of(("subject", "text"))
        if not subject.text:
            yield Problem(
                place,
                "chủ đề chưa công bố: trang web ghi “chưa công bố”, ấn phẩm chưa được làm",
                "Khi có văn bản công bố, điền chủ đề vào “text”.",
                is_warning=True,
            )
        elif subject.status == "chinh-thuc" and not subject.source:
            yield Problem(
                place,
                "chủ đề ghi là chính thức nhưng chưa gắn văn bản công bố",
                "Thêm văn bản vào documents.yml rồi ghi mã vào “source”.",
                is_warning=True,
            )
        yield from self._sources_of(source, ("subject", "source"), subject.source)

    def _lists(self, folder: CampaignFolder) -> Iterator[Problem]:
        campaign, source, project = folder.campaign, folder.source, self.project
        yield from self._known(source, ("face",), "bộ nhận diện", campaign.face, project.theme.faces)
        lookups = (
            ("plans", "kế hoạch", project.plans),
            ("documents", "văn bản", project.documents),
            ("audiences", "bài cho đối tượng", project.audiences),
            ("hazards", "bài về nguy cơ", project.hazards),
        )
        for table, what, known in lookups:
            for index, name in enumerate(getattr(campaign, table)):
                yield from self._known(source, (table, index), what, name, known)
        for table in ("slogans", "messages", "targets", "events", "assignments"):
            rows = getattr(campaign, table)
            yield from _doubled(source, (table,), [row.id for row in rows if hasattr(row, "id")])
            for index, row in enumerate(rows):
                yield from self._sources_of(source, (table, index, "source"), row.source)
                yield from self._serves(source, (table, index, "serves"), getattr(row, "serves", ()))
                if channel := getattr(row, "channel", None):
                    yield from self._known(source, (table, index, "channel"), "kênh", channel, project.theme.channels)
                if body := getattr(row, "body", None):
                    yield from self._known(source, (table, index, "body"), "cơ quan", body, project.bodies)
        for index, slogan in enumerate(campaign.slogans):
            if slogan.id == SUBJECT_SLOGAN:
                yield Problem(
                    source.place_of(("slogans", index, "id"), True),
                    f"mã “{SUBJECT_SLOGAN}” dành riêng cho chủ đề",
                    "Xóa mục này: chủ đề ở trên đã là khẩu hiệu mang mã đó.",
                )
            elif slogan.status == "chinh-thuc" and not slogan.source:
                yield Problem(
                    source.place_of(("slogans", index, "status"), True),
                    "khẩu hiệu ghi là chính thức nhưng không có nguồn",
                    "Ghi nguồn vào “source”, hoặc đổi thành status: goi-y.",
                )

    def _article(self, source: Source, refs: Iterable[str], serves: Iterable[str]) -> Iterator[Problem]:
        yield from self._sources_of(source, ("source",), refs)
        yield from self._serves(source, ("serves",), serves)

    def _sources_of(self, source: Source, keys: Keys, refs: Iterable[str]) -> Iterator[Problem]:
        for index, ref in enumerate(refs):
            head, _, _rest = ref.partition(":")
            if head in self.project.plans:
                yield from self._plan_place(source, (*keys, index), ref)
            elif head not in self.project.documents:
                yield unknown(
                    source.place_of((*keys, index), True),
                    "văn bản hoặc kế hoạch",
                    head,
                    [*self.project.documents, *self.project.plans],
                )

    def _serves(self, source: Source, keys: Keys, refs: Iterable[str]) -> Iterator[Problem]:
        for index, ref in enumerate(refs):
            yield from self._plan_place(source, (*keys, index), ref)

    def _plan_place(self, source: Source, keys: Keys, ref: str) -> Iterator[Problem]:
        plan, _, at = ref.partition(":")
        if plan not in self.places:
            yield unknown(source.place_of(keys, True), "kế hoạch", plan, self.places)
        elif at and at not in self.places[plan]:
            yield unknown(source.place_of(keys, True), f"chỗ trong kế hoạch {plan}", at, self.places[plan])

    def _known(self, source: Source, keys: Keys, what: str, word: str, known: Iterable[str]) -> Iterator[Problem]:
        if word not in known:
            yield unknown(source.place_of(keys, True), what, word, known)

    def _file(self, source: Source, keys: Keys, written: str) -> Problem | None:
        try:
            safe_path(self.project.root / "campaigns", written, source.place_of(keys, True))
        except UserError as error:
            return error.problems[0]
        return None

    def _picture(self, source: Source, keys: Keys, folder: Path, written: str) -> Iterator[Problem]:
        place = source.place_of(keys, True)
        try:
            read_photo(safe_path(folder, written, place), place)
        except UserError as error:
            yield from error.problems


def _doubled(source: Source, keys: Keys, ids: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(ids):
        if name in ids[:index]:
            first = source.place_of((*keys, ids.index(name), "id"), True).line
            yield Problem(
                source.place_of((*keys, index, "id"), True), f"mã “{name}” đã dùng ở dòng {first}", "Đặt một mã khác."
            )
