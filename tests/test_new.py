from __future__ import annotations

import difflib
import errno
from pathlib import Path

import pytest
from conftest import CAMPAIGN, ROOT

from generator.cli import main
from generator.errors import UserError
from generator.new import create_campaign
from generator.output import only_one
from generator.project import read_project

OLD, NEW = "thang-an-toan-2025", "thang-an-toan-2027"
REAL = sorted(path.parent.name for path in ROOT.glob("campaigns/*-2025/campaign.yml"))


def copy_campaigns(folder: Path) -> Path:
    import shutil

    shutil.copytree(ROOT / "campaigns", folder / "campaigns", ignore=shutil.ignore_patterns("*-2027"))
    return folder


def test_a_new_year_is_made_from_the_demo_and_has_no_errors(demo: Path) -> None:
    made = create_campaign(demo, NEW, OLD)
    assert made.folder == demo / "campaigns" / NEW
    project, problems = read_project(demo)
    assert [problem for problem in problems if not problem.is_warning] == []
    assert project is not None
    old, new = project.campaigns[OLD].campaign, project.campaigns[NEW].campaign
    assert (new.id, new.year, new.name) == (NEW, "2027", "Tháng hành động về an toàn lao động năm 2027")
    assert new.starts is not None
    assert (new.starts.year, new.starts.month, new.starts.day) == (2027, 5, 1)
    assert new.subject.text == ""
    assert new.photos == []
    assert {slogan.status for slogan in new.slogans} == {"goi-y"}
    assert new.messages == old.messages
    assert not (made.folder / "photos").exists()
    assert made.changes


def test_the_event_that_opens_the_campaign_moves_with_it_and_its_end_too(demo: Path) -> None:
    path = demo / CAMPAIGN
    path.write_text(
        path.read_text(encoding="utf-8").replace("    starts: 05/5/2025", "    starts: 01/5/2025\n    ends: 02/5/2025"),
        encoding="utf-8",
    )
    create_campaign(demo, NEW, OLD)
    project, problems = read_project(demo)
    assert [problem for problem in problems if not problem.is_warning] == []
    assert project is not None
    (event,) = project.campaigns[NEW].campaign.events
    assert event.starts is not None
    assert event.ends is not None
    assert (event.starts.year, event.ends.year) == (2027, 2027)


@pytest.mark.parametrize("origin", REAL)
def test_the_real_campaigns_keep_every_line_that_needs_no_change(tmp_path: Path, origin: str) -> None:
    root = copy_campaigns(tmp_path)
    made = create_campaign(root, origin.replace("2025", "2029"), origin)
    before = (root / "campaigns" / origin / "campaign.yml").read_text(encoding="utf-8").split("\n")
    after = (made.folder / "campaign.yml").read_text(encoding="utf-8").split("\n")
    same = sum(
        block.size for block in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    )
    assert same > 0.75 * len(before), "comments, quotes and order stay"
    for place in made.to_review:
        line = (root / place.path).read_text(encoding="utf-8").split("\n")[place.line - 1]
        assert "2025" in line or is_old_subject(root / "campaigns" / origin, line)


def is_old_subject(origin: Path, line: str) -> bool:
    written = (origin / "campaign.yml").read_text(encoding="utf-8").partition("\nsubject:")[2].partition("status:")[0]
    return " ".join(written.replace(">-", "").partition("text:")[2].split()[:5]) in line


def test_a_text_that_quotes_the_old_subject_is_to_be_read_again(demo: Path) -> None:
    path = demo / CAMPAIGN
    words = "Chủ động nhận diện nguy cơ tại nơi làm việc"
    text = path.read_text(encoding="utf-8")
    assert words in text
    path.write_text(
        text.replace("    text: Thấy nguy cơ,", f"    text: “{words}” là việc của mọi người. Thấy nguy cơ,"),
        encoding="utf-8",
    )
    made = create_campaign(demo, NEW, OLD)
    lines = (made.folder / "campaign.yml").read_text(encoding="utf-8").split("\n")
    assert [words in lines[place.line - 1] for place in made.to_review if place.path.endswith("campaign.yml")] == [True]


def test_there_are_real_campaigns_to_copy() -> None:
    assert len(REAL) >= 2


def test_plain_values_stay_as_written(demo: Path) -> None:
    path = demo / CAMPAIGN
    text = path.read_text(encoding="utf-8")
    for odd in ("+4", "~", "04", "1e5", "0x1F", "1_000", "12:30", "no", "1.10"):
        path.write_text(text.replace('figure: "4"', f"figure: {odd}"), encoding="utf-8")
        made = create_campaign(demo, NEW, OLD)
        assert f"    figure: {odd}\n" in (made.folder / "campaign.yml").read_text(encoding="utf-8")
        for file in sorted(made.folder.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
        made.folder.rmdir()


@pytest.mark.parametrize(
    ("new", "old", "said"),
    [
        (
            NEW,
            "thang-an-toan-2024",
            "không có chiến dịch “thang-an-toan-2024”\n    → Có phải ý bạn là “thang-an-toan-2025”?",
        ),
        (NEW, "../campaigns/thang-an-toan-2025", "không có chiến dịch"),
        (OLD, OLD, "thư mục này đã có"),
        ("thang-an-toan", OLD, "chưa đúng dạng"),
        ("Tháng 2027", OLD, "chưa đúng dạng"),
        ("../x-2027", OLD, "chưa đúng dạng"),
        ("x-2026-2027", OLD, "chưa đúng dạng"),
    ],
)
def test_wrong_names_are_told_and_nothing_is_made(demo: Path, new: str, old: str, said: str) -> None:
    before = sorted(demo.rglob("*"))
    with pytest.raises(UserError) as caught:
        create_campaign(demo, new, old)
    assert said in str(caught.value)
    assert sorted(demo.rglob("*")) == before


def test_a_broken_origin_is_told_by_line_and_nothing_is_made(demo: Path) -> None:
    path = demo / CAMPAIGN
    for old, new in (("face: atvsld", "face atvsld"), ("summary: ", "sumary: ")):
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole.replace(old, new), encoding="utf-8")
        with pytest.raises(UserError) as caught:
            create_campaign(demo, NEW, OLD)
        assert caught.value.problems[0].place.line > 1
        path.write_text(whole, encoding="utf-8")
    topic = next((demo / "campaigns" / OLD / "topics").iterdir())
    topic.write_bytes(topic.read_text(encoding="utf-8").encode("utf-16"))
    with pytest.raises(UserError, match="UTF-16"):
        create_campaign(demo, NEW, OLD)
    assert not (demo / "campaigns" / NEW).exists()
    assert read_project(demo)[1]


def test_links_are_not_followed(demo: Path) -> None:
    (demo / "campaigns" / OLD / "topics" / "02-ngoai.md").symlink_to("/etc/hostname")
    with pytest.raises(UserError, match="lối tắt"):
        create_campaign(demo, NEW, OLD)


def test_a_standing_campaign_has_no_next_year(demo: Path) -> None:
    path = demo / CAMPAIGN
    path.write_text(path.read_text(encoding="utf-8").replace('year: "2025"\n', ""), encoding="utf-8")
    with pytest.raises(UserError, match="không có năm"):
        create_campaign(demo, NEW, OLD)


NEW, OLD = "thang-an-toan-2027", "thang-an-toan-2025"


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "campaigns").iterdir())


def test_a_killed_run_leaves_nothing_for_long(demo: Path) -> None:
    before = names(demo)
    for name in (f".{NEW}.tmp", ".thang-khac-2026.tmp"):
        (demo / "campaigns" / name / "topics").mkdir(parents=True)
    create_campaign(demo, NEW, OLD)
    assert names(demo) == sorted([*before, NEW])


def test_two_at_once_are_refused_in_vietnamese(demo: Path) -> None:
    before = names(demo)
    with (
        only_one(demo, "new", ""),
        pytest.raises(UserError, match="đang có một lệnh “loa new” khác chạy\n    → Đợi"),
    ):
        create_campaign(demo, NEW, OLD)
    assert names(demo) == before
    create_campaign(demo, NEW, OLD)
    with pytest.raises(UserError, match="thư mục này đã có"):
        create_campaign(demo, NEW, OLD)


@pytest.mark.parametrize("where", ["shutil.copy2", "generator.new.write_file", "pathlib.Path.rename"])
def test_a_full_disk_leaves_nothing_and_is_one_sentence(
    demo: Path, where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = names(demo)
    monkeypatch.setattr(where, fail)
    assert main(["--project", str(demo), "new", NEW, "--from", OLD]) == 1
    said = capsys.readouterr().err
    assert said.startswith("thư mục dự án: ổ đĩa đã đầy\n    → Xóa bớt tệp") and "Traceback" not in said
    assert names(demo) == before


@pytest.mark.parametrize("command", [["schema"], ["new", NEW, "--from", OLD], ["sheet", OLD], ["build"]])
def test_a_folder_that_may_not_be_written_is_one_sentence(
    demo: Path, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make = Path.mkdir

    def fail(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if path.is_relative_to(demo) and not path.is_dir():
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        make(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", fail)
    monkeypatch.chdir(demo)
    before = sorted(demo.rglob("*"))
    assert main(["--project", ".", *command]) == 1
    said = capsys.readouterr().err
    assert ": ổ đĩa này chỉ cho đọc\n    → Chép cả dự án sang ổ đĩa ghi được" in said and "Traceback" not in said
    assert sorted(demo.rglob("*")) == before
