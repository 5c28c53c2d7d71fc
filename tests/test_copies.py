"""Names that computers give to copies, and names that only look alike."""

import unicodedata

import pytest

from generator.project.copies import find_original, find_original_file

COPIES = {
    "x - Copy": "x",
    "x - Copy (2)": "x",
    "x - Copy - Copy": "x",
    "x - Sao chép": "x",
    "x - Bản sao (3)": "x",
    "x (2)": "x",
    "x(1)": "x",
    "x (copy)": "x",
    "x (another copy)": "x",
    "x (3rd copy)": "x",
    "x (bản sao)": "x",
    "x copy": "x",
    "x copy 2": "x",
    "x bản sao 2": "x",
    "Copy of x": "x",
    "Copy (2) of x": "x",
    "Bản sao của x": "x",
    "Bản sao của Copy of x (1)": "x",
    "x-copy": "x",
    "x-copy-2": "x",
    "x-sao-chep": "x",
    "x-ban-sao": "x",
    "x_copy": "x",
    "thang-an-toan-2025 - COPY": "thang-an-toan-2025",
}
OTHERS = ["x", "x-2", "x-2027", "copy", "photocopy", "ban-sao", "so-2 (mới)", "sao chép tài liệu", "(2)", "x (2027 a)"]


@pytest.mark.parametrize("name", COPIES)
def test_copies_are_known_by_their_name(name: str) -> None:
    assert find_original(name) == find_original(unicodedata.normalize("NFD", name)) == COPIES[name]
    assert find_original_file(f"{name}.yml") == f"{COPIES[name]}.yml"


@pytest.mark.parametrize("name", OTHERS)
def test_other_names_are_left_alone(name: str) -> None:
    assert find_original(name) == find_original_file(f"{name}.md") == ""


@pytest.mark.parametrize(
    ("name", "original"),
    [("x.yml.txt", "x.yml"), ("x (1).yml.txt", "x.yml"), ("x.TXT", ""), ("x.txt", ""), ("x", ""), ("x.md.TXT", "x.md")],
)
def test_notepads_ending_is_one_too(name: str, original: str) -> None:
    assert find_original_file(name) == original
