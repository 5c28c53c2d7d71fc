"""The two things a worklist holds: a Piece (one file to make) and a Page (one page of the website)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.errors import Place
from generator.model import Format, Preset, Purpose


@dataclass(frozen=True)
class Piece:
    """One concrete file of an entry: what it is, where it goes (relative to build/), and the JSON document its template gets."""

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
    data: Mapping[str, Any]
    must_read: tuple[str, ...]
    pages: int
    is_share_picture: bool
    is_imposed: bool
    place: Place

    @property
    def width_px(self) -> int:
        """Return the width of a screen picture in pixels (0 for sizes in millimetres)."""
        return self.preset.width_px or 0


@dataclass(frozen=True)
class Page:
    """One page of the website: `uri` is its Markdown source path in the site, `template` a file of theme/pages."""

    uri: str
    template: str
    title: str
    description: str
    edit_path: str
    campaign: str = ""
    image: str = ""
    is_searchable: bool = True
    data: Mapping[str, Any] = field(default_factory=dict)
