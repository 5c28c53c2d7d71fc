"""Project → everything to be made, decided before anything is drawn. Pure: no disk, no clock, no network.

Comes in: a frozen Project and the day of the build. Goes out: pieces (files), sorted, and how far they cover the plans.
"""

from generator.worklist.coverage import Coverage, measure_coverage
from generator.worklist.examples import make_examples
from generator.worklist.pieces import make_pieces
from generator.worklist.shape import Piece

__all__ = ["Coverage", "Piece", "make_examples", "make_pieces", "measure_coverage"]
