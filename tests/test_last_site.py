"""The website of the last build is taken again only while nothing that shapes it has changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import ROOT
from site_case import DAY, make_built, read_real

from generator import output, plugin
from generator.build import Built
from generator.plugin import last_site

SITE = last_site.FOLDER
#: What a website is made of here: the key reads every file of these places.
FILES = ("campaigns/a.yml", "content/b.md", "content/anh/c.jpg", "theme/site/main.html", "mkdocs.yml", "chung.yaml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one file in every place that shapes a website, and a website of two files."""
    for name in (*FILES, SITE / "index.html", SITE / "a" / "index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(str(name), "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def built() -> Built:
    """What this project's website is made of, without pieces."""
    return make_built(read_real())


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_in_the_key(name: str, root: Path, built: Built) -> None:
    before = last_site.find_key(root, built)
    assert last_site.find_key(root, built) == before
    (root / name).write_text("khác", "utf-8")
    changed = last_site.find_key(root, built)
    assert changed != before
    (root / name).rename((root / name).with_stem("ten-khac"))
    assert last_site.find_key(root, built) not in (before, changed)


def test_the_day_the_pieces_and_the_program_are_in_the_key(
    root: Path, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_day = replace(built, day=DAY + timedelta(days=1))
    with_pieces = make_built(built.project, with_pieces=True)
    keys = {last_site.find_key(root, one) for one in (built, another_day, with_pieces)}
    shutil.copytree(Path(last_site.__file__).parent, root / "chuong-trinh" / "plugin")
    monkeypatch.setattr(last_site, "__file__", str(root / "chuong-trinh" / "plugin" / "last_site.py"))
    assert len({*keys, last_site.find_key(root, built)}) == 4


def test_installed_packages_are_in_the_key(root: Path, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    before = last_site.find_key(root, built)
    (root / "khac" / "mkdocs-9.9.dist-info").mkdir(parents=True)
    monkeypatch.setattr(last_site.sysconfig, "get_path", lambda _: str(root / "khac"))
    assert last_site.find_key(root, built) != before


CHANGES: dict[str, Callable[[Path], object]] = {
    "written into": lambda root: (root / SITE / "index.html").write_text("của người khác", "utf-8"),
    "gone": lambda root: (root / SITE / "index.html").unlink(),
    "all gone": lambda root: shutil.rmtree(root / SITE),
    "added": lambda root: (root / SITE / "la.html").write_text("lạ", "utf-8"),
    "damaged facts": lambda root: (root / last_site.FACTS).write_text("{", "utf-8"),
    "facts of another program": lambda root: (root / last_site.FACTS).write_text('{"key": "1"}', "utf-8"),
    "no facts": lambda root: (root / last_site.FACTS).unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_touched_website_is_not_taken(change: str, root: Path) -> None:
    last_site.remember(root, "khóa", root / SITE, 2)
    assert last_site.take_again(root, "khóa", root / "moi") == 2
    assert (root / "moi" / "a" / "index.html").read_text("utf-8") == (SITE / "a" / "index.html").as_posix()
    assert last_site.take_again(root, "khóa khác", root / "moi-2") == 0
    CHANGES[change](root)
    assert last_site.take_again(root, "khóa", root / "moi-2") == 0
    assert not (root / "moi-2").exists()


def test_a_build_takes_it_and_a_new_day_makes_another(tmp_path: Path, built: Built) -> None:
    for name in ("campaigns", "content", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("reference", "icc"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)

    def renew(day_of: Built) -> dict[Path, int]:
        with output.staging(tmp_path) as draft:
            assert plugin.renew_site(tmp_path, day_of, draft / "site") > 100
        return {path: path.stat().st_ino for path in (tmp_path / SITE).rglob("*.html")}

    first = renew(built)
    assert renew(built) == first
    later = renew(replace(built, day=DAY + timedelta(days=1)))
    assert later.keys() == first.keys() and not {*later.values()} & {*first.values()}


@pytest.mark.parametrize("kind", ["folder", "pipe", "deep", "no place"])
def test_facts_of_another_kind_stop_nothing(kind: str, root: Path) -> None:
    """They only save time: without them the website is made anew, and a finished build stays finished."""
    path = root / last_site.FACTS
    path.parent.mkdir(parents=True)
    if kind == "folder":
        (path / "x").mkdir(parents=True)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "deep":
        path.write_text("[" * 100_000, "utf-8")
    else:
        path.parent.rmdir()
        path.parent.write_text("x", "utf-8")
    assert last_site.take_again(root, "key", root / "new") == 0
    last_site.remember(root, "key", root / SITE, 2)
    assert last_site.take_again(root, "key", root / "new") == (2 if path.is_file() else 0)


def test_what_people_put_into_the_website_is_kept_back(root: Path, tmp_path: Path) -> None:
    """A host's settings or a proof of ownership: no build makes them again."""
    new = tmp_path / "new"
    for name in ("index.html", "google123.html"):
        (new / name).parent.mkdir(exist_ok=True)
        (new / name).write_text("new", "utf-8")
    assert list(last_site.find_foreign(root, new)) == [], "without the facts nobody knows what people put there"
    last_site.remember(root, "key", root / SITE, 2)
    for name in ("CNAME", ".well-known/x.txt", "google123.html"):
        (root / SITE / name).parent.mkdir(exist_ok=True)
        (root / SITE / name).write_text("theirs", "utf-8")
    found = sorted(last_site.find_foreign(root, new))
    assert found == ["site/.well-known/x.txt", "site/CNAME"], "a page that is no longer made was ours"
    [said] = output.keep_back(root, found)
    assert "2 tệp" in said.wrong and said.is_warning
    assert (root / said.place.path / "site" / "CNAME").read_text("utf-8") == "theirs"
