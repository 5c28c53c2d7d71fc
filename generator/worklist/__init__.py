"""Project → everything to be made, decided before anything is drawn. Pure: no disk, no clock, no network.

Comes in: a frozen Project and the day of the build. Goes out: pieces (files) and pages (website), sorted. Called by `build`.
"""

from generator.worklist.coverage import Coverage, measure_coverage
from generator.worklist.examples import make_examples
from generator.worklist.pages import make_pages
from generator.worklist.pieces import make_pieces
from generator.worklist.shape import Page, Piece

__all__ = ["Coverage", "Page", "Piece", "make_examples", "make_pages", "make_pieces", "measure_coverage"]
