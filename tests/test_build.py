"""The whole way, on the demo project: built by the command, built by plain MkDocs, repeated byte for byte."""

import hashlib
import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest
import time_machine

from generator import workshop
from generator.cli import main
from generator.workshop import Workshop

ROOT = Path(__file__).parent.parent
DAY = "20/4/2025"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo project with the real theme and site settings."""
    folder = tmp_path_factory.mktemp("du-an")
    shutil.copytree(ROOT / "tests" / "demo_project", folder, dirs_exist_ok=True)
    for name in ("theme", "content"):
        shutil.copytree(
            ROOT / name, folder / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("reference", "gallery")
        )
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for post in (folder / "content" / "tin-tuc" / "posts").glob("*.md"):
        if "\ncampaign: " in post.read_text(encoding="utf-8"):
            post.unlink()
    return folder


@pytest.fixture(scope="module")
def project(origin: Path) -> Path:
    """The same, built once."""
    assert main(["--project", str(origin), "build", "--date", DAY]) == 0
    return origin


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_manifest_tells_every_file_outside_the_site(project: Path) -> None:
    build = project / "build"
    rows = json.loads((build / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert rows
    keys = ["path", "campaign", "channel", "kind", "preset", "purpose", "format", "sha256", "bytes", "address"]
    assert all(list(row) == keys for row in rows)
    found = {name: digest for name, digest in hashes(build).items() if not name.startswith("site/")}
    found.pop("manifest.json")
    assert {row["path"]: row["sha256"] for row in rows} == found
    assert all((build / row["path"]).stat().st_size == row["bytes"] for row in rows)
    assert all((build / "site" / row["address"] / "index.html").is_file() for row in rows if row["address"])
    assert all(row["address"] for row in rows)


def test_builds_repeat_byte_for_byte_on_different_days(project: Path, tmp_path: Path) -> None:
    first = hashes(project / "build")
    other = tmp_path / "ban-sao"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns("build", ".cache"))
    later = datetime(2031, 2, 3, 4, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    with time_machine.travel(later, tick=True):
        assert main(["--project", str(other), "build", "--date", DAY]) == 0
    second = hashes(other / "build")
    assert len(first) > 50
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()


def test_a_partial_build_changes_only_what_was_asked(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ban-sao"
    shutil.copytree(project, copy)
    before = hashes(copy / "build")
    campaign = next((copy / "campaigns").glob("*/campaign.yml"))
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("short_name: ", "short_name: Mới "), encoding="utf-8")
    assert main(["--project", str(copy), "build", "--only", "ap-phich", "--purpose", "print"]) == 0
    after = hashes(copy / "build")
    changed = {name for name in after.keys() | before.keys() if after.get(name) != before.get(name)}
    assert changed - {"manifest.json"}
    assert all("/ap-phich-" in name and "-in" in name for name in changed - {"manifest.json"})
    rows = json.loads((copy / "build" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {row["path"] for row in rows} == {n for n in after if not n.startswith("site/")} - {"manifest.json"}


def test_a_mistake_leaves_the_last_build_as_it_was(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "ban-sao"
    shutil.copytree(project, copy)
    before = hashes(copy / "build")
    campaign = next((copy / "campaigns").glob("*/campaign.yml"))
    campaign.write_text(campaign.read_text(encoding="utf-8").replace("short_name:", "shortname:"), encoding="utf-8")
    assert main(["--project", str(copy), "build"]) == 1
    said = capsys.readouterr().err
    assert "“shortname”" in said and "short_name" in said and "Traceback" not in said
    assert hashes(copy / "build") == before


def test_an_unannounced_subject_gives_pages_but_refuses_pieces(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "ban-sao"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("build"))
    campaign = next((copy / "campaigns").glob("*/campaign.yml"))
    lines = campaign.read_text(encoding="utf-8").split("\n")
    start = lines.index("subject:")
    end = next(i for i in range(start + 1, len(lines)) if lines[i] and not lines[i].startswith(" "))
    campaign.write_text("\n".join([*lines[:start], 'subject: {text: ""}', *lines[end:]]), encoding="utf-8")
    name = campaign.parent.name
    assert main(["--project", str(copy), "build", "--campaign", name, "--purpose", "print"]) == 1
    assert "chưa có chủ đề" in capsys.readouterr().err
    assert main(["--project", str(copy), "build", "--date", DAY]) == 0
    page = (copy / "build" / "site" / "chien-dich" / name / "index.html").read_text(encoding="utf-8")
    assert "chưa công bố" in page.lower()
    assert json.loads((copy / "build" / "manifest.json").read_text(encoding="utf-8"))["files"] == []


def test_hostile_letters_come_out_letter_for_letter(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.project.bodies.find_mark_in_line", lambda words: "")  # the first wall is not enough
    copy = tmp_path / "ban-sao"
    shutil.copytree(origin, copy, ignore=shutil.ignore_patterns("build"))
    campaign = next((copy / "campaigns").glob("*/campaign.yml"))
    hostile = r"""a " # $x$ *b* _c_ @d \e <script>alert(1)</script> `f` [g](h) {{ i }} | & %j"""
    text = campaign.read_text(encoding="utf-8")
    slogan = next(line for line in text.split("\n") if line.strip().startswith("text: ") and "goi-y" not in line)
    quoted = slogan.split("text: ")[0] + "text: '" + hostile.replace("'", "''") + "'"
    campaign.write_text(text.replace(slogan, quoted, 1), encoding="utf-8")
    assert main(["--project", str(copy), "build", "--date", DAY]) == 0
    pages = [p.read_text(encoding="utf-8") for p in (copy / "build" / "site").rglob("*.html")]
    assert not any("<script>alert(1)" in page for page in pages)
    shown = "".join(pages)
    assert (
        "&lt;script&gt;alert(1)" in shown
        or "&#60;script&#62;alert(1)" in shown
        or "&#60;script&#62;alert&#40;1&#41;" in shown
    )


def test_plain_mkdocs_builds_the_same_pages(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ban-sao"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("build"))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=copy,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages = {name for name in hashes(tmp_path / "site") if name.endswith(".html")}
    assert pages and pages == {name for name in hashes(project / "build" / "site") if name.endswith(".html")}


def test_print_files_are_press_ready_and_previews_are_tagged(project: Path) -> None:
    build = project / "build"
    rows = json.loads((build / "manifest.json").read_text(encoding="utf-8"))["files"]
    prints = [row for row in rows if row["purpose"] == "print"]
    previews = [row for row in rows if row["purpose"] == "preview" and row["format"] == "pdf"]
    assert prints and previews
    for row in prints:
        with pikepdf.open(build / row["path"]) as pdf:
            assert pdf.Root.OutputIntents[0].S == "/GTS_PDFX" and "/BleedBox" in pdf.pages[0]
    for row in previews:
        with pikepdf.open(build / row["path"]) as pdf:
            assert bool(pdf.Root.MarkInfo.Marked) and str(pdf.Root.Lang).lower().startswith("vi")


def test_a_stored_document_can_be_downloaded_from_its_page(origin: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ban-sao"
    shutil.copytree(origin, copy, ignore=shutil.ignore_patterns("build"))
    register = copy / "campaigns" / "documents.yml"
    text = register.read_text(encoding="utf-8")
    assert "    number: 31-CT/TW\n" in text
    register.write_text(text.replace("31-CT/TW\n", "31-CT/TW\n    file: chi-thi-31.pdf\n", 1), encoding="utf-8")
    (copy / "campaigns" / "chi-thi-31.pdf").write_bytes(b"%PDF-1.4 ban luu")
    assert main(["--project", str(copy), "build", "--date", DAY]) == 0
    site = copy / "build" / "site" / "van-ban"
    assert (site / "chi-thi-31.pdf").read_bytes() == b"%PDF-1.4 ban luu"
    assert 'href="../chi-thi-31.pdf"' in (site / "chi-thi-31-ct-tw" / "index.html").read_text(encoding="utf-8")


def copy_of(project: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "ban-sao"
    shutil.copytree(project, copy, symlinks=True)
    return copy


def test_part_of_a_build_without_the_list_of_the_rest_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = copy_of(project, tmp_path)
    manifest = copy / "build" / "manifest.json"
    for damage in (manifest.unlink, lambda: manifest.write_bytes(b"{")):
        damage()
        before = hashes(copy / "build")
        assert main(["--project", str(copy), "build", "--only", "ap-phich", "--purpose", "preview"]) == 1
        said = capsys.readouterr().err
        assert "build/manifest.json: danh mục ấn phẩm bị hỏng hoặc bị mất\n    → Chạy “loa build” không kèm" in said
        assert hashes(copy / "build") == before
    assert not (copy / ".build-moi").exists()
    assert main(["--project", str(copy), "build", "--date", DAY]) == 0
    assert hashes(copy / "build") == hashes(project / "build")


def test_what_people_wrote_into_build_survives_a_whole_build(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = copy_of(project, tmp_path)
    rows = json.loads((copy / "build" / "manifest.json").read_text(encoding="utf-8"))["files"]
    changed = copy / "build" / next(row["path"] for row in rows if row["format"] == "pdf")
    whole = changed.read_bytes()
    with open(changed, "ab") as file:  # as a program does that writes notes into the file it opened
        file.write(b"% note")
    (copy / "build" / "da-ky.pdf").write_bytes(b"signed")
    assert main(["--project", str(copy), "build", "--date", DAY]) == 0
    assert "nhắc: đã giữ lại ở đây 2 tệp mà người đã sửa hoặc thêm trong build/" in capsys.readouterr().out
    [kept] = (copy / "build-giu-lai").iterdir()
    name = changed.relative_to(copy / "build").as_posix()
    assert sorted(hashes(kept)) == sorted([name, "da-ky.pdf"])
    assert (kept / name).read_bytes() == whole + b"% note" and changed.read_bytes() == whole
    assert hashes(copy / "build") == hashes(project / "build")


@pytest.mark.parametrize("damage", ["link", "file", "lock"])
def test_a_place_that_cannot_be_written_is_told_before_anything_is_drawn(
    origin: Path, tmp_path: Path, damage: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "ban-sao"
    shutil.copytree(origin, copy, ignore=shutil.ignore_patterns("build", ".cache"))
    if damage == "link":
        (copy / "build").symlink_to(tmp_path)
    elif damage == "file":
        (copy / "build").write_bytes(b"x")
    else:
        (copy / ".cache" / "loa" / "build.lock").mkdir(parents=True)
    monkeypatch.setattr(Workshop, "make", lambda *_: pytest.fail("drawn"))
    for command in (["build"], ["build", "--only", "ap-phich"], ["sheet", "thang-an-toan-2025"]):
        assert main(["--project", str(copy), *command]) == 1
        said = capsys.readouterr().err
        assert "\n    → " in said and "1 lỗi cần sửa." in said and "Traceback" not in said


@pytest.mark.parametrize("drawings", [0, 100])
def test_a_full_disk_while_drawing_is_one_sentence(
    origin: Path,
    tmp_path: Path,
    drawings: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether pieces are drawn here or in processes of their own: `.cache/loa/store` is a file, as full as a disk."""
    copy = tmp_path / "ban-sao"
    shutil.copytree(origin, copy, ignore=shutil.ignore_patterns("build", ".cache"))
    (copy / ".cache" / "loa").mkdir(parents=True)
    (copy / ".cache" / "loa" / "store").write_bytes(b"")
    monkeypatch.setattr(workshop, "FEW", 0 if drawings else 1000)
    assert main(["--project", str(copy), "build"]) == 1
    said = capsys.readouterr().err
    assert said.count("→") == 1 and ".cache/loa/store: chỗ này là tệp, Loa cần một thư mục" in said
    assert not (copy / ".build-moi").exists() and not (copy / "build").exists()


def test_what_people_put_into_the_website_survives_a_whole_build(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = copy_of(project, tmp_path)
    (copy / "build" / "site" / "CNAME").write_text("x.vn", encoding="utf-8")
    assert main(["--project", str(copy), "build", "--date", DAY]) == 0
    assert "giữ lại ở đây 1 tệp mà người đã sửa hoặc thêm trong build/: site/CNAME" in capsys.readouterr().out
    assert [path.read_text(encoding="utf-8") for path in copy.glob("build-giu-lai/*/site/CNAME")] == ["x.vn"]
    assert hashes(copy / "build") == hashes(project / "build")
