"""One YAML in mistakes/ = one mistake on top of the demo project, and the exact words that we must say."""

from __future__ import annotations

import re
import shutil
import struct
import unicodedata
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import TESTS
from workshop_case import Silent

from generator import build, model
from generator.asked import Wants
from generator.errors import Problem, UserError, split_problems
from generator.project import read_project

DAY = date(2025, 5, 1)
CASES = sorted((TESTS / "mistakes").glob("*.yml"))
#: Words that would mean that the program's own language reached people.
FOREIGN = re.compile(
    r"\b(error|expected|invalid|input|should|must|valid|string|value|missing|field|found|mapping|key|Traceback|None"
    r"|pydantic|yaml\.|" + "|".join(name for name in model.__all__ if name[0].isupper()) + r")\b"
)
#: Letter for letter what a TCVN3 font shows in place of Vietnamese; ư is a soft hyphen there.
TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ",
        strict=True,
    )
)


def encode(path: Path, code: str) -> None:
    text = path.read_text(encoding="utf-8")
    old = "".join(TCVN3.get(letter, letter) for letter in text)
    kinds = {
        "utf-16": lambda: text.encode("utf-16"),
        "tcvn3": lambda: "".join(c if ord(c) < 256 else "?" for c in old).encode("latin-1"),
        "tcvn3-dán": lambda: old.encode("utf-8"),
        "nfd": lambda: unicodedata.normalize("NFD", text).encode("utf-8"),
        "bom-crlf": lambda: text.replace("\n", "\r\n").encode("utf-8-sig"),
        "word": lambda: b"PK\x03\x04" + text.encode("utf-8"),
    }
    path.write_bytes(kinds[code]())


def write_huge_png(path: Path) -> None:
    """A PNG whose header promises 10,000 × 6,000 pixels and that holds none."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 10_000, 6_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


def set_up(root: Path, step: dict[str, Any]) -> None:
    ((what, how),) = step.items()
    if what == "encode":
        encode(root / how["path"], how["as"])
    elif what == "link":
        (root / how["path"]).unlink(missing_ok=True)
        (root / how["path"]).symlink_to(how["to"])
    elif what == "huge_png":
        write_huge_png(root / how)
    elif what == "copy":
        (shutil.copytree if (root / how["from"]).is_dir() else shutil.copy)(root / how["from"], root / how["to"])
    elif what == "rename":
        (root / how["from"]).rename(root / how["to"])
    elif what == "repeat":
        path = root / how["path"]
        path.write_text(
            how.get("before", path.read_text(encoding="utf-8")) + how["text"] * how["times"], encoding="utf-8"
        )
    else:
        raise ValueError(what)


def make_mistake(root: Path, case: dict[str, Any]) -> None:
    for name, text in case.get("files", {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for name, pairs in case.get("replace", {}).items():
        text = (root / name).read_text(encoding="utf-8")
        for old, new in pairs if isinstance(pairs[0], list) else [pairs]:
            assert text.count(old) == 1, f"{name}: {old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        (root / name).write_text(text, encoding="utf-8")
    for step in case.get("setup", []):
        set_up(root, step)


def find_problems(root: Path, case: dict[str, Any]) -> list[Problem]:
    """Return what the command would say; its problems come sorted."""
    if case.get("stage") == "check":
        return sorted(set(build.check(root, DAY, Silent()).problems))
    return read_project(root)[1]


def say_elsewhere(root: Path, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[list[Problem]]:
    """Return what `loa build`, and what `loa serve` and `mkdocs build`, say of the same files."""
    if case.get("stage") != "check":  # what was read is not read twice more
        read = read_project(root)
        monkeypatch.setattr("generator.asked.read_project", lambda root: read)
    said = []
    for job in (
        lambda: build.build(root, DAY, Wants(), lambda built, folder: 0, Silent()),
        lambda: build.build_for_site(root, DAY),
    ):
        try:
            job()
        except UserError as error:
            said.append(sorted(set(error.problems)))
    return said


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_we_say_exactly(path: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    make_mistake(demo, case)
    problems = find_problems(demo, case)
    said = "\n\n".join(map(str, problems))
    if case.get("stage") == "check":
        said = re.sub(r"khoảng \d+ %", "khoảng … %", said)  # how much depends on the template
    assert said == "\n\n".join(text.rstrip("\n") for text in case["problems"])
    assert problems == sorted(problems)
    if split_problems(problems)[0]:
        told = say_elsewhere(demo, case, monkeypatch)
        assert told == [problems, problems], "build and serve say what check says"
    for problem in problems:
        words = re.sub(r"“[^”]*”", "“”", f"{problem.wrong}\n{problem.remedy}")
        assert not FOREIGN.search(words), words
        assert problem.is_warning or problem.remedy, "every error says what to do"
        assert "\n" not in problem.wrong + problem.remedy


def test_there_are_cases_to_guard_and_each_is_a_different_mistake() -> None:
    cases = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in CASES]
    assert len(cases) >= 45
    assert len({case["says"] for case in cases}) == len(cases)
    assert all(set(case) <= {"says", "files", "replace", "setup", "stage", "problems"} for case in cases)
    assert sum(not case["problems"] for case in cases) <= 4, "most cases must be mistakes"


def test_the_demo_project_has_no_mistake(demo_to_read: Path) -> None:
    project, problems = read_project(demo_to_read)
    assert problems == []
    assert project is not None
    assert list(project.campaigns) == ["thang-an-toan-2025"]


def test_text_in_nfd_gives_the_same_project(demo: Path, demo_to_read: Path) -> None:
    for path in (demo / "campaigns").rglob("*.[my][dm]*"):
        encode(path, "nfd")
    (before, _), (after, problems) = read_project(demo_to_read), read_project(demo)
    assert problems == []
    assert before is not None
    assert after is not None
    for name in ("organisation", "bodies", "documents", "terms", "plans"):
        assert getattr(after, name) == getattr(before, name)
    assert after.campaigns["thang-an-toan-2025"].campaign == before.campaigns["thang-an-toan-2025"].campaign
    assert after.hazards["nga-cao"].body == before.hazards["nga-cao"].body
