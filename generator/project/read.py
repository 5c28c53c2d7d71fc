"""Read campaigns/ and theme/ into one frozen Project, keeping every problem of every file.

Comes in: the project's folder. Goes out: what could be read (None when something that everything needs is broken) and
all problems, sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from generator.decode import find_odd_files, find_shared_files
from generator.errors import Place, Problem
from generator.explain import check
from generator.model import (
    Article,
    AudienceText,
    Bodies,
    Campaign,
    Documents,
    HazardAdvice,
    Organisation,
    Plan,
    Script,
    Terms,
    Topic,
)
from generator.project.bodies import check_text, check_values
from generator.project.copies import find_original, find_original_file, tell_copy, tell_unread_copy
from generator.project.leftovers import find_leftovers
from generator.project.pages import CONTENT, Contents, pick_news, read_contents
from generator.project.references import check_references
from generator.project.shape import CampaignFolder, Project, TextFile, check_name
from generator.source import Source, read_markdown
from generator.theme import Collector, read_model, read_theme
from generator.wording.plain_names import is_plain_name

Front = TypeVar("Front", bound=Article)
Model = TypeVar("Model", bound=BaseModel)
FOLDER = "campaigns"
#: Folders in campaigns/ that are not campaigns.
SHARED = {"plans", "hazards", "audiences"}
#: What makes a folder a campaign, or one in the making.
MARKS_OF_A_CAMPAIGN = ("*.y*ml*", "topics", "scripts")
#: Where every file is read, and the ending that it must have.
ENDINGS = {"plans": ".yml", "hazards": ".md", "audiences": ".md", "*/topics": ".md", "*/scripts": ".md"}
#: Files that are read by their name.
READ_BY_NAME = {"campaign.yml", "organisation.yml", "bodies.yml", "documents.yml", "terms.yml"}
#: Files of Word and its like: another name makes no plain text of them.
WORD = (".docx", ".doc", ".odt", ".rtf", ".pdf")
COPY_WORDS = "Mở tệp, chép chữ vào một tệp mới như các tệp cạnh đó; đổi đuôi tệp là chưa đủ."
#: Files that computers leave in folders.
LITTER = {"thumbs.db", "desktop.ini"}


def read_project(root: Path) -> tuple[Project | None, list[Problem]]:
    """Return the project at `root` (campaigns that are broken left out) and all problems, errors and warnings alike."""
    collector = Collector()
    collector.problems += chain.from_iterable(find_odd_files(root, name) for name in (FOLDER, CONTENT, "theme"))
    if collector.problems:
        return None, sorted(set(collector.problems))
    collector.problems += chain.from_iterable(find_shared_files(root, name) for name in (FOLDER, CONTENT))
    reader = _ProjectReader(root, collector)
    project = reader.read()
    if project is None:
        return None, sorted(set(collector.problems))
    wrong, sound = check_references(project, reader.sources, reader.unreadable)
    project = replace(
        project,
        campaigns={name: folder for name, folder in project.campaigns.items() if name in sound},
        entries=tuple(chain.from_iterable(sound.values())),
    )
    return project, sorted({*collector.problems, *reader.warnings(), *wrong, *find_leftovers(project)})


class _ProjectReader:
    """Reads the files one by one; remembers each Source for the checks that cross files."""

    def __init__(self, root: Path, collector: Collector) -> None:
        self.root, self.folder, self.collector = root, root / FOLDER, collector
        self.sources: dict[str, Source] = {}
        self.unreadable: set[str] = set()

    def read(self) -> Project | None:
        """Return the Project, or None when something that everything needs is broken."""
        theme = self.collector.take(lambda: read_theme(self.root))
        organisation = self._yaml(Organisation, "organisation.yml")
        bodies, documents = self._yaml(Bodies, "bodies.yml"), self._yaml(Documents, "documents.yml")
        terms = self._yaml(Terms, "terms.yml")
        plans = self._plans()
        hazards = self._entries(HazardAdvice, self.folder / "hazards")
        audiences = self._entries(AudienceText, self.folder / "audiences")
        contents = self._contents()
        campaigns = {folder.id: folder for path in self._campaign_paths() if (folder := self._campaign(path))}
        if theme is None or organisation is None or bodies is None or documents is None or terms is None:
            return None
        return Project(
            root=self.root,
            organisation=organisation,
            bodies={body.id: body for body in bodies.bodies},
            documents={document.id: document for document in documents.documents},
            terms=terms,
            plans=plans,
            campaigns=campaigns,
            hazards=hazards,
            audiences=audiences,
            news=pick_news(contents.pages),
            pages=contents.pages,
            files=contents.files,
            theme=theme,
        )

    def warnings(self) -> Iterator[Problem]:
        """Yield what each Source says that cannot be meant, and the files that no one reads."""
        for source in self.sources.values():
            yield from source.warnings
            yield from check_values(source)
        for pattern, ending in ENDINGS.items():
            for path in _find(self.folder, f"{pattern}/*"):
                if path.suffix != ending and path.name.lower() not in LITTER:
                    yield self._tell_unread(path, ending)
        for path in _find(self.folder, "*", "*/*"):
            original = find_original_file(path.name)
            if original in READ_BY_NAME and path.is_file() and path.with_name(original).is_file():
                yield tell_unread_copy(original, self._place(path))

    def _tell_unread(self, path: Path, ending: str) -> Problem:
        """Return the warning of a file that nothing reads because of how it ends."""
        right = f"{path.name.partition('.')[0]}{ending}"
        if path.with_name(right).exists():
            return tell_unread_copy(right, self._place(path))
        wrong = f"tệp không có đuôi {ending} nên bị bỏ qua"
        remedy = COPY_WORDS if path.suffix.lower() in WORD else f"Đổi tên thành “{right}”."
        return Problem(self._place(path), wrong, remedy, is_warning=True)

    def _place(self, path: Path) -> Place:
        return Place(path.relative_to(self.root).as_posix())

    def _yaml(self, model: type[Model], name: str) -> Model | None:
        found = self.collector.take(lambda: read_model(self.root, self.folder / name, model))
        if found is None:
            return None
        self.sources[found[1].path] = found[1]
        return found[0]

    def _plans(self) -> dict[str, Plan]:
        plans = {}
        for path in _find(self.folder / "plans", "*.yml"):
            if self._is_copy("tệp", path, path.stem):
                continue
            plan = self._yaml(Plan, f"plans/{path.name}")
            if plan is None:
                self.unreadable.add(path.stem)
            else:
                plans[path.stem] = plan
        return plans

    def _contents(self) -> Contents:
        contents, problems = read_contents(self.root)
        self.collector.problems.extend(problems)
        self.sources.update({entry.source.path: entry.source for entry in contents.pages.values()})
        return contents

    def _campaign_paths(self) -> list[Path]:
        """Return the folders of campaigns; folders that only store files (scans of documents) are none."""
        folders = [path for path in sorted(self.folder.iterdir()) if path.is_dir() and path.name not in SHARED]
        deeper = {path.parent.parent for path in _find(self.folder, "*/*/campaign.yml")}
        self.collector.problems += [self._tell_deeper(path) for path in sorted(deeper)]
        found = [path for path in folders if path.name[0] != "." and _find(path, *MARKS_OF_A_CAMPAIGN)]
        return [path for path in found if path not in deeper or (path / "campaign.yml").exists()]

    def _tell_deeper(self, path: Path) -> Problem:
        """Return the problem of a folder that unpacking has put around a campaign, or of a campaign inside another."""
        wrong = "chiến dịch nằm sâu một bậc trong thư mục này nên không được đọc"
        remedy = f"Chuyển thư mục chiến dịch ra ngay trong {FOLDER}/ (giải nén hay tạo thêm một bậc), xóa bản thừa."
        return Problem(self._place(path), wrong, remedy)

    def _campaign(self, path: Path) -> CampaignFolder | None:
        if self._is_copy("thư mục", path, path.name):
            return None
        self.collector.take(lambda: check_name("thư mục", path.name, self._place(path)))
        topics = self._entries(Topic, path / "topics")
        scripts = self._entries(Script, path / "scripts")
        found = self.collector.take(lambda: read_model(self.root, path / "campaign.yml", Campaign))
        if found is None:
            self.unreadable.add(path.name)
            return None
        campaign, source = found
        self.sources[source.path] = source
        return CampaignFolder(path.name, campaign, topics, scripts, source)

    def _is_copy(self, what: str, path: Path, name: str) -> bool:
        """Tell whether a file or folder (`what`) is a copy that a computer made, and note so: nothing in it is read."""
        original = find_original(name)
        if not original or (is_plain_name(name) and not path.with_name(f"{original}{path.suffix}").exists()):
            return False
        self.collector.problems.append(tell_copy(what, name, original, self._place(path)))
        self.unreadable.add(name)
        return True

    def _entries(self, model: type[Front], folder: Path) -> dict[str, TextFile[Front]]:
        found = {}
        for path in _find(folder, "*.md"):
            if self._is_copy("tệp", path, path.stem):
                continue
            if entry := self.collector.take(lambda path=path: self._entry(model, path)):  # type: ignore[misc]
                found[path.stem] = entry
            else:
                self.unreadable.add(path.stem)
        return found

    def _entry(self, model: type[Front], path: Path) -> TextFile[Front]:
        name = path.relative_to(self.root).as_posix()
        self.collector.take(lambda: check_name("tệp", path.stem, Place(name)))
        source = read_markdown(path, name)
        self.sources[name] = source
        if not source.body:
            place, wrong = Place(name, source.body_line), "chưa có bài viết sau dòng --- thứ hai"
            self.collector.problems.append(Problem(place, wrong, "Viết bài dưới dòng --- đó."))
        self.collector.problems.extend(check_text(source))
        return TextFile(path.stem, check(model, source), source.body, source)


def _find(folder: Path, *patterns: str) -> list[Path]:
    """Return what fits a pattern, sorted; hidden files and Word's own (~$…) are none of ours.

    Raises OSError when the folder may not be read: `glob` finds nothing there, and texts would vanish without a word.
    """
    if folder.is_dir():
        next(folder.iterdir(), None)
    return sorted(path for pattern in patterns for path in folder.glob(pattern) if path.name[0] not in ".~")
