from __future__ import annotations

import errno
from pathlib import Path

import pytest
from generator.cache import Cache, hash_files, make_key
from hypothesis import given
from hypothesis import strategies as st

BLOBS = (b"%PDF ...", b"", b"thumbnail\nwith a line end")


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    cache = Cache(tmp_path)
    cache.put("a", BLOBS)
    return cache


def test_what_was_kept_comes_back(kept: Cache) -> None:
    assert kept.get("a") == BLOBS
    assert kept.get("b") is None
    kept.put("empty", ())
    assert kept.get("empty") == ()


def test_any_damage_is_noticed(kept: Cache) -> None:
    path = kept.folder / "a"
    whole = path.read_bytes()
    assert len(whole) > 60
    for index in range(len(whole)):
        path.write_bytes(whole[:index])
        assert kept.get("a") is None, f"cut at {index}"
        path.write_bytes(whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :])
        assert kept.get("a") in (None, BLOBS), f"flipped at {index}"
    path.write_bytes(whole + b"x")
    assert kept.get("a") is None


@given(
    st.binary(max_size=60)
    | st.sampled_from([b"5\n", b"null\n", b'["a", 1]\n', b"[[1], 2, 3]\n", b'[["x"], "y"]\nz', b"\xff\n"])
)
def test_any_rubbish_is_ignored(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "rubbish"
    folder.mkdir(exist_ok=True)
    (folder / "a").write_bytes(raw)
    assert Cache(folder).get("a") is None


def test_a_full_disk_costs_the_entry_only(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, body: bytes) -> None:
        with open(path, "wb") as file:
            file.write(body[:5])
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", fail)
    kept.put("b", BLOBS)
    assert kept.get("b") is None
    assert [path.name for path in kept.folder.iterdir()] == ["a"]


def test_a_folder_in_the_way_is_no_entry(kept: Cache) -> None:
    (kept.folder / "c").mkdir()
    assert kept.get("c") is None


def test_only_what_is_needed_stays(kept: Cache) -> None:
    kept.put("b", BLOBS)
    kept.keep_only(["b"])
    assert kept.get("a") is None
    assert kept.get("b") == BLOBS


def test_keys_depend_on_every_part_and_not_on_the_order_of_keys() -> None:
    assert make_key("a", {"x": 1, "y": 2}) == make_key("a", {"y": 2, "x": 1})
    assert len({make_key("a"), make_key("b"), make_key("a", "b"), make_key("ab"), make_key(["a"])}) == 5


def test_hashes_depend_on_names_and_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "1.typ", tmp_path / "2.typ"
    one.write_bytes(b"x")
    two.write_bytes(b"y")
    before = hash_files([one, two])
    assert before == hash_files([two, one])
    two.write_bytes(b"z")
    assert before != hash_files([one, two])
