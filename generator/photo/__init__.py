"""The one door for pictures that people bring: judged by their first bytes, then copied without hidden data.

Every picture passes `read_photo` before anything else is made of it.
"""

from generator.photo.copies import make_logo_copy, make_web_copy
from generator.photo.judge import ENDINGS, PhotoFacts, read_photo

__all__ = ["ENDINGS", "PhotoFacts", "make_logo_copy", "make_web_copy", "read_photo"]
