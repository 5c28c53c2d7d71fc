"""Everything the website holds besides its pages: pictures, PDFs, texts, calendars, drawings, colours.

Comes in: what was built and the paths of hand-written pages. Goes out: a Shelf and the files' contents; knows nothing
of mkdocs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from generator import build
from generator.addresses import FACES_CSS, calendar_uri, copy_uri, drawing_uri, photo_uri, piece_uri, thumbnail_uri
from generator.decode import safe_path
from generator.errors import Place
from generator.pages import HazardPage
from generator.pages.documents import EDIT_DOCUMENTS
from generator.photo import make_web_copy
from generator.project.pages import CONTENT
from generator.project.shape import PHOTO_ENDING
from generator.render.calendar import make_calendar
from generator.render.look import ANY_FACE, make_faces_css, make_svg
from generator.render.site import Shelf
from generator.theme.art import read_some
from generator.workshop import Made, StoredFile

#: What a file of the website holds: words, bytes, a file of people's own, or one of the store.
Content: TypeAlias = str | bytes | Path | StoredFile
Contents: TypeAlias = dict[str, Content]

#: Longest side of a campaign photo on its page.
PHOTO_PX = 1600


def fill_shelf(built: build.Built, theirs: Iterable[str]) -> tuple[Shelf, Contents]:
    """Return the Shelf of all addresses of the site and the content of every generated file that is not a page."""
    previews = [made for made in built.pieces if made.piece.purpose == "preview"]
    contents: Contents = {
        **_keep_pieces(previews),
        **_keep_campaign_files(built),
        **_keep_documents(built),
        **_keep_attached(built),
        **_draw(built),
        FACES_CSS: make_faces_css(built.project.theme),
    }
    shelf = Shelf(
        uris=frozenset({*theirs, *contents, *(page.uri for page in built.pages)}),
        pictures={piece_uri(made.piece.path): _find_pictures(made) for made in previews},
        drawings={name: drawing.alt for name, drawing in built.project.theme.art.items()},
        site=built.site,
    )
    return shelf, contents


def _find_pictures(made: Made) -> tuple[str, ...]:
    """Return where the pictures of a piece stand: a picture is its own."""
    if not made.kept.pictures and made.piece.form.is_shown:
        return (piece_uri(made.piece.path),)
    return tuple(thumbnail_uri(made.piece.path, number) for number in range(1, len(made.kept.pictures) + 1))


def _keep_pieces(previews: Iterable[Made]) -> Contents:
    files: Contents = {}
    for made in previews:
        files[piece_uri(made.piece.path)] = made.kept.body
        pictures = enumerate(made.kept.pictures, 1)
        files |= {thumbnail_uri(made.piece.path, number): picture for number, picture in pictures}
    return files


def _keep_campaign_files(built: build.Built) -> Contents:
    files: Contents = {}
    for folder in built.project.campaigns.values():
        if any(event.starts for event in folder.campaign.events):
            calendar = make_calendar(folder, built.project.organisation, built.project.documents)
            files[calendar_uri(folder.id)] = calendar
        for photo in folder.campaign.photos:
            path = safe_path(built.project.root / "campaigns" / folder.id, photo.file, Place(folder.source.path))
            files[photo_uri(folder.id, photo.file)] = make_web_copy(path, PHOTO_PX)
    return files


def _keep_documents(built: build.Built) -> Contents:
    project = built.project
    stored = [document.file for document in project.documents.values() if document.file]
    return {copy_uri(file): safe_path(project.root / "campaigns", file, Place(EDIT_DOCUMENTS)) for file in stored}


def _keep_attached(built: build.Built) -> Contents:
    """Return what pages of content/ name: pictures as web copies, documents as they are."""
    files: Contents = {}
    for name, address in built.project.files.items():
        path = safe_path(built.project.root / CONTENT, name, Place(f"{CONTENT}/{name}"))
        files[address] = make_web_copy(path, PHOTO_PX) if address.endswith(PHOTO_ENDING) else path
    return files


def _draw(built: build.Built) -> Contents:
    """Return the drawings that pages show: the lead of each face in its colours, the signs of hazards in nobody's."""
    theme = built.project.theme
    leads = {(face.lead, name) for name, face in theme.faces.items()}
    hazards = {(page.data.sign, ANY_FACE) for page in built.pages if isinstance(page.data, HazardPage)}
    shown = sorted((name, face) for name, face in leads | hazards if name in theme.art)
    drawings = read_some(theme.folder / "art", {name: theme.art[name] for name, _ in shown})
    return {drawing_uri(name, face): make_svg(drawings[name], theme, face) for name, face in shown}
