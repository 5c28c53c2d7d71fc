"""The store of finished pieces: what was put comes back whole or not at all, whatever happens to its files."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.machine import explain_fault
from generator.workshop.store import Kept, Store, StoredFile

KEY, OTHER, THIRD = "a" * 64, "b" * 64, "ab" + "c" * 62
BODY, PICTURES = b"%PDF ...", (b"RIFF one", b"thumbnail\nwith a line end")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "kho")
    assert store.put(KEY, BODY, PICTURES)
    return store


def take(store: Store, key: str) -> Kept:
    kept = store.get(key)
    assert kept is not None
    return kept


def files_of(store: Store) -> list[Path]:
    """Return every file of the store: facts, body, pictures."""
    return sorted(path for path in store.folder.rglob("*") if path.is_file())


def facts_of(store: Store, key: str = KEY) -> Path:
    return store.folder / key[:2] / f"{key}.json"


def write_in_place(path: Path, whole: bytes) -> None:
    """Write over a file as an editor of people's own does: the same file, the same name, a new time."""
    with open(path, "r+b") as file:
        file.write(whole)
        file.truncate()


def test_what_was_kept_comes_back_with_its_facts(store: Store) -> None:
    kept = take(store, KEY)
    assert kept.body.path.read_bytes() == BODY
    assert [picture.path.read_bytes() for picture in kept.pictures] == list(PICTURES)
    for file, part in zip((kept.body, *kept.pictures), (BODY, *PICTURES), strict=True):
        assert (file.sha256, file.size) == (hashlib.sha256(part).hexdigest(), len(part))
        assert file.is_whole
    assert len({file.path for file in (kept.body, *kept.pictures)}) == 3
    assert store.get(OTHER) is None
    assert store.put(OTHER, b"")
    assert take(store, OTHER) == Kept(take(store, OTHER).body)
    assert (take(store, OTHER).body.size, take(store, OTHER).pictures) == (0, ())


def test_another_process_finds_the_same(store: Store) -> None:
    assert Store(store.folder).get(KEY) == store.get(KEY)


def test_what_is_put_again_takes_the_place_of_the_old(store: Store) -> None:
    assert store.put(KEY, b"new")
    kept = take(store, KEY)
    assert kept.body.path.read_bytes() == b"new" and kept.pictures == ()


@pytest.mark.parametrize("number", range(3))
def test_a_truncated_file_is_noticed(store: Store, number: int) -> None:
    path = [path for path in files_of(store) if path.suffix != ".json"][number]
    whole = path.read_bytes()
    for length in range(len(whole)):
        write_in_place(path, whole[:length])
        assert store.get(KEY) is None, f"cut at {length}"
    write_in_place(path, whole + b"x")
    assert store.get(KEY) is None
    write_in_place(path, whole)
    assert store.get(KEY) is not None, "the same bytes with another time are the same file"


@pytest.mark.parametrize("number", range(3))
def test_a_byte_flipped_in_place_is_noticed(store: Store, number: int) -> None:
    """The size stays, only time and bytes change: what writing through a hard link in build/ would do."""
    path = [path for path in files_of(store) if path.suffix != ".json"][number]
    whole, before = path.read_bytes(), path.stat().st_mtime_ns
    for index in range(len(whole)):
        write_in_place(path, whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :])
        os.utime(path, ns=(before + 1000 + index, before + 1000 + index))
        assert store.get(KEY) is None, f"flipped at {index}"


def test_a_file_written_through_a_link_is_noticed(store: Store, tmp_path: Path) -> None:
    kept = take(store, KEY)
    linked = tmp_path / "build.pdf"
    os.link(kept.body.path, linked)
    write_in_place(linked, BODY[::-1])
    os.utime(linked, ns=(1, 1))
    assert store.get(KEY) is None
    assert store.put(KEY, BODY, PICTURES)
    assert take(store, KEY).body.path.read_bytes() == BODY
    assert linked.read_bytes() == BODY[::-1], "drawing anew writes a new file, never through an old link"


@pytest.mark.parametrize("number", range(4))
def test_a_missing_file_is_noticed(store: Store, number: int) -> None:
    files_of(store)[number].unlink()
    assert store.get(KEY) is None
    assert store.put(KEY, BODY, PICTURES) and store.get(KEY) is not None


@pytest.mark.parametrize("number", range(4))
def test_a_folder_in_the_way_is_no_piece_and_stops_nothing(store: Store, number: int) -> None:
    path = files_of(store)[number]
    path.unlink()
    path.mkdir()
    (path / "x").write_bytes(b"x")
    assert store.get(KEY) is None
    store.keep_only([])
    assert path.is_dir(), "what Loa did not make is left alone until its place is needed"
    assert store.put(KEY, BODY, PICTURES)
    assert store.get(KEY) is not None and path.is_file()


@pytest.mark.parametrize("number", range(4))
def test_a_pipe_in_the_way_is_never_waited_for(store: Store, number: int) -> None:
    path = files_of(store)[number]
    path.unlink()
    os.mkfifo(path)
    assert store.get(KEY) is None
    assert store.put(KEY, BODY, PICTURES)
    assert store.get(KEY) is not None


def test_an_empty_file_that_became_a_pipe_is_never_waited_for(store: Store) -> None:
    assert store.put(OTHER, b"")
    path = take(store, OTHER).body.path
    path.unlink()
    os.mkfifo(path)
    assert store.get(OTHER) is None


def test_a_file_in_place_of_a_folder_makes_room(store: Store) -> None:
    home = facts_of(store, OTHER).parent
    home.write_bytes(b"x")
    assert store.get(OTHER) is None
    assert store.put(OTHER, BODY) and store.get(OTHER) is not None


def test_a_folder_of_the_store_that_may_not_be_written_is_opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    home = facts_of(store).parent
    home.chmod(0o500)
    monkeypatch.setattr(os, "access", lambda path, _: bool(path.stat().st_mode & 0o200))
    assert store.put(KEY, b"new")
    assert home.stat().st_mode & 0o777 == 0o755


def test_a_file_in_place_of_the_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "kho").write_bytes(b"x")
    store = Store(tmp_path / "kho")
    assert store.get(KEY) is None
    store.keep_only([KEY])
    with pytest.raises(OSError) as caught:
        store.put(KEY, BODY)
    said = explain_fault(caught.value)
    assert said is not None and said.wrong == "chỗ này là tệp, Loa cần một thư mục"


def test_exchanged_entries_are_drawn_again(store: Store) -> None:
    """Bodies, names inside the facts, times: everything exchanged but the keys."""
    assert store.put(OTHER, b"other", (b"p", b"q"))
    first, second = facts_of(store), facts_of(store, OTHER)
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    assert store.get(KEY) is None and store.get(OTHER) is None
    for path in files_of(store):
        if path.name.startswith(OTHER) and path.suffix != ".json":
            os.replace(path, store.folder / KEY[:2] / path.name.replace(OTHER, KEY))
    first.write_bytes(other.replace(OTHER.encode(), KEY.encode()))
    assert store.get(KEY) is None


def test_a_store_that_may_not_be_listed_stops_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "glob", refuse)
    store.keep_only([])


def test_any_damage_of_the_facts_is_noticed(store: Store) -> None:
    path = facts_of(store)
    whole, kept = path.read_bytes(), store.get(KEY)
    assert len(whole) > 200
    for index in range(len(whole)):
        path.write_bytes(whole[:index])
        assert store.get(KEY) is None, f"cut at {index}"
        path.write_bytes(whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :])
        found = store.get(KEY)
        # A wrong time of change is no damage: the file is then read and compared.
        assert found is None or [(file.path, file.sha256, file.size) for file in (found.body, *found.pictures)] == [
            (file.path, file.sha256, file.size) for file in (take_from(kept).body, *take_from(kept).pictures)
        ], f"flipped at {index}"
    path.write_bytes(whole)
    assert store.get(KEY) == kept


def take_from(kept: Kept | None) -> Kept:
    assert kept is not None
    return kept


@given(
    st.binary(max_size=60)
    | st.sampled_from(
        [
            b"5",
            b"null",
            b"[]",
            b"{}",
            b'"a"',
            b"[5]",
            b"[[]]",
            b'{"a": 1}',
            b'[["a", 1]]',
            b'[{"a": 1}]',
            b'[["../../etc/passwd", "x", 1, 1]]',
            f'[["{KEY}/../../x", "x", 1, 1]]'.encode(),
            f'[["{KEY}", null, null, null]]'.encode(),
            f'[["{KEY}", "x", "so", 1]]'.encode(),
            f'[["{KEY}", "x", 8, 1, 1]]'.encode(),
            b'[[1, "x", 8, 1]]',
            b'[[null, "x", 8, 1]]',
            f'[["{KEY}", "x", 1e999, 1]]'.encode(),
            f'[["{KEY}", "x", NaN, 1]]'.encode(),
            b"[" * 5000,
            b"\xff\n",
        ]
    )
)
def test_any_rubbish_is_ignored(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    store = Store(tmp_path_factory.getbasetemp() / "rubbish")
    assert store.put(KEY, BODY)
    facts_of(store).write_bytes(raw)
    assert store.get(KEY) is None


def test_facts_never_lead_out_of_the_store(store: Store, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    outside.write_bytes(BODY)
    state = outside.stat()
    for name in (str(outside), f"../../{outside.name}", f"{KEY}/../../../{outside.name}", OTHER):
        row = [name, hashlib.sha256(BODY).hexdigest(), state.st_size, state.st_mtime_ns]
        facts_of(store).write_text(json.dumps([row]), encoding="ascii")
        assert store.get(KEY) is None, name


@pytest.mark.parametrize("failing", range(1, 5))
def test_a_full_disk_costs_the_piece_and_never_half_of_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """Body, pictures and facts are written one after the other; whichever fails, nothing unfinished stays."""
    write, writes = Path.write_bytes, []

    def fail(path: Path, body: bytes) -> int:
        writes.append(path)
        if len(writes) == failing:
            write(path, body[:5])
            raise OSError(errno.ENOSPC, "full")
        return write(path, body)

    before = files_of(store)
    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="full"):
        store.put(OTHER, BODY, PICTURES)
    monkeypatch.undo()
    assert len(writes) == failing
    assert store.get(OTHER) is None
    assert not [path for path in files_of(store) if path.name.endswith(".tmp")]
    assert facts_of(store, OTHER) not in files_of(store)
    assert set(before) <= set(files_of(store)) and store.get(KEY) is not None
    store.keep_only([KEY])
    assert files_of(store) == before


def test_a_full_disk_leaves_the_old_piece_or_none(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece drawn anew under its old key: a mixture of both would be the worst."""
    write = Path.write_bytes

    def fail(path: Path, body: bytes) -> int:
        if ".webp" in path.name:
            raise OSError(errno.ENOSPC, "full")
        return write(path, body)

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="full"):
        store.put(KEY, b"another", (b"p",))
    assert store.get(KEY) is None


def test_a_folder_that_may_not_be_written_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PermissionError):
        store.put(OTHER, BODY)


def test_only_what_is_needed_stays(store: Store) -> None:
    assert store.put(OTHER, BODY, PICTURES) and store.put(THIRD, BODY)
    (store.folder / "ab" / f"{THIRD}.123.tmp").write_bytes(b"left by a killed process")
    (store.folder / "ab" / f"{'ab' + 'd' * 62}.123.tmp").write_bytes(b"left by a killed process")
    store.keep_only([OTHER])
    assert store.get(KEY) is None and store.get(THIRD) is None
    assert store.get(OTHER) is not None
    assert {path.name[:64] for path in files_of(store)} == {OTHER}
    store.keep_only([])
    assert files_of(store) == []


def test_a_stored_file_of_nothing_is_not_whole(tmp_path: Path) -> None:
    assert not StoredFile(tmp_path / "khong-co", "", 0, 0).is_whole
