"""Find the folders of the only fonts used: the fontpkg-* packages that theme/fonts.yml names, and those of theme/fonts.

System fonts are ignored.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from generator.errors import InternalError


def find_font_folders(packages: tuple[str, ...], theme_folder: Path) -> list[Path]:
    """Return the folder of font files inside each installed package (names as on PyPI), and the theme's own folders.

    Raises InternalError when a package is missing.
    """
    folders = []
    for package in packages:
        spec = find_spec(package.replace("-", "_"))
        if spec is None or spec.origin is None:
            raise InternalError(f"font package {package} is not installed")
        folders.append(Path(spec.origin).parent / "files")
    return [*folders, *(path for path in sorted((theme_folder / "fonts").glob("*")) if path.is_dir())]
