"""A build that stops anywhere leaves build/ whole: the old one or the new one, never a mixture."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from conftest import ROOT
from workshop_case import read_sound, tickets_in

from generator import output
from generator.build import describe_piece
from generator.errors import UserError
from generator.output import (
    BUILD,
    PREVIOUS,
    STAGING,
    Row,
    copy_last_build,
    place_file,
    read_manifest,
    staging,
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
from generator.build import describe_piece
root, first, inject, exchange = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
if exchange == "0":
    output._exchange = lambda a, b: False
if inject.startswith("rename"):
    real, count = os.rename, [int(inject[6:])]
    def rename(a, b):
        if count[0] == 0: die()
        count[0] -= 1
        real(a, b)
    output.os.rename = rename
elif inject.startswith("rmtree"):
    real_rmtree, left = output.shutil.rmtree, [int(inject[6:])]
    def rmtree(path, **kw):
        if left[0] == 0 and Path(path).exists(): die()
        left[0] -= Path(path).exists()
        real_rmtree(path, **kw)
    output.shutil.rmtree = rmtree
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
    monkeypatch.setattr(output, "_exchange", lambda first, second: False)
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

    monkeypatch.setattr(output, "_exchange", lambda first, second: False)
    monkeypatch.setattr(output.os, "rename", refuse)
    with pytest.raises(UserError, match="Đóng các tệp PDF"):
        make(tmp_path, 2)
    assert read_whole(tmp_path / BUILD) == 1


@pytest.mark.parametrize("can_link", [True, False])
def test_copies_of_the_last_build_are_never_written_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool
) -> None:
    make(tmp_path, 1)
    if not can_link:
        monkeypatch.setattr(output.os, "link", lambda *names: (_ for _ in ()).throw(OSError("no links here")))
    old = tmp_path / BUILD / "site/0/0.txt"
    with pytest.raises(KeyError), staging(tmp_path) as draft:
        copy_last_build(tmp_path, draft, ["site/1/1.txt"])
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


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"files', "null", "{}"])
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
        monkeypatch.setattr(output.os, "link", lambda *names: (_ for _ in ()).throw(OSError("no links here")))
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
