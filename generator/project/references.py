"""Check what crosses files: every name that points somewhere points to something.

Comes in: a Project as read, and the Source of every file. Goes out: problems, and the entries of the campaigns that
can be made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import chain
from pathlib import Path

from generator.errors import Place, Problem
from generator.explain import suggest
from generator.model import Plan
from generator.project.entries import EntryReader
from generator.project.logo import check_logo
from generator.project.lookup import Lookup, find_doubled, find_twins
from generator.project.shape import PHOTO_ENDING, SUBJECT_SLOGAN, CampaignFolder, Entry, Project
from generator.source import Keys, Source
from generator.wording.plain_names import is_plain_name

#: Names reserved for examples (RFC 2606, RFC 6761): never a real address.
EXAMPLE_SITES = (".example", "example.com", "example.org", "example.net")


def check_references(
    project: Project, sources: Mapping[str, Source], unreadable: Set[str]
) -> tuple[list[Problem], Mapping[str, tuple[Entry, ...]]]:
    """Return every problem between files, and the entries of every campaign that holds no error and leans on no
    broken file.

    `unreadable` names files that exist but could not be read: that is said already, so naming them is no mistake.
    """
    checker = _Checker(project, sources, unreadable)
    plans = {stem: [*checker.plan(stem, plan)] for stem, plan in project.plans.items()}
    shaky = {*unreadable, *(stem for stem, wrong in plans.items() if wrong)}
    problems = [*checker.registers(), *checker.texts(), *chain.from_iterable(plans.values())]
    sound: dict[str, tuple[Entry, ...]] = {}
    for folder in project.campaigns.values():
        own, entries, leans = checker.campaign(folder)
        problems += own
        if all(problem.is_warning for problem in own) and not leans and not shaky & _used_by(folder):
            sound[folder.id] = entries
    return problems, sound


class _Checker(Lookup):
    def registers(self) -> Iterator[Problem]:
        """Yield what is wrong in the organisation and the registers of bodies and documents."""
        project = self.project
        source = self.sources["campaigns/organisation.yml"]
        if project.organisation.site.rstrip("/").endswith(EXAMPLE_SITES):
            yield Problem(
                source.place_of(("site",), True),
                f"địa chỉ trang web vẫn là tên mẫu “{project.organisation.site}”",
                "Thay bằng địa chỉ thật của đơn vị: địa chỉ này được in lên ấn phẩm và mã QR.",
                is_warning=True,
            )
        if project.organisation.logo:
            yield from check_logo(source.place_of(("logo",), True), project.root, project.organisation.logo)
        yield from self.sources_of(source, ("source",), project.organisation.source)
        for name, rows in (("bodies", project.bodies), ("documents", project.documents)):
            source = self.sources[f"campaigns/{name}.yml"]
            ids = [row["id"].strip() for row in source.data[name]]
            yield from find_doubled(source, (name,), ids)
            stored: list[tuple[Keys, str]] = []
            for index, row in enumerate(rows[id_] for id_ in ids):
                for key in ("successor", "issuer"):
                    if body := getattr(row, key, None):
                        yield from self.known(source, (name, index, key), "cơ quan", body, project.bodies)
                if file := getattr(row, "file", ""):
                    stored.append(((name, index, "file"), file))
            for keys, file in stored:
                yield from self.file(source, keys, file)
            yield from find_twins(source, stored)
        for name, ids in self.terms.items():
            yield from find_doubled(self.sources["campaigns/terms.yml"], (name,), ids)

    def plan(self, stem: str, plan: Plan) -> Iterator[Problem]:
        """Yield what is wrong in one plan."""
        source = self.sources[f"campaigns/plans/{stem}.yml"]
        if plan.id != stem:
            wrong = f"mã “{plan.id}” khác tên tệp “{stem}.yml”"
            yield Problem(source.place_of(("id",), True), wrong, f'Ghi id: "{stem}".')
        yield from self.known(source, ("issuer",), "cơ quan", plan.issuer, self.project.bodies)
        for index, document in enumerate(plan.implements):
            yield from self.known(source, ("implements", index), "văn bản", document, self.project.documents)
        lookups = (
            ("channels", "channel", "kênh", self.project.theme.channels),
            ("audiences", "audience", "đối tượng", self.terms["audiences"]),
            ("hazards", "hazard", "nguy cơ", self.terms["hazards"]),
            ("sectors", "sector", "ngành", self.terms["sectors"]),
            ("tasks", "body", "cơ quan", self.project.bodies),
            ("deadlines", "body", "cơ quan", self.project.bodies),
            ("cites", "document", "văn bản", self.project.documents),
        )
        for table, key, what, known in lookups:
            for index, row in enumerate(getattr(plan, table)):
                yield from self.known(source, (table, index, key), what, getattr(row, key), known)

    def texts(self) -> Iterator[Problem]:
        """Yield what is wrong in the shared hazard and audience texts."""
        for register, files in (("hazards", self.project.hazards), ("audiences", self.project.audiences)):
            for entry in files.values():
                if entry.id not in self.terms[register]:
                    hint = suggest(entry.id, self.terms[register], "")
                    wrong = f"tên tệp “{entry.id}” không có trong terms.yml, phần {register}"
                    remedy = f"{hint} Đổi tên tệp cho khớp, hoặc thêm mã này vào terms.yml.".strip()
                    yield Problem(Place(entry.source.path), wrong, remedy)
                yield from self.article(entry.source, entry.front.source, entry.front.serves)
        for news in self.project.news.values():
            if name := news.front.campaign:
                yield from self.known(news.source, ("campaign",), "chiến dịch", name, self.project.campaigns)
            yield from self.sources_of(news.source, ("source",), news.front.source)
        for entry in self.project.hazards.values():
            for index, sector in enumerate(entry.front.sectors):
                yield from self.known(entry.source, ("sectors", index), "ngành", sector, self.terms["sectors"])

    def campaign(self, folder: CampaignFolder) -> tuple[list[Problem], tuple[Entry, ...], bool]:
        """Return what is wrong in one campaign, its entries, and whether one of them names a file that could not be
        read.
        """
        reader = EntryReader(self.project, folder, self.unreadable)
        readings = [reader.read(index, make) for index, make in enumerate(folder.campaign.make)]
        problems = [*self._lists_of(folder), *chain.from_iterable(reading.problems for reading in readings)]
        entries = tuple(chain.from_iterable(reading.entries for reading in readings))
        return problems, entries, any(reading.leans_on_broken for reading in readings)

    def _lists_of(self, folder: CampaignFolder) -> Iterator[Problem]:
        yield from self._identity(folder)
        yield from self._subject(folder)
        yield from self._lists(folder)
        for entry in (*folder.topics.values(), *folder.scripts.values()):
            yield from self.article(entry.source, entry.front.source, entry.front.serves)
        home = self.project.root / Path(folder.source.path).parent
        photos = [(("photos", index, "file"), photo.file) for index, photo in enumerate(folder.campaign.photos)]
        for keys, file in photos:
            yield from self.picture(folder.source, keys, home, file)
        yield from find_twins(folder.source, photos, PHOTO_ENDING)

    def _identity(self, folder: CampaignFolder) -> Iterator[Problem]:
        source, written = folder.source, folder.campaign.id
        if written == folder.id or not is_plain_name(folder.id):
            return
        twin = self.project.campaigns.get(written)
        wrong = f"mã “{written}” khác tên thư mục “{folder.id}”"
        if twin is not None:
            wrong = f"mã “{written}” là của chiến dịch khác ({twin.source.path})"
        yield Problem(source.place_of(("id",), True), wrong, f"Ghi id: {folder.id} (trùng tên thư mục).")

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
        yield from self.sources_of(source, ("subject", "source"), subject.source)

    def _lists(self, folder: CampaignFolder) -> Iterator[Problem]:
        campaign, source, project = folder.campaign, folder.source, self.project
        yield from self.known(source, ("face",), "bộ nhận diện", campaign.face, project.theme.faces)
        lookups = (
            ("plans", "kế hoạch", project.plans),
            ("documents", "văn bản", project.documents),
            ("audiences", "bài cho đối tượng", project.audiences),
            ("hazards", "bài về nguy cơ", project.hazards),
        )
        for table, what, known in lookups:
            for index, name in enumerate(getattr(campaign, table)):
                yield from self.known(source, (table, index), what, name, known)
        for table in ("slogans", "messages", "targets", "events", "assignments"):
            rows = getattr(campaign, table)
            yield from find_doubled(source, (table,), [row.id for row in rows if hasattr(row, "id")])
            for index, row in enumerate(rows):
                yield from self.sources_of(source, (table, index, "source"), row.source)
                yield from self.serves(source, (table, index, "serves"), getattr(row, "serves", ()))
                if channel := getattr(row, "channel", None):
                    yield from self.known(source, (table, index, "channel"), "kênh", channel, project.theme.channels)
                if body := getattr(row, "body", None):
                    yield from self.known(source, (table, index, "body"), "cơ quan", body, project.bodies)
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
                    'Thêm dòng source, ví dụ source: ["001:II.4"], hoặc đổi thành status: goi-y.',
                )


def _used_by(folder: CampaignFolder) -> set[str]:
    """Return the plans and shared texts that a campaign lists, by the names of their files, and its own texts."""
    campaign = folder.campaign
    served = (place.partition(":")[0] for place in folder.served())
    return {folder.id, *campaign.plans, *campaign.hazards, *campaign.audiences, *served}
