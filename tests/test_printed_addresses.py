"""An address once printed keeps working, whatever becomes of the entry, and the build says so when it would not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import CAMPAIGN
from workshop_case import read_sound

from generator.build import find_lost_addresses
from generator.cli import main
from generator.errors import UserError
from generator.output import read_manifest
from generator.pages import make_pages
from generator.worklist import make_tickets, pieces_of

MAKE = "make:\n- kind: ap-phich\n  id: ID\n  presets: [a3]\n  with: {slogan: ve-nha}\nOTHER"


def write(demo: Path, id_: str, extra: str = "", other: str = "") -> None:
    path = demo / CAMPAIGN
    head = path.read_text(encoding="utf-8").partition("make:\n")[0]
    made = MAKE.replace("ID", id_ + extra).replace("OTHER", other)
    path.write_text(head + made, encoding="utf-8")


def uris(demo: Path) -> set[str]:
    project = read_sound(demo)
    pieces = pieces_of(make_tickets(project, project.organisation))
    from datetime import date

    return {page.uri for page in make_pages(project, project.organisation, date(2025, 5, 1), pieces)}


def test_a_former_name_keeps_its_page(demo: Path) -> None:
    write(demo, "cong-cho")
    old = "an-pham/thang-an-toan-2025/ap-phich-cong-cho/index.md"
    assert old in uris(demo)
    write(demo, "cong-truong")
    assert old not in uris(demo)
    write(demo, "cong-truong", "\n  formerly: [cong-cho]")
    assert {old, old.replace("cong-cho", "cong-truong")} <= uris(demo)


def test_the_build_says_which_printed_address_is_lost(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(demo, "cong-cho")
    assert main(["--project", str(demo), "build", "--purpose", "print"]) == 0
    rows = json.loads((demo / "build" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {row["address"] for row in rows} == {"an-pham/thang-an-toan-2025/ap-phich-cong-cho/"}
    write(demo, "cong-truong")
    [problem] = find_lost_addresses(read_manifest(demo), read_sound(demo))
    assert problem.is_warning and "formerly: [cong-cho]" in problem.remedy
    capsys.readouterr()
    assert main(["--project", str(demo), "build", "--purpose", "print"]) == 0
    assert "formerly: [cong-cho]" in capsys.readouterr().out
    write(demo, "cong-truong", "\n  formerly: [cong-cho]")
    assert list(find_lost_addresses(read_manifest(demo), read_sound(demo))) == []


def test_a_former_name_that_another_entry_has_is_refused(demo: Path) -> None:
    other = "- kind: ap-phich\n  id: cong-cho\n  presets: [a3]\n  with: {slogan: ve-nha}\n"
    write(demo, "cong-truong", "\n  formerly: [cong-cho]", other)
    project = read_sound(demo)
    with pytest.raises(UserError) as caught:
        make_tickets(project, project.organisation)
    assert "formerly: cong-cho" in str(caught.value)
