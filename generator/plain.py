"""Frozen values → plain JSON values: what templates, keys and manifests are made of. Imports nothing of the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Plain(Protocol):
    """A value that is less than an object in JSON: free words, a number."""

    @property
    def plain(self) -> str | int:
        """Return the value itself."""


def to_plain(value: object) -> object:
    """Return a frozen value as JSON holds it: objects, lists, text, numbers. A list is plain already and stays."""
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    if is_dataclass(value):
        if isinstance(value, Plain):
            return value.plain
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    return value
