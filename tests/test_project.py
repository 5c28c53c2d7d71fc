from __future__ import annotations

import dataclasses
import gc
import os
import sys
import tracemalloc
from pathlib import Path

import pytest
from conftest import CAMPAIGN, ROOT

from generator.errors import Problem, UserError, split_problems
from generator.model import Terms
from generator.project import read_project
from generator.project.shape import SUBJECT_SLOGAN
from generator.theme import read_model, read_theme
from generator.wording.plain_names import is_plain_name


def errors_of(root: Path) -> list[str]:
    return [str(problem) for problem in split_problems(read_project(root)[1])[0]]


def test_the_real_project_has_no_errors() -> None:
    project, problems = read_project(ROOT)
    assert [str(problem) for problem in problems if not problem.is_warning] == []
    assert project is not None
    assert len(project.campaigns) >= 3
    assert len(project.plans) == 5
    assert len(project.hazards) >= 10


def test_two_readings_are_equal(demo_to_read: Path) -> None:
    one, two = read_project(demo_to_read)[0], read_project(demo_to_read)[0]
    assert one is not None
    assert two is not None
    for name in ("organisation", "bodies", "documents", "terms", "plans"):
        assert getattr(one, name) == getattr(two, name)
    assert one.campaigns["thang-an-toan-2025"].campaign == two.campaigns["thang-an-toan-2025"].campaign


def test_a_project_cannot_be_changed(demo_to_read: Path) -> None:
    project, _ = read_project(demo_to_read)
    assert project is not None
    with pytest.raises(dataclasses.FrozenInstanceError):
        project.terms = None  # type: ignore[misc, assignment]


def test_the_subject_is_the_first_slogan(demo_to_read: Path) -> None:
    project, _ = read_project(demo_to_read)
    assert project is not None
    folder = project.campaigns["thang-an-toan-2025"]
    assert list(folder.slogans) == [SUBJECT_SLOGAN, "ve-nha", "moc-day"]
    assert folder.slogans[SUBJECT_SLOGAN].text == folder.campaign.subject.text
    assert project.campaigns_of("001") == [folder]
    assert sorted(set(folder.served())) == ["001:I.1", "001:II.1", "001:II.2", "001:III.1"]


def test_a_broken_campaign_is_left_out_and_the_others_stay(demo: Path) -> None:
    other = demo / "campaigns/thang-phu-2025"
    other.mkdir()
    text = (demo / CAMPAIGN).read_text(encoding="utf-8").replace("id: thang-an-toan-2025", "id: thang-phu-2025")
    (other / "campaign.yml").write_text(
        text.partition("photos:\n")[0].replace("face: atvsld", "face: x"), encoding="utf-8"
    )
    project, problems = read_project(demo)
    assert project is not None
    assert list(project.campaigns) == ["thang-an-toan-2025"]
    assert [problem.place.path for problem in problems] == ["campaigns/thang-phu-2025/campaign.yml"]


@pytest.mark.parametrize(
    "path",
    [
        "campaigns/hazards/nga-cao.md",
        "campaigns/audiences/nguoi-lao-dong.md",
        "campaigns/plans/001.yml",
        "campaigns/thang-an-toan-2025/scripts/loa-1-phut.md",
    ],
)
def test_a_file_that_cannot_be_read_is_told_once_and_not_wherever_it_is_named(demo: Path, path: str) -> None:
    (demo / path).write_text("---\ntitle: [\n---\nBài\n" if path.endswith("md") else "id: [\n", encoding="utf-8")
    project, problems = read_project(demo)
    assert [problem.place.path for problem in problems] == [path]
    assert project is not None
    assert project.campaigns == {}, "what leans on it is not drawn"


def test_files_that_only_store_something_are_no_campaigns(demo: Path) -> None:
    for name in ("van-ban/luat-84.pdf", ".git/config", "Ảnh cũ/1.jpg"):
        path = demo / "campaigns" / name
        path.parent.mkdir()
        path.write_bytes(b"x")
    assert errors_of(demo) == []


def test_litter_of_the_system_is_not_mentioned(demo: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$bai.md"):
        (demo / "campaigns/thang-an-toan-2025/topics" / name).write_bytes(b"x")
    assert read_project(demo)[1] == []


def test_a_shared_file_that_is_missing_is_told(demo: Path) -> None:
    (demo / "campaigns/terms.yml").unlink()
    (demo / "theme/tokens.yml").unlink()
    assert [line.split(":")[0] for line in errors_of(demo)] == ["campaigns/terms.yml", "theme/tokens.yml"]


def test_a_folder_that_cannot_be_opened_never_loses_what_is_in_it(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "topics":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (said,) = errors_of(demo)
    assert said.startswith("campaigns/thang-an-toan-2025/topics: “topics” không đọc được")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
@pytest.mark.parametrize("name", ["campaigns/thang-an-toan-2025/topics/x.md", "content/x.pdf", "theme/art/x.svg"])
def test_a_pipe_is_told_and_nothing_waits_for_it(demo: Path, name: str) -> None:
    (demo / name).parent.mkdir(exist_ok=True)
    os.mkfifo(demo / name)
    (said,) = errors_of(demo)
    assert said.startswith(f"{name}: “{Path(name).name}” không phải tệp thường")


def test_a_file_with_a_second_name_is_told_and_used(demo: Path) -> None:
    os.link(demo / CAMPAIGN, demo.parent / "other.yml")
    project, problems = read_project(demo)
    assert project is not None and project.campaigns
    assert [(problem.place.path, problem.is_warning) for problem in problems] == [(CAMPAIGN, True)]


def test_a_linked_folder_is_refused(demo: Path) -> None:
    (demo / "campaigns/thang-khac-2025").symlink_to(demo / "campaigns/thang-an-toan-2025")
    (said,) = errors_of(demo)
    assert "“thang-khac-2025” là lối tắt" in said


def test_a_text_that_quotes_the_subject_of_another_year_is_warned_of(demo: Path) -> None:
    other = demo / "campaigns/thang-phu-2026"
    (other / "topics").mkdir(parents=True)
    text = (demo / CAMPAIGN).read_text(encoding="utf-8").replace("id: thang-an-toan-2025", "id: thang-phu-2026")
    text = text.replace("  text: Chủ động nhận diện nguy cơ tại nơi làm việc\n", '  text: ""\n')
    (other / "campaign.yml").write_text(text.partition("photos:\n")[0], encoding="utf-8")
    (other / "topics/01-cu.md").write_text(
        "---\ntitle: Bài cũ\nsummary: s\npoints: [một]\n---\nNăm nay: **Chủ động nhận diện\nnguy cơ** tại nơi làm việc.\n",
        encoding="utf-8",
    )
    said = [problem for problem in read_project(demo)[1] if problem.place.path.endswith("01-cu.md")]
    assert len(said) == 1
    assert said[0].is_warning


def test_every_mistake_of_the_theme_is_told_at_once(demo: Path) -> None:
    material = demo / "theme/materials/ap-phich/material.yml"
    material.write_text(
        material.read_text(encoding="utf-8")
        .replace("channel: ap-phich", "channel: ap-phic")
        .replace('title: "Áp phích: {slogan}"', 'title: "Áp phích: {slogan"'),
        encoding="utf-8",
    )
    with pytest.raises(UserError) as caught:
        read_theme(demo)
    assert [problem.wrong for problem in caught.value.problems] == [
        "không có kênh nào tên “ap-phic”",
        "dấu { } không thành cặp",
    ]


def test_a_model_is_read_with_its_source(demo_to_read: Path) -> None:
    terms, source = read_model(demo_to_read, demo_to_read / "campaigns/terms.yml", Terms)
    assert terms.hazards[0].id == "nga-cao"
    assert source.place_of(("hazards", 0)).line == 5


@pytest.mark.parametrize(
    ("name", "is_plain"),
    [("a-1", True), ("A", False), ("a--b", False), ("-a", False), ("á", False), ("a.b", False), ("", False)],
)
def test_plain_names(name: str, is_plain: bool) -> None:
    assert is_plain_name(name) is is_plain


def test_problems_are_sorted_by_place_and_printed_in_two_lines() -> None:
    from generator.errors import Place

    two, ten = Problem(Place("a.yml", 2), "b", "c"), Problem(Place("a.yml", 10), "b", is_warning=True)
    error = UserError([ten, two, two])
    assert str(error) == "a.yml:2: b\n    → c\na.yml:10: nhắc: b"
    assert split_problems([ten, two]) == ([two], [ten])


@pytest.mark.parametrize("is_sound", [True, False])
def test_reading_again_and_again_keeps_nothing(demo: Path, is_sound: bool) -> None:
    """`loa serve` reads the project at every saved letter: what is kept each time would fill the memory in a day."""
    if not is_sound:
        path = demo / "campaigns/thang-an-toan-2025/campaign.yml"
        path.write_text(path.read_text(encoding="utf-8").replace("starts: ", "starts: 31/2/", 1), encoding="utf-8")
    times, article = 10, demo / "campaigns/hazards/nga-cao.md"
    words = article.read_text(encoding="utf-8")
    for _ in range(3):  # what is compiled or remembered once
        assert bool(read_project(demo)[1]) is not is_sound
    gc.collect()
    objects = len(gc.get_objects())
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(times):
            article.write_text(
                f"{words}\n\n{number} {' '.join(f'w{number}x{n}' for n in range(1000))}\n", encoding="utf-8"
            )
            read_project(demo)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert (len(gc.get_objects()) - objects) / times < 20, "objects kept by every reading"
    assert grown / times < 20_000, "bytes kept by every reading"
