"""Keys: whatever shapes or judges a piece changes its key, and nothing else does."""

from __future__ import annotations

import dataclasses
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from conftest import CAMPAIGN, ROOT, copy_demo
from workshop_case import read_sound, tickets_in

from generator.project import Project
from generator.worklist import Ticket
from generator.workshop import keys
from generator.workshop.keys import ENGINES, KeyMaker, hash_files, make_key

#: Rooms and files of the program that draw or judge, one file of each.
DRAWING = (
    "render/typeset.py",
    "render/marks.py",
    "preflight/readback.py",
    "workshop/makers.py",
    "photo/colours.py",
    "theme/art.py",
    "theme/vector.py",
)
#: What only decides which pieces there are, or what becomes of them.
OTHERS = (
    "cli.py",
    "build.py",
    "output/swap.py",
    "progress.py",
    "plugin/hooks.py",
    "pages/front.py",
    "new.py",
    "explain.py",
)
#: Files of theme/ that every kind may use.
SHARED = ("shared/sheet.typ", "press/marks.typ", "press.yml", "tokens.yml", "fonts.yml", "art/art.yml")
POSTER, BANNER, SCRIPT = "ap-phich", "bang-ron-ngang", "bai-phat-thanh"


def keys_of(project: Project, tickets: list[Ticket] | None = None) -> dict[str, str]:
    """Return the key of every piece, by path."""
    maker = KeyMaker(project.root, project.theme.fonts.packages)
    found = tickets_in(project) if tickets is None else tickets
    return {piece.path: maker.key_of(ticket, piece) for ticket in found for piece in ticket.pieces}


def read_keys(root: Path) -> dict[str, str]:
    return keys_of(read_sound(root))


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Return the kinds of the pieces whose keys differ; a kind must change as a whole or stay as a whole."""
    assert set(before) == set(after) and before
    kinds: dict[str, set[bool]] = {}
    for path, key in before.items():
        kind = next(kind for kind in (POSTER, BANNER, SCRIPT) if f"/{kind}-" in path)
        kinds.setdefault(kind, set()).add(key != after[path])
    assert all(len(found) == 1 for found in kinds.values()), kinds
    return {kind for kind, found in kinds.items() if found == {True}}


EVERY_KIND = {POSTER, BANNER, SCRIPT}


def add_comma(path: Path) -> None:
    """Change a file in a way that changes nothing that it says."""
    assert path.is_file(), path
    comment = {".typ": b"\n// ,\n", ".py": b"\n# ,\n", ".yml": b"\n# ,\n", ".j2": b"{# , #}"}[path.suffix]
    path.write_bytes(path.read_bytes() + comment)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program that keys are made of, free to be changed; what runs stays as it is."""
    folder = tmp_path / "generator"
    shutil.copytree(ROOT / "generator", folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keys, "__file__", str(folder / "workshop" / "keys.py"))
    return folder


def test_every_piece_has_a_key_of_its_own_that_repeats_anywhere(demo_to_read: Path, tmp_path: Path) -> None:
    found = read_keys(demo_to_read)
    assert len(set(found.values())) == len(found) > 4
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in found.values())
    assert read_keys(copy_demo(tmp_path / "noi-khac")) == found, "the same project in another folder"
    project = read_sound(demo_to_read)
    assert keys_of(project, tickets_in(project)[::-1]) == found, "in any order"


def test_real_pieces_have_keys_of_their_own() -> None:
    project = read_sound()
    found = keys_of(project)
    assert len(set(found.values())) == len(found) > 100


@pytest.mark.parametrize("kind", [POSTER, BANNER])
def test_a_comma_in_a_template_changes_the_keys_of_its_kind_only(demo: Path, kind: str) -> None:
    before = read_keys(demo)
    add_comma(demo / "theme/materials" / kind / "main.typ")
    assert changed(before, read_keys(demo)) == {kind}


def test_a_file_beside_a_template_counts_and_reference_pictures_do_not(demo: Path) -> None:
    before, folder = read_keys(demo), demo / "theme/materials" / POSTER
    (folder / "reference").mkdir()
    (folder / "reference" / "x.png").write_bytes(b"x")
    assert changed(before, read_keys(demo)) == set()
    (folder / "phan.typ").write_bytes(b"")
    assert changed(before, read_keys(demo)) == {POSTER}


@pytest.mark.parametrize("name", SHARED)
def test_a_comma_in_what_every_kind_uses_changes_every_key(demo: Path, name: str) -> None:
    before = read_keys(demo)
    add_comma(demo / "theme" / name)
    assert changed(before, read_keys(demo)) == EVERY_KIND


def test_the_profile_and_a_new_drawing_change_every_key(demo: Path) -> None:
    before = read_keys(demo)
    [profile] = (demo / "theme/icc").glob("*.icc")
    whole = profile.read_bytes()
    profile.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert changed(before, read_keys(demo)) == EVERY_KIND
    profile.write_bytes(whole)
    assert read_keys(demo) == before
    drawing = next((demo / "theme/art").glob("*.svg"))
    drawing.write_bytes(drawing.read_bytes() + b"<!-- , -->")
    assert changed(before, read_keys(demo)) == EVERY_KIND


@pytest.mark.parametrize("name", OTHERS)
def test_a_comma_in_what_draws_nothing_changes_no_key(demo_to_read: Path, program: Path, name: str) -> None:
    before = read_keys(demo_to_read)
    add_comma(program / name)
    assert read_keys(demo_to_read) == before


@pytest.mark.parametrize("name", DRAWING)
def test_a_comma_in_what_draws_or_judges_changes_every_key(demo_to_read: Path, program: Path, name: str) -> None:
    before = read_keys(demo_to_read)
    add_comma(program / name)
    assert changed(before, read_keys(demo_to_read)) == EVERY_KIND


def test_a_new_module_that_draws_changes_every_key(demo_to_read: Path, program: Path) -> None:
    before = read_keys(demo_to_read)
    (program / "render" / "moi.py").write_bytes(b"")
    assert changed(before, read_keys(demo_to_read)) == EVERY_KIND


@pytest.mark.parametrize("engine", ENGINES)
def test_another_version_of_an_engine_changes_every_key(
    demo_to_read: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    before = read_keys(demo_to_read)
    monkeypatch.setattr("generator.workshop.keys.version", lambda name: "999.9" if name == engine else version(name))
    assert changed(before, read_keys(demo_to_read)) == EVERY_KIND


def test_every_library_behind_a_door_of_the_drawing_rooms_is_an_engine() -> None:
    """Whoever adds a library to render or preflight adds it here, too."""
    told = {"typst", "pikepdf", "pypdfium2", "pillow", "segno", "docxtpl", "python-docx", "jinja2", "markdown-it-py"}
    assert set(ENGINES) >= told
    assert all(version(name) for name in ENGINES)


def test_the_bytes_of_a_font_change_every_key(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = demo / "bo-chu"
    folder.mkdir()
    (folder / "Chu.ttf").write_bytes(b"\0\1\0\0 mot")
    monkeypatch.setattr(keys, "find_font_folders", lambda packages, theme: [folder])
    before = read_keys(demo)
    (folder / "Chu.ttf").write_bytes(b"\0\1\0\0 hai")
    assert changed(before, read_keys(demo)) == EVERY_KIND
    (folder / "Chu.ttf").write_bytes(b"\0\1\0\0 mot")
    assert read_keys(demo) == before
    (folder / "Them.otf").write_bytes(b"OTTO")
    assert changed(before, read_keys(demo)) == EVERY_KIND


def test_the_fonts_of_the_packages_are_what_is_hashed(demo_to_read: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, read = read_sound(demo_to_read), []
    plain = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (read.append(path.name), plain(path))[1])
    keys_of(project)
    assert sum(name.endswith(".ttf") for name in read) > 10
    for package in project.theme.fonts.packages:
        family = package.removeprefix("fontpkg-").replace("-", "")
        assert any(family in name.lower() for name in read), package


def test_a_stricter_contract_judges_kept_pieces_anew(demo_to_read: Path) -> None:
    """What must be read back counts by itself, not only as a line of material.yml."""
    project = read_sound(demo_to_read)
    tickets = tickets_in(project)
    script = next(ticket.entry for ticket in tickets if ticket.entry.kind == SCRIPT)

    def keys_with(prints: dict[str, int | str] | None) -> dict[str, str]:
        given = {name: p.model_copy(update={"prints": prints}) for name, p in script.material.params.items()}
        entry = dataclasses.replace(script, material=script.material.model_copy(update={"params": given}))
        mine = [
            dataclasses.replace(ticket, entry=entry) if ticket.entry.kind == SCRIPT else ticket for ticket in tickets
        ]
        return keys_of(project, mine)

    loose, stricter, strictest = ({}, {"title": "tat-ca"}, None)
    found = [keys_with(prints) for prints in (loose, stricter, strictest)]
    assert changed(found[0], found[1]) == changed(found[1], found[2]) == changed(found[0], found[2]) == {SCRIPT}
    assert keys_with(strictest) == found[2]


def test_templates_swapped_between_folders_change_the_keys_of_both(demo: Path) -> None:
    before = read_keys(demo)
    one, two = (demo / "theme/materials" / kind / "main.typ" for kind in (POSTER, BANNER))
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    after = read_keys(demo)
    assert changed(before, after) == {POSTER, BANNER}
    assert not set(before.values()) & (set(after.values()) - set(before.values()))


def test_shared_files_that_swap_their_names_change_every_key(demo: Path) -> None:
    before = read_keys(demo)
    one, two = demo / "theme/shared/sheet.typ", demo / "theme/shared/fit.typ"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert changed(before, read_keys(demo)) == EVERY_KIND


def test_other_words_change_the_pieces_that_hold_them(demo: Path) -> None:
    before, path = read_keys(demo), demo / CAMPAIGN
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("text: An toàn để trở về\n", "text: An toàn để trở về nhà\n"), encoding="utf-8")
    assert changed(before, read_keys(demo)) == {BANNER}
    path.write_text(text.replace("subject: Tai nạn", "subject: Số tai nạn"), encoding="utf-8")
    assert changed(before, read_keys(demo)) == set(), "no piece holds the target"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("campaigns/organisation.yml", "0900000000", "0911111111"),
        ("campaigns/organisation.yml", "https://xa-mau.test", "https://xa-khac.test"),
        (CAMPAIGN, "face: atvsld", "face: cong-nhan"),
        (CAMPAIGN, "starts: 01/5/2025", "starts: 02/5/2025"),
        (CAMPAIGN, "short_name: Tháng hành động 2025", "short_name: Tháng hành động"),
    ],
)
def test_sender_face_day_and_campaign_change_every_key(demo: Path, path: str, old: str, new: str) -> None:
    before, text = read_keys(demo), (demo / path).read_text(encoding="utf-8")
    assert old in text
    (demo / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert changed(before, read_keys(demo)) == EVERY_KIND


def test_keys_depend_on_every_part_and_not_on_the_order_of_keys() -> None:
    assert make_key("a", {"x": 1, "y": 2}) == make_key("a", {"y": 2, "x": 1})
    assert len({make_key("a"), make_key("b"), make_key("a", "b"), make_key("ab"), make_key(["a"])}) == 5


def test_hashes_depend_on_names_and_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "1.typ", tmp_path / "2.typ"
    one.write_bytes(b"x")
    two.write_bytes(b"y")
    before = hash_files(tmp_path, [one, two])
    assert before == hash_files(tmp_path, [two, one]) == hash_files(tmp_path, [one, two, one])
    two.write_bytes(b"z")
    assert before != hash_files(tmp_path, [one, two])
    two.write_bytes(b"y")
    assert before == hash_files(tmp_path, [one, two])
    one.write_bytes(b"y")
    two.write_bytes(b"x")
    assert before != hash_files(tmp_path, [one, two]), "swapped"
    one.rename(tmp_path / "0.typ")
    assert len({hash_files(tmp_path, [two]), hash_files(tmp_path, [tmp_path / "0.typ"]), before}) == 3
