"""A build that stops anywhere leaves build/ whole: the old one or the new one, never a mixture."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from workshop_case import read_sound, tickets_in

from generator import output
from generator.build import describe_piece
from generator.errors import UserError
from generator.machine import explain_fault
from generator.output import (
    BUILD,
    PREVIOUS,
    STAGING,
    Row,
    link_folder,
    place_file,
    read_manifest,
    set_aside,
    staging,
    swap,
    write_file,
    write_manifest,
)
from generator.workshop import Made, Store

FILES = 40
#: A child that builds over and over; INJECT kills it at one named step of the swap, EXCHANGE=0 plays a system without it.
CHILD = f"""
import os, signal, sys
from pathlib import Path
from generator import output
from generator.output import swap as steps
root, first, inject, exchange = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
if exchange == "0":
    steps._exchange = lambda a, b: False
if inject.startswith("rename"):
    real, count = os.rename, [int(inject[6:])]
    def rename(a, b):
        if count[0] == 0: die()
        count[0] -= 1
        real(a, b)
    steps.os.rename = rename
elif inject.startswith("rmtree"):
    real_rmtree, left = steps.shutil.rmtree, [int(inject[6:])]
    def rmtree(path, **kw):
        if left[0] == 0 and Path(path).exists(): die()
        left[0] -= Path(path).exists()
        real_rmtree(path, **kw)
    steps.shutil.rmtree = rmtree
elif inject == "inside":
    real_write = output.write_file
print("ready", flush=True)
for number in range(first, first + (1 if inject else 10**6)):
    with output.staging(root) as draft:
        for index in range({FILES}):
            if inject == "inside" and index == 20: die()
            output.write_file(draft, f"site/{{index % 5}}/{{index}}.txt", str(number).encode())
    print(number, flush=True)
"""


def start(root: Path, first: int, inject: str = "", exchange: str = "1") -> subprocess.Popen[str]:
    words = [sys.executable, "-c", CHILD, str(root), str(first), inject, exchange]
    return subprocess.Popen(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    )


def read_whole(build: Path) -> int:
    """Return the number of the build that lies there, after seeing that it is whole and not mixed."""
    found = [path.read_text() for path in build.rglob("*.txt")]
    assert len(found) == FILES
    assert len(set(found)) == 1, "mixed"
    assert not list(build.rglob("*.tmp"))
    return int(found[0])


def make(root: Path, number: int) -> None:
    with staging(root) as draft:
        for index in range(FILES):
            write_file(draft, f"site/{index % 5}/{index}.txt", str(number).encode())


def test_killed_at_random_moments_build_is_whole_every_time(tmp_path: Path) -> None:
    make(tmp_path, 0)
    dice, numbers = random.Random(31), [0]
    for turn in range(12):
        child = start(tmp_path, 1000 * (turn + 1))
        assert child.stdout is not None
        for _ in range(dice.randint(1, 4)):
            child.stdout.readline()
        time.sleep(dice.uniform(0, 0.02))
        child.kill()
        child.wait()
        child.stdout.close()
        numbers.append(read_whole(tmp_path / BUILD))
    assert len(set(numbers)) > 3, "the kills must have hit builds that were under way"


STEPS = ["inside", "rmtree0"]
TWO_STEPS = ["rename0", "rename1", "rmtree0", "inside"]


@pytest.mark.parametrize(("inject", "exchange"), [(step, "1") for step in STEPS] + [(step, "0") for step in TWO_STEPS])
def test_killed_at_every_step_the_next_build_finds_a_whole_one(tmp_path: Path, inject: str, exchange: str) -> None:
    make(tmp_path, 7)
    child = start(tmp_path, 8, inject, exchange)
    child.communicate()
    assert child.returncode == -9, "the step must have been reached"
    standing = tmp_path / BUILD
    if not standing.exists():
        assert exchange == "0", "one step where the system has it"
        standing = tmp_path / PREVIOUS
    assert read_whole(standing) in (7, 8)
    with pytest.raises(KeyError), staging(tmp_path):
        raise KeyError("the next build stops, too")
    assert read_whole(tmp_path / BUILD) in (7, 8)
    assert not (tmp_path / STAGING).exists()
    assert not (tmp_path / PREVIOUS).exists()


def test_a_first_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), staging(tmp_path) as draft:
        write_file(draft, "a.txt", b"a")
        raise ZeroDivisionError
    assert not (tmp_path / BUILD).exists()
    assert not (tmp_path / STAGING).exists()


def test_two_builds_at_once_are_refused_in_vietnamese(tmp_path: Path) -> None:
    script = "import sys, pathlib; from generator.output import staging\nwith staging(pathlib.Path(sys.argv[1])): print(1, flush=True); sys.stdin.read()"
    words = [sys.executable, "-c", script, str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(UserError) as caught, staging(tmp_path):
            pass
        other.communicate("")
    assert str(caught.value) == "build: đang có một lần làm khác chạy\n    → Đợi lần đó xong rồi chạy lại."
    make(tmp_path, 1)


def test_a_leftover_staging_folder_is_cleaned(tmp_path: Path) -> None:
    write_file(tmp_path / STAGING, "old/rubbish.txt", b"x")
    make(tmp_path, 1)
    assert read_whole(tmp_path / BUILD) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", BUILD]


def test_without_the_one_step_swap_the_result_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda first, second: False)
    make(tmp_path, 1)
    make(tmp_path, 2)
    assert read_whole(tmp_path / BUILD) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", BUILD]


def test_files_held_open_are_told_and_the_old_build_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, 1)
    real = os.rename

    def refuse(first: Path, second: Path) -> None:
        if Path(first).name == STAGING:
            raise PermissionError(13, "đang mở")
        real(first, second)

    monkeypatch.setattr(swap, "_exchange", lambda first, second: False)
    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(UserError, match="Đóng các tệp PDF"):
        make(tmp_path, 2)
    assert read_whole(tmp_path / BUILD) == 1


@pytest.mark.parametrize("can_link", [True, False])
def test_copies_of_the_last_build_are_never_written_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool
) -> None:
    make(tmp_path, 1)
    if not can_link:
        monkeypatch.setattr(os, "link", lambda *names: (_ for _ in ()).throw(OSError("no links here")))
    old = tmp_path / BUILD / "site/0/0.txt"
    with pytest.raises(KeyError), staging(tmp_path) as draft:
        link_folder(tmp_path / BUILD, draft, ["site/1/1.txt"])
        assert (draft / "site/0/0.txt").samefile(old) is can_link
        assert not (draft / "site/1/1.txt").exists()
        write_file(draft, "site/0/0.txt", b"2")
        assert old.read_text() == "1"
        raise KeyError
    assert read_whole(tmp_path / BUILD) == 1


def test_a_full_disk_leaves_no_file_under_the_final_name(tmp_path: Path) -> None:
    write_file(tmp_path, "a.txt", b"old")
    with pytest.raises(TypeError):
        write_file(tmp_path, "a.txt", "not bytes")  # type: ignore[arg-type]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def row(path: str, sha256: str = "") -> Row:
    return Row(
        path=path,
        campaign="thang-an-toan-2025",
        channel="bang-ron",
        kind="Băng rôn",
        preset="a3",
        purpose="print",
        format="pdf",
        sha256=sha256,
        bytes=7,
        address="an-pham/x/",
    )


def test_the_manifest_is_sorted_and_read_back(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == []
    with staging(tmp_path) as draft:
        write_manifest(draft, [row("b", "tổng"), row("a")])
    assert read_manifest(tmp_path) == [row("a"), row("b", "tổng")]
    assert "Băng rôn" in (tmp_path / BUILD / output.MANIFEST).read_text(encoding="utf-8")


def test_a_manifest_of_an_older_loa_is_read(tmp_path: Path) -> None:
    """Rows used to say no address; a field that nobody knows is damage."""
    rows = [{key: value for key, value in asdict(row("a")).items() if key != "address"}]
    write_file(tmp_path / BUILD, output.MANIFEST, json.dumps({"files": rows}).encode())
    assert read_manifest(tmp_path) == [replace(row("a"), address="")]
    write_file(tmp_path / BUILD, output.MANIFEST, json.dumps({"files": [{**rows[0], "la": 1}]}).encode())
    with pytest.raises(UserError, match="danh mục ấn phẩm bị hỏng"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"files', "null", "{}", "[" * 100_000])
def test_a_damaged_manifest_is_told(tmp_path: Path, damaged: str) -> None:
    write_file(tmp_path / BUILD, output.MANIFEST, damaged.encode())
    with pytest.raises(UserError, match="danh mục ấn phẩm bị hỏng"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("can_link", [True, False])
def test_a_piece_is_linked_to_the_store_and_what_people_edit_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool
) -> None:
    """Word writes into the file that it opened: the store must never see that."""
    if not can_link:
        monkeypatch.setattr(os, "link", lambda *names: (_ for _ in ()).throw(OSError("no links here")))
    kept = write_file(tmp_path / "kho", "khoa", b"goc")
    place_file(tmp_path / BUILD, "a/b/x.pdf", kept, is_copied=False)
    place_file(tmp_path / BUILD, "a/b/x.docx", kept, is_copied=True)
    pdf, docx = tmp_path / BUILD / "a/b/x.pdf", tmp_path / BUILD / "a/b/x.docx"
    assert pdf.read_bytes() == docx.read_bytes() == b"goc"
    assert pdf.samefile(kept) is can_link and not docx.samefile(kept)
    with open(docx, "r+b") as file:
        file.write(b"sua")
    assert kept.read_bytes() == pdf.read_bytes() == b"goc" and docx.read_bytes() == b"sua"


def test_the_row_of_a_piece_says_what_lies_there(demo_to_read: Path, tmp_path: Path) -> None:
    [ticket, *_] = tickets_in(read_sound(demo_to_read))
    store = Store(tmp_path)
    assert store.put("1" * 64, b"", (b"RIFF",))
    kept = store.get("1" * 64)
    assert kept is not None
    told = describe_piece(Made(ticket.pieces[0], kept))
    assert (told.sha256, told.bytes) == ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0)
    assert told.path == ticket.pieces[0].path and ticket.url.endswith(f"/{told.address}")
    assert json.dumps(asdict(told))


def outside(tmp_path: Path) -> Path:
    """Return a folder with a file that nothing of ours may touch."""
    return write_file(tmp_path / "cho-khac", "cua-nguoi-khac.txt", b"x").parent


@pytest.mark.parametrize("kind", ["link", "dangling", "link to a file", "file"])
def test_a_build_that_is_no_folder_is_refused_at_the_start(tmp_path: Path, kind: str) -> None:
    root, theirs = tmp_path / "du-an", outside(tmp_path)
    root.mkdir()
    if kind == "file":
        (root / BUILD).write_bytes(b"x")
    else:
        targets = {"link": theirs, "dangling": tmp_path / "khong-co", "link to a file": theirs / "cua-nguoi-khac.txt"}
        (root / BUILD).symlink_to(targets[kind])
    for _ in range(2):
        with pytest.raises(UserError, match="    → ") as caught, staging(root):
            raise AssertionError("nothing is drawn for a place that cannot be written")
        word = "là một tệp" if kind == "file" else "là lối tắt (liên kết) đến chỗ khác"
        assert word in str(caught.value) and str(caught.value).startswith("build: ")
        assert [path.name for path in theirs.iterdir()] == ["cua-nguoi-khac.txt"]
    (root / BUILD).unlink()
    make(root, 1)
    assert read_whole(root / BUILD) == 1


@pytest.mark.parametrize("name", [STAGING, PREVIOUS])
@pytest.mark.parametrize("kind", ["file", "link", "dangling", "pipe", "locked"])
def test_whatever_lies_in_the_way_of_the_work_is_removed(tmp_path: Path, name: str, kind: str) -> None:
    root, theirs = tmp_path / "du-an", outside(tmp_path)
    make(root, 1)
    path = root / name
    if kind == "file":
        path.write_bytes(b"x")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "locked":
        write_file(path, "a/b/c.pdf", b"x")
        (path / "a/b").chmod(0o500)
    else:
        path.symlink_to(theirs if kind == "link" else tmp_path / "khong-co")
    make(root, 2)
    assert read_whole(root / BUILD) == 2
    assert sorted(path.name for path in root.iterdir()) == [".cache", BUILD]
    assert [path.name for path in theirs.iterdir()] == ["cua-nguoi-khac.txt"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_what_resists_removal_once_is_unlocked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    """A folder of the old build that may not be written: removing works once its protection is lifted."""
    if not can_exchange:
        monkeypatch.setattr(swap, "_exchange", lambda first, second: False)
    make(tmp_path, 1)
    locked = tmp_path / BUILD / "site/1"
    locked.chmod(0o500)
    remove = shutil.rmtree

    def remove_unlocked(path: Path) -> None:
        if any(not folder.stat().st_mode & 0o200 for folder in Path(path).rglob("*")):
            raise PermissionError(13, "no", str(path))
        remove(path)

    monkeypatch.setattr(shutil, "rmtree", remove_unlocked)
    make(tmp_path, 2)
    assert read_whole(tmp_path / BUILD) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", BUILD]


def test_what_cannot_be_removed_stops_no_later_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, 1)
    monkeypatch.setattr(shutil, "rmtree", lambda path: (_ for _ in ()).throw(PermissionError(13, "no", str(path))))
    make(tmp_path, 2)
    assert read_whole(tmp_path / BUILD) == 2, "the new build stands; what is left is the next one's first business"
    with pytest.raises(PermissionError, match=STAGING):
        make(tmp_path, 3)
    monkeypatch.undo()
    make(tmp_path, 4)
    assert read_whole(tmp_path / BUILD) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", BUILD]


def test_a_full_disk_leaves_no_staging_folder(tmp_path: Path) -> None:
    make(tmp_path, 1)
    with pytest.raises(OSError, match="full"), staging(tmp_path) as draft:
        write_file(draft, "a.txt", b"a")
        raise OSError(errno.ENOSPC, "full")
    assert read_whole(tmp_path / BUILD) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", BUILD]


@pytest.mark.parametrize("can_sync_all", [True, False])
def test_all_lies_on_the_disk_before_it_takes_the_place_of_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_sync_all: bool
) -> None:
    """A power cut right after the swap must find the new files whole, and the new names before the old files go."""
    make(tmp_path, 1)
    done: list[str] = []

    def note(module: object, name: str, word: str) -> None:
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *words: (done.append(word), real(*words))[1])

    note(os, "fsync", "fsync")
    note(swap, "_exchange", "swap")
    note(shutil, "rmtree", "remove")
    if can_sync_all:
        note(os, "sync", "sync")
    else:
        monkeypatch.delattr(os, "sync")
    make(tmp_path, 2)
    assert done == ["sync"] * can_sync_all + ["fsync"] * (0 if can_sync_all else FILES) + ["swap", "fsync", "remove"]


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_web_server_can_read_everything_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        make(tmp_path, 1)
    finally:
        os.umask(before)
    found = [tmp_path / BUILD, *(tmp_path / BUILD).rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in found if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in found if path.is_dir()} == {0o755}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".cache", "chỗ này là tệp, Loa cần một thư mục\n    → Xóa “.cache” trong thư mục dự án"),
        (".cache/loa", "chỗ này là tệp, Loa cần một thư mục\n    → Xóa “.cache” trong thư mục dự án"),
        (".cache/loa/build.lock/x", "chỗ này là thư mục, Loa cần một tệp\n    → Xóa “.cache” trong thư mục dự án"),
    ],
)
def test_a_cache_of_another_kind_is_told_with_its_place(
    tmp_path: Path, name: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(tmp_path, name, b"x")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError) as caught, staging(tmp_path):
        pass
    assert str(explain_fault(caught.value)).startswith(f"{name.removesuffix('/x')}: {words}")


def keep(root: Path, name: str, body: bytes = b"made", kind: str = "thong-bao") -> Row:
    """Put a file into the last build and return its row."""
    path = write_file(root / BUILD, name, body)
    return replace(row(name, hashlib.sha256(body).hexdigest()), kind=kind, bytes=path.stat().st_size, purpose="preview")


def renew(root: Path, **files: bytes) -> list[str]:
    """Build these files anew; return what was said."""
    with staging(root) as draft:
        write_manifest(draft, [])
        for name, body in files.items():
            write_file(draft, f"a/{name}.docx", body)
        return [str(problem) for problem in set_aside(root, draft)]


def asides(root: Path) -> dict[str, bytes]:
    """Return what was set aside, by its path below the folder of the day."""
    folder = root / "build-giu-lai"
    return {
        path.relative_to(folder).as_posix().split("/", 1)[1]: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_people_changed_or_put_into_build_is_set_aside_and_told(tmp_path: Path) -> None:
    rows = [keep(tmp_path, f"a/{name}.docx") for name in ("ky", "cu", "bo", "giong")]
    write_manifest(tmp_path / BUILD, rows)
    write_file(tmp_path / BUILD, "a/ky.docx", b"made, with number and signature")
    write_file(tmp_path / BUILD, "a/giong.docx", b"the same as the new one")
    write_file(tmp_path / BUILD, "scan/ban-ky.pdf", b"a scan")
    write_file(tmp_path / BUILD, "site/index.html", b"made anew as one")
    write_file(tmp_path / BUILD, "a/~$ky.docx", b"left by Word")
    write_file(tmp_path / BUILD, "a/Thumbs.db", b"left by Windows")
    os.utime(tmp_path / BUILD / output.MANIFEST, (1777600000, 1777600000))
    [said] = renew(tmp_path, ky=b"new", cu=b"new", giong=b"the same as the new one")
    day = date.fromtimestamp(1777600000).isoformat()
    assert said == (
        f"build-giu-lai/{day}: nhắc: đã giữ lại ở đây 2 tệp mà người đã sửa hoặc thêm trong build/:"
        " a/ky.docx, scan/ban-ky.pdf\n"
        "    → Chuyển tệp cần dùng sang thư mục riêng; lần sau chép tệp ra khỏi build/ rồi hãy sửa."
    )
    assert asides(tmp_path) == {"a/ky.docx": b"made, with number and signature", "scan/ban-ky.pdf": b"a scan"}
    assert (tmp_path / BUILD / "a/ky.docx").read_bytes() == b"new"


def test_setting_aside_twice_keeps_both(tmp_path: Path) -> None:
    for body in (b"one", b"two", b"three"):
        write_file(tmp_path / BUILD, "a/ky.docx", body)
        write_manifest(tmp_path / BUILD, [])
        os.utime(tmp_path / BUILD / output.MANIFEST, (1777600000, 1777600000))
        assert len(renew(tmp_path)) == 1
    folders = sorted(path.name for path in (tmp_path / "build-giu-lai").iterdir())
    day = date.fromtimestamp(1777600000).isoformat()
    assert folders == [day, f"{day}-2", f"{day}-3"]
    assert {path.read_bytes() for path in tmp_path.glob("build-giu-lai/*/a/ky.docx")} == {b"one", b"two", b"three"}


@pytest.mark.parametrize("damaged", [None, b"{"])
def test_without_a_manifest_everything_that_is_not_made_again_is_kept(tmp_path: Path, damaged: bytes | None) -> None:
    write_file(tmp_path / BUILD, "a/cu.docx", b"may be signed")
    write_file(tmp_path / BUILD, "a/giong.docx", b"same")
    if damaged is not None:
        write_file(tmp_path / BUILD, output.MANIFEST, damaged)
    assert len(renew(tmp_path, giong=b"same")) == 1
    assert asides(tmp_path) == {"a/cu.docx": b"may be signed"}


def test_what_stays_in_the_new_build_is_not_set_aside(tmp_path: Path) -> None:
    """A part of a build links the rest of the last one: a signed notice stays where it is."""
    write_manifest(tmp_path / BUILD, [keep(tmp_path, "a/ky.docx")])
    write_file(tmp_path / BUILD, "a/ky.docx", b"signed")
    with staging(tmp_path) as draft:
        link_folder(tmp_path / BUILD, draft, ["a/khac.pdf"])
        assert set_aside(tmp_path, draft) == []
    assert (tmp_path / BUILD / "a/ky.docx").read_bytes() == b"signed"


def test_the_sheet_that_leaders_approved_is_set_aside_by_a_whole_build(tmp_path: Path) -> None:
    write_manifest(tmp_path / BUILD, [keep(tmp_path, "c/to-duyet/to-duyet-c.pdf", kind=output.SHEET)])
    assert len(renew(tmp_path)) == 1
    assert asides(tmp_path) == {"c/to-duyet/to-duyet-c.pdf": b"made"}


def test_a_first_build_sets_nothing_aside(tmp_path: Path) -> None:
    assert renew(tmp_path, a=b"x") == [] and renew(tmp_path, a=b"x") == []
    assert not (tmp_path / "build-giu-lai").exists()


@pytest.mark.parametrize("field", ["path", "bytes"])
def test_a_manifest_with_a_field_of_another_kind_is_damaged(tmp_path: Path, field: str) -> None:
    rows = [{**asdict(row("a")), field: ["x"]}]
    write_file(tmp_path / BUILD, output.MANIFEST, json.dumps({"files": rows}).encode())
    with pytest.raises(UserError, match="danh mục ấn phẩm bị hỏng hoặc bị mất"):
        read_manifest(tmp_path)


def test_a_build_without_its_manifest_is_told(tmp_path: Path) -> None:
    (tmp_path / BUILD).mkdir()
    assert read_manifest(tmp_path) == [], "an empty folder is no build"
    write_file(tmp_path / BUILD, "a.pdf", b"x")
    with pytest.raises(UserError, match="danh mục ấn phẩm bị hỏng hoặc bị mất\n    → Chạy “loa build” không kèm"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("error", [OSError(errno.EIO, "disk"), KeyboardInterrupt(), PermissionError(13, "open")])
def test_a_swap_that_is_cut_off_never_costs_the_last_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Between the two renames of a system without the one-step swap, only the folder aside holds the last build."""
    make(tmp_path, 1)
    real = os.rename

    def cut_off(first: Path, second: Path) -> None:
        if Path(first).name == STAGING:
            raise error
        real(first, second)

    monkeypatch.setattr(swap, "_exchange", lambda first, second: False)
    monkeypatch.setattr(os, "rename", cut_off)
    with pytest.raises((OSError, KeyboardInterrupt, UserError)):
        make(tmp_path, 2)
    monkeypatch.undo()
    with pytest.raises(KeyError), staging(tmp_path):
        raise KeyError("the next build only recovers")
    assert read_whole(tmp_path / BUILD) == 1
