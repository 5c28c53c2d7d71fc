"""Everything the website holds besides its pages: pictures, PDFs, texts, calendars, drawings, colours.

Comes in: what was built and the paths of hand-written pages. Goes out: a Shelf and the files' contents.
Knows nothing of mkdocs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from generator import build
from generator.pages import calendar_uri, document_uri, piece_uri, thumbnail_uri
from generator.photo import make_web_copy
from generator.render.art import Art, read_art
from generator.render.calendar import make_calendar
from generator.render.site import ANY_FACE, Shelf, art_uri, make_faces_css, make_svg
from generator.workshop import StoredFile

#: What a file of the website holds: words, bytes, a file of people's own, or one of the store.
Content: TypeAlias = str | bytes | Path | StoredFile
#: Longest side of a campaign photo on its page.
PHOTO_PX = 1600
FACES_CSS = "assets/stylesheets/faces.css"


def fill_shelf(built: build.Built, theirs: Iterable[str]) -> tuple[Shelf, dict[str, Content]]:
    """Return the Shelf of all addresses of the site and the content of every generated file that is not a page."""
    contents: dict[str, Content] = {**_pieces(built), **_campaign_files(built), **_stored_documents(built)}
    arts = read_art(built.project.theme.folder / "art")
    contents |= _drawings(built, arts)
    contents[FACES_CSS] = make_faces_css(built.project.theme)
    uris = frozenset({*theirs, *contents, *(page.uri for page in built.pages)})
    # A sign says one hazard; a scene of a trade comes second.
    by_trades = sorted(arts.items(), key=lambda item: (len(item[1].trades), item[0]), reverse=True)
    hazards = {hazard: name for name, art in by_trades for hazard in art.hazards}
    return Shelf(uris, {name: art.alt for name, art in arts.items()}, hazards), contents


def _pieces(built: build.Built) -> dict[str, Content]:
    files: dict[str, Content] = {}
    for made in built.pieces:
        if made.piece.purpose == "preview":
            files[piece_uri(made.piece.path)] = made.kept.body
            pictures = enumerate(made.kept.pictures, 1)
            files |= {thumbnail_uri(made.piece.path, number): picture for number, picture in pictures}
    return files


def _campaign_files(built: build.Built) -> dict[str, Content]:
    files: dict[str, Content] = {}
    for folder in built.project.campaigns.values():
        if any(event.starts for event in folder.campaign.events):
            files[calendar_uri(folder.id)] = make_calendar(folder, built.project.organisation)
        for photo in folder.campaign.photos:
            path = built.project.root / "campaigns" / folder.id / photo.file
            files[f"chien-dich/{folder.id}/{photo.file}"] = make_web_copy(path, PHOTO_PX)
    return files


def _stored_documents(built: build.Built) -> dict[str, Content]:
    project = built.project
    stored = [document.file for document in project.documents.values() if document.file]
    return {document_uri(file): (project.root / "campaigns" / file) for file in stored}


def _drawings(built: build.Built, arts: dict[str, Art]) -> dict[str, Content]:
    theme = built.project.theme
    wanted = {(face.lead, name) for name, face in theme.faces.items() if face.lead in arts}
    wanted |= {(name, ANY_FACE) for name, art in arts.items() if art.hazards}
    return {art_uri(name, face): make_svg(arts[name].drawing, theme, face) for name, face in sorted(wanted)}
