"""Project → everything to be made, decided before anything is drawn. Pure: no disk, no clock, no network.

Comes in: a frozen Project, who publishes, the day of the build. Goes out: tickets (drawings with their files) and
pages.
"""

from generator.worklist.coverage import Coverage, measure_coverage
from generator.worklist.examples import make_examples
from generator.worklist.pieces import make_tickets, pieces_of
from generator.worklist.shape import Piece, Ticket

__all__ = [
    "Coverage",
    "Piece",
    "Ticket",
    "make_examples",
    "make_tickets",
    "measure_coverage",
    "pieces_of",
]
