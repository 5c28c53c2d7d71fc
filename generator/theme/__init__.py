"""Read theme/: sizes, channels, kinds with their contracts, formats, faces, colours, fonts, phrases, drawings."""

from generator.theme.art import Art, read_art
from generator.theme.fonts import find_font_folders
from generator.theme.read import Collector, Theme, read_model, read_theme

__all__ = ["Art", "Collector", "Theme", "find_font_folders", "read_art", "read_model", "read_theme"]
