"""What the tests share: the real project, and fresh copies of the demo project with the real theme."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
DEMO = TESTS / "demo_project"
#: The kinds that the demo project makes: messages that list kinds stay the same when a kind is added to theme/.
DEMO_KINDS = ("ap-phich", "bai-phat-thanh", "bang-ron-ngang")
#: The same for faces.
DEMO_FACES = ("atvsld.yml", "chi-thi-31.yml", "cong-nhan.yml")
CAMPAIGN = "campaigns/thang-an-toan-2025/campaign.yml"

settings.register_profile("loa", deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
settings.load_profile("loa")


def copy_demo(folder: Path) -> Path:
    """Return a fresh demo project: its own campaigns/, and of theme/ everything but the website and other kinds."""

    def leave_out(where: str, names: list[str]) -> list[str]:
        inside = Path(where).name
        if inside == "materials":
            return [name for name in names if name not in DEMO_KINDS]
        if inside == "faces":
            return [name for name in names if name not in DEMO_FACES]
        return [name for name in names if name in ("site", "reference") and inside != "site"]

    shutil.copytree(DEMO, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "theme", folder / "theme", ignore=leave_out)
    return folder


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The demo project, free to be changed."""
    return copy_demo(tmp_path / "du-an")


@pytest.fixture(scope="session")
def demo_to_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo project, shared by tests that only read it."""
    return copy_demo(tmp_path_factory.mktemp("demo") / "du-an")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `pytest tests/test_theme.py --update-references` remake the reference pictures of the kinds."""
    parser.addoption("--update-references", action="store_true", help="remake the reference pictures of the kinds")
