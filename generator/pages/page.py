"""One page of the website, before any template has seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
