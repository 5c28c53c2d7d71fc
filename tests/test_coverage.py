from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CAMPAIGN, ROOT
from workshop_case import pieces_in

from generator.project import Project, read_project
from generator.worklist import Coverage, measure_coverage
from generator.worklist.coverage import SORTS


def measure(root: Path) -> tuple[Project, dict[tuple[str, str], Coverage]]:
    project, _ = read_project(root)
    assert project is not None
    rows = measure_coverage(project, pieces_in(project))
    return project, {(row.campaign, row.sort): row for row in rows}


def test_what_the_demo_leaves_open_is_told_with_place_and_name(demo_to_read: Path) -> None:
    _, rows = measure(demo_to_read)
    own = {sort: rows["thang-an-toan-2025", sort] for sort in SORTS}
    assert {sort: row.asked for sort, row in own.items()} == {
        "channels": 4,
        "contents": 2,
        "audiences": 2,
        "targets": 1,
    }
    assert {sort: row.open for sort, row in own.items()} == {
        "channels": (("III.3", "Tờ rơi"),),
        "contents": (),
        "audiences": (("II.2", "Nhân dân"),),
        "targets": (),
    }


def test_the_plan_as_a_whole_is_what_all_campaigns_leave_open(demo: Path) -> None:
    other = demo / "campaigns/thang-phu-2025"
    other.mkdir()
    text = (demo / CAMPAIGN).read_text(encoding="utf-8").replace("id: thang-an-toan-2025", "id: thang-phu-2025")
    text = text.partition("make:\n")[0].partition("photos:\n")[0]
    (other / "campaign.yml").write_text(text.replace("[nguoi-lao-dong]", "[]"), encoding="utf-8")
    _, rows = measure(demo)
    assert len(rows["thang-phu-2025", "channels"].open) == 4
    assert rows["", "channels"].open == rows["thang-an-toan-2025", "channels"].open
    assert rows["", "audiences"].open == (("II.2", "Nhân dân"),)


def test_a_plan_with_a_mistake_stops_nothing(demo: Path) -> None:
    path = demo / "campaigns/plans/001.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("channel: to-roi", "channel: to-roy"), encoding="utf-8")
    _, rows = measure(demo)
    assert rows == {}


@pytest.fixture(scope="module")
def real() -> tuple[Project, dict[tuple[str, str], Coverage]]:
    return measure(ROOT)


def test_every_open_row_of_the_real_plans_names_a_place_of_its_plan(
    real: tuple[Project, dict[tuple[str, str], Coverage]],
) -> None:
    project, rows = real
    assert len(rows) >= len(SORTS) * 3
    assert any(row.open for row in rows.values())
    for row in rows.values():
        assert len(row.open) <= row.asked
        assert {at for at, _ in row.open} <= project.plans[row.plan].places()
        assert list(row.open) == sorted(row.open)
