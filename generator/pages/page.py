"""One page of the website before any template has seen it, and what every template's data has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class PageData:
    """What one template of theme/pages may name: every field of a subclass is a name of its `template`."""

    template: ClassVar[str]
    #: Pages that only repeat others stay out of the search index, which every reader fetches.
    is_searchable: ClassVar[bool] = True


@dataclass(frozen=True)
class Page:
    """One page: `uri` is its Markdown path in the site, `edit_path` the file that people wrote it in."""

    uri: str
    data: PageData
    edit_path: str
    image: str = ""
