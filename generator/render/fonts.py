"""Find the folders of the only fonts used: the fontpkg-* packages that theme/fonts.yml names; system fonts are ignored."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from generator.errors import InternalError


def find_font_folders(packages: tuple[str, ...]) -> list[Path]:
    """Return the folder of font files inside each installed package (names as on PyPI). Raises InternalError."""
    folders = []
    for package in packages:
        spec = find_spec(package.replace("-", "_"))
        if spec is None or spec.origin is None:
            raise InternalError(f"font package {package} is not installed")
        folders.append(Path(spec.origin).parent / "files")
    return folders
