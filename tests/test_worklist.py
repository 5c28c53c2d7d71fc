"""One YAML in worklists/ = what a campaign makes, and the pieces it must give: path, title, slug line, groups."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from conftest import CAMPAIGN, TESTS
from workshop_case import PREVIEW, PRINT, make_good, pieces_in, read_sound, tickets_in

from generator.errors import UserError
from generator.plain import to_plain
from generator.preflight.readback import fold
from generator.project import Project, read_project
from generator.wording.content import Line, Said, values_of
from generator.worklist import Ticket, make_tickets, pieces_of

CASES = sorted((TESTS / "worklists").glob("*.yml"))
NBSP = "\u00a0"
#: A list of phrases of our own, so that a phrase added to theme/ changes no case.
PHRASES = "compounds: [an toàn, người lao động, nơi làm việc, Chỉ thị]\nunits: [phút]\nleaders: [số]\n"
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


def write_make(root: Path, make: Any, replace: Sequence[Sequence[str]] = ()) -> Project:
    path = root / CAMPAIGN
    text = path.read_text(encoding="utf-8").partition("make:\n")[0]
    for old, new in replace:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text + yaml.safe_dump({"make": make}, allow_unicode=True), encoding="utf-8")
    project, problems = read_project(root)
    assert [problem for problem in problems if not problem.is_warning] == []
    assert project is not None
    return project


def describe(tickets: list[Ticket]) -> list[dict[str, Any]]:
    """Return what the files of these drawings are called and say, sorted by path."""
    rows = []
    for ticket in tickets:
        slogans = [value for value in values_of(ticket.entry.content.get("slogan")) if isinstance(value, Line)]
        rows += [
            {
                "path": piece.path,
                "title": piece.title,
                "slug_line": ticket.slug_line,
                "groups": [group.replace(NBSP, "_") for slogan in slogans for group in slogan.groups],
            }
            for piece in ticket.pieces
        ]
    assert [piece.path for piece in pieces_of(tickets)] == sorted(row["path"] for row in rows)
    return sorted(rows, key=lambda row: row["path"])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_campaign_gives_these_pieces(path: Path, demo: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    (demo / "theme/phrases.yml").write_text(PHRASES, encoding="utf-8")
    tickets = tickets_in(write_make(demo, case["make"], case.get("replace", ())))
    assert describe(tickets) == case["pieces"]


def test_there_are_cases_to_guard() -> None:
    assert len(CASES) >= 5


@pytest.fixture(scope="module")
def real() -> list[Ticket]:
    return tickets_in(read_sound())


def test_every_name_can_be_a_file_on_every_system(real: list[Ticket]) -> None:
    assert len(real) > 50
    paths = [piece.path for piece in pieces_of(real)]
    assert paths == sorted(paths)
    assert len({path.lower() for path in paths}) == len(paths)
    for path in paths:
        assert len(path) <= 150
        folders, name = path.split("/")[:-1], path.split("/")[-1]
        stem, _, ending = name.partition(".")
        assert ending in ("pdf", "png", "txt", "docx")
        for part in (*folders, stem):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", part), path
            assert len(part) <= 60
            assert part not in RESERVED


def test_the_order_and_content_do_not_depend_on_the_run(real: list[Ticket]) -> None:
    again = tickets_in(read_sound())
    assert pieces_of(again) == pieces_of(real)
    assert [to_plain(ticket.brief) for ticket in again] == [to_plain(ticket.brief) for ticket in real]
    assert again == real


def test_a_document_does_not_say_what_the_piece_is_for(real: list[Ticket]) -> None:
    """One drawing serves for both: it is drawn once for every entry and size, and once more for each further maker."""
    pieces, formats = pieces_of(real), read_sound().theme.formats
    assert {piece.purpose for piece in pieces} == {"print", "preview"}
    drawings = [(t.entry.folder.id, t.entry.address, t.preset.id, t.maker) for t in real]
    assert len(set(drawings)) == len(drawings) == len(real)
    assert len({drawing[:3] for drawing in drawings}) < 0.7 * len(pieces)
    for ticket in real:
        assert {piece.form.maker for piece in ticket.pieces} == {ticket.maker}
        assert all(piece.preset == ticket.preset for piece in ticket.pieces)
        wanted = {
            purpose
            for purpose, names in ticket.entry.material.formats.items()
            if ticket.maker in {formats[name].maker for name in names}
        }
        assert {piece.purpose for piece in ticket.pieces} == wanted
        names = {"purpose", "is_imposed", "format"}
        assert not names & keys_in(to_plain(ticket.brief))


def keys_in(value: object) -> set[str]:
    """Return every key of a JSON document, however deep."""
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_in(inner)}
    return {key for inner in value for key in keys_in(inner)} if isinstance(value, list) else set()


def test_long_pieces_are_drawn_at_a_tenth_and_say_so(real: list[Ticket]) -> None:
    long = [ticket for ticket in real if (ticket.preset.width_mm or 0) > 5000]
    assert long
    for ticket in long:
        assert ticket.sheet.scale == 10
        assert "TỈ LỆ 1:10" in ticket.slug_line
        assert all(piece.name.endswith(("-1-10", "-1-10-binh-trang")) for piece in ticket.pieces)


def test_where_a_pdf_ends_is_data(real: list[Ticket]) -> None:
    project = read_sound()
    press = project.theme.press.model_copy(update={"longest_pt": 1000.0, "scale": 20})
    smaller = dataclasses.replace(project, theme=dataclasses.replace(project.theme, press=press))
    scales = set()
    for ticket, before in zip(tickets_in(smaller), real, strict=True):
        preset = ticket.preset
        size = max(preset.width_mm or 0, preset.height_mm or 0) + 2 * (preset.bleed_mm + press.slug_mm)
        assert ticket.sheet.scale == (20 if size > press.longest_mm else 1)
        assert ticket.entry.address == before.entry.address
        scales.add(ticket.sheet.scale)
    assert scales == {1, 20}


def test_a_suggested_slogan_is_marked_in_the_slug(real: list[Ticket]) -> None:
    def is_suggested(ticket: Ticket) -> bool:
        values = values_of(ticket.entry.content.get("slogan"))
        return any(isinstance(value, Said) and value.status == "goi-y" for value in values)

    marked = [ticket for ticket in real if is_suggested(ticket)]
    assert marked
    assert all("GỢI Ý, CHƯA DUYỆT" in ticket.slug_line for ticket in marked)
    assert any("GỢI Ý, CHƯA DUYỆT" not in ticket.slug_line for ticket in real)


def test_free_words_never_reach_a_path(demo: Path) -> None:
    bad = ["../../../ngoai", "/etc/passwd", "CON", "a b", "Loa.2025", "x" * 60]
    make = [
        {
            "kind": "ap-phich",
            "presets": ["a3"],
            "id": f"thu-{index}" if index % 2 else None,
            "with": {"kicker": word, "slogan": "ve-nha"},
        }
        for index, word in enumerate(bad)
    ]
    make = [{key: value for key, value in entry.items() if value is not None} for entry in make]
    for entry in make:
        first = pieces_in(write_make(demo, [entry]))[0]
        assert re.fullmatch(r"thang-an-toan-2025/35-ap-phich/[a-z0-9-]{1,56}\.pdf", first.path)
        assert first.name == f"ap-phich-a3-{entry.get('id', 've-nha')}-in", "named by the reference, or by its id"


def test_twins_are_refused_once_for_each_entry(demo: Path) -> None:
    entry = {"kind": "ap-phich", "presets": ["a3", "a2"], "with": {"slogan": "ve-nha"}}
    project = write_make(demo, deepcopy([entry]) + deepcopy([entry]) + deepcopy([{**entry, "id": "cong-cho"}]))
    with pytest.raises(UserError) as caught:
        tickets_in(project)
    assert len(caught.value.problems) == 1
    assert "cho ra cùng một tệp" in caught.value.problems[0].wrong


@pytest.mark.parametrize("old", [["    starts: 05/5/2025", "    starts: 01/01/1945"], ['year: "2025"', 'year: "0000"']])
def test_absurd_years_break_nothing(demo: Path, old: list[str]) -> None:
    dates = [["starts: 01/5/2025\n", ""], ["\nends: 31/5/2025\n", "\n"]]
    project = write_make(
        demo, [{"kind": "ap-phich", "with": {"slogan": "ve-nha"}}], [old, *dates] if "year" in old[0] else [old]
    )
    tickets = tickets_in(project)
    assert tickets and all(ticket.timestamp >= 0 for ticket in tickets)


SWAPPED: dict[str, dict[str, Any]] = {
    "ap-phich": {"kicker": "tin-nong", "art": "nga-cao", "slogan": "ve-nha"},
    "ap-phich-hai-ma": {"art": "nga-cao", "slogan": "moc-day"},
}


@pytest.mark.parametrize("case", SWAPPED)
def test_the_order_of_the_lines_under_with_names_no_file_and_no_address(case: str, demo: Path) -> None:
    """People write the lines of `with` in any order, and sort them later: codes already printed must go on leading there."""
    found = []
    for given in (SWAPPED[case], dict(reversed(SWAPPED[case].items()))):
        lines = "".join(f"    {key}: {value}\n" for key, value in given.items())
        path = demo / CAMPAIGN
        text = path.read_text(encoding="utf-8").partition("make:\n")[0]
        path.write_text(f"{text}make:\n- kind: ap-phich\n  presets: [a3]\n  with:\n{lines}", encoding="utf-8")
        project = read_sound(demo)
        tickets = tickets_in(project)
        found.append(([piece.path for piece in pieces_of(tickets)], [ticket.url for ticket in tickets]))
        assert list(next(iter(project.campaigns.values())).campaign.make[0].with_) == list(given)
    assert found[0] == found[1]
    assert all(f"-{given['slogan']}-" in path for path in found[0][0])


def test_a_word_that_looks_like_a_reference_names_no_file(demo: Path) -> None:
    """A kicker is free words, even where it is one plain word that stands first."""
    lines = [{"kind": "ap-phich", "presets": ["a3"], "with": {"kicker": "moc-day", "slogan": "ve-nha"}}]
    pieces = pieces_in(write_make(demo, lines))
    assert [piece.name for piece in pieces] == ["ap-phich-a3-ve-nha-in", "ap-phich-a3-ve-nha-xem"]
    assert {piece.entry for piece in pieces} == {"ap-phich-ve-nha"}


NUMBERED = """name: Thử số
says: Loại ấn phẩm chỉ dùng để kiểm thử
channel: to-roi
formats: {preview: [pdf]}
presets: [a4]
params:
  count: {type: number, says: Bao nhiêu ý, min: "2", max: "5"}
title: "Thử số {count}"
alt: Ấn phẩm thử nghiệm
"""


@pytest.mark.parametrize(
    "written", ["1", "6", "0", "-3", "2,5", "2.0", "ba", "٣", "²", "1e0", "00000000000000000000006"]
)
def test_a_number_out_of_range_is_refused_in_vietnamese(written: str, demo: Path) -> None:
    kind = demo / "theme/materials/thu-so"
    kind.mkdir()
    (kind / "material.yml").write_text(NUMBERED, encoding="utf-8")
    path = demo / CAMPAIGN
    text = path.read_text(encoding="utf-8").partition("make:\n")[0]
    path.write_text(f'{text}make:\n- kind: thu-so\n  with:\n    count: "{written}"\n', encoding="utf-8")
    [problem] = [problem for problem in read_project(demo)[1] if not problem.is_warning]
    assert problem.wrong == f"“count” phải là số nguyên từ 2 đến 5, nhưng ở đây là “{written}”"
    assert problem.remedy == "Chỉ viết chữ số, ví dụ 3."
    assert problem.place.path == CAMPAIGN and problem.place.line == text.count("\n") + 4
    for good in ("2", "5"):
        project = write_make(demo, [{"kind": "thu-so", "with": {"count": good}}])
        [ticket] = tickets_in(project)
        assert (ticket.head.title, to_plain(ticket.brief.content)) == (f"Thử số {good}", {"count": int(good)})


def test_one_entry_for_two_senders_has_one_name_and_two_words(demo: Path) -> None:
    project = write_make(demo, [{"kind": "ap-phich", "presets": ["a3"], "with": {"slogan": "ve-nha"}}])
    other = project.organisation.model_copy(
        update={"name": "Trạm Y tế xã Bên Kia", "short_name": "TYT Bên Kia", "site": "https://ben-kia.example"}
    )
    ours, theirs = tickets_in(project), make_tickets(project, other)
    assert [piece.path for piece in pieces_of(ours)] == [piece.path for piece in pieces_of(theirs)]
    [here], [there] = ours, theirs
    assert here.entry is there.entry
    assert (here.sender.name, there.sender.name) == (project.organisation.name, other.name)
    addresses = [ticket.url.split("/an-pham/") for ticket in (here, there)]
    assert [site for site, _ in addresses] == ["https://xa-mau.test", "https://ben-kia.example"]
    assert addresses[0][1] == addresses[1][1]
    made = [make_good(project, ticket, PREVIEW, PRINT) for ticket in (here, there)]
    for which in (PREVIEW, PRINT):
        mine, yours = (read_words(files[which]) for files in made)
        for words, other_words in (("xa-mau.test", "ben-kia.example"), ("Trung tâm Văn hóa xã Mẫu", other.name)):
            assert fold(words) in mine and fold(other_words) not in mine
            assert fold(other_words) in yours and fold(words) not in yours
        assert fold("An toàn để trở về") in mine and fold("An toàn để trở về") in yours


def read_words(pdf: bytes) -> str:
    """Return the words of a PDF as `fold` compares them."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return fold("".join(page.get_textpage().get_text_range() for page in opened))
