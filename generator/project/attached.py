"""The pictures and documents that a page names: what goes to the website beside it.

Comes in: content/ and a page of it. Goes out: paths below content/, and a problem for each picture that cannot go.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import partial
from pathlib import Path

from generator.decode import safe_path
from generator.errors import Place, Problem, UserError, shorten
from generator.model import PageFront
from generator.photo import read_photo
from generator.project.bodies import place_in
from generator.project.shape import TextFile
from generator.project.stored import STORED, check_stored
from generator.wording.reader import find_references

#: An address of another website, or of one's own PC.
FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
COPY_PICTURE = "Chép ảnh vào cạnh tệp này rồi chỉ ghi tên tệp, ví dụ ![Lễ phát động](le-phat-dong.jpg)."


def find_attached(folder: Path, name: str, page: TextFile[PageFront]) -> tuple[set[str], list[Problem]]:
    """Return the files that a page of `folder` names, and what is wrong with its pictures."""
    named: set[str] = set()
    problems: list[Problem] = []
    documents: list[tuple[str, Place]] = []
    pictures = [(page.front.image, page.source.place_of(("image",), of_value=True), "")] if page.front.image else []
    for reference in find_references(page.body):
        path = posixpath.join(posixpath.dirname(name), reference.address)
        place = place_in(page.source, reference.line)
        if reference.is_picture:
            pictures.append((path, place, reference.address))
        elif path.lower().endswith(tuple(STORED)) and not FOREIGN.match(reference.address):
            documents.append((path, place))
    checks = [(path, partial(_check_picture, folder, path, place, written)) for path, place, written in pictures]
    checks += [(path, partial(_check_document, folder, path, place)) for path, place in documents]
    for path, check in checks:
        named.add(to_nfc(posixpath.normpath(path)))
        try:
            check()
        except UserError as error:
            problems.extend(error.problems)
    return named, problems


def to_nfc(path: str) -> str:
    """Return a path as people type it: Macs write the letter and its mark apart."""
    return unicodedata.normalize("NFC", path)


def _check_document(folder: Path, path: str, place: Place) -> None:
    """Raise UserError for a document that cannot go to the website."""
    if wrong := list(check_stored(safe_path(folder, posixpath.normpath(path), place), place)):
        raise UserError(wrong)


def _check_picture(folder: Path, path: str, place: Place, written: str) -> None:
    """Raise UserError for a picture that cannot go to the website."""
    if written.lower().startswith(("http:", "https:", "//")):
        raise UserError([Problem(place, f"ảnh “{shorten(written)}” lấy từ trang khác", COPY_PICTURE)])
    if "\\" in written or ":" in written:
        raise UserError([Problem(place, f"ảnh “{shorten(written)}” ghi đường dẫn trên máy của bạn", COPY_PICTURE)])
    read_photo(safe_path(folder, posixpath.normpath(path), place), place)
