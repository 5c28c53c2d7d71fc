"""Everything people wrote, read and checked: `read_project` returns a frozen Project and every problem found."""

from generator.project.read import read_project
from generator.project.shape import SUBJECT_SLOGAN, CampaignFolder, Entry, Project, TextFile

__all__ = ["SUBJECT_SLOGAN", "CampaignFolder", "Entry", "Project", "TextFile", "read_project"]
