"""Open what was made and say what is wrong with it, in Vietnamese; never repair anything."""

from generator.preflight.booklet import inspect_imposed, inspect_pages_of_booklet
from generator.preflight.files import inspect_picture, inspect_press, inspect_preview_pdf
from generator.preflight.office import inspect_docx
from generator.preflight.readback import inspect_pictures, remedy_of

__all__ = [
    "inspect_docx",
    "inspect_imposed",
    "inspect_pages_of_booklet",
    "inspect_picture",
    "inspect_pictures",
    "inspect_press",
    "inspect_preview_pdf",
    "remedy_of",
]
