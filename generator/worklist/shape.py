"""What a worklist holds: a Piece, one file to make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.errors import Place
from generator.model import Format, Preset, Purpose, Status


@dataclass(frozen=True)
class Piece:
    """One concrete file of an entry: what it is, where it goes (relative to build/), and the JSON document its template gets.

    `words`: what people gave to it, a line each; `statuses`: of its slogans; `holds`: (type, id) of what it refers to.
    """

    campaign: str
    channel: str
    kind: str
    entry: str
    preset: Preset
    purpose: Purpose
    format: Format
    made_by: str
    name: str
    path: str
    title: str
    alt: str
    words: tuple[str, ...]
    statuses: tuple[Status, ...]
    holds: frozenset[tuple[str, str]]
    data: Mapping[str, Any]
    must_read: tuple[str, ...]
    pages: int
    is_share_picture: bool
    is_imposed: bool
    place: Place
