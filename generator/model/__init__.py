"""What people may write, as frozen pydantic models. Comes in: plain data from `source`. Goes out: checked values."""

from generator.model.base import Confidence, Status
from generator.model.campaign import (
    Article,
    AudienceText,
    Campaign,
    ChartYears,
    Event,
    HazardAdvice,
    Make,
    Message,
    News,
    Photo,
    Script,
    Slogan,
    Subject,
    Target,
    Topic,
)  # fmt: skip
from generator.model.plan import Plan
from generator.model.registers import Bodies, Body, Document, Documents, Organisation, Term, Terms
from generator.model.theme import (
    Channel,
    Channels,
    Colour,
    Drawing,
    Drawings,
    Example,
    Face,
    Fonts,
    Format,
    Material,
    Param,
    Phrases,
    Preset,
    Presets,
    Purpose,
    Tokens,
)  # fmt: skip

__all__ = [
    "Article", "AudienceText", "Bodies", "Body", "Campaign", "Channel", "Channels", "ChartYears", "Colour", "Confidence",
    "Document", "Documents", "Drawing", "Drawings", "Event", "Example", "Face", "Fonts", "Format", "HazardAdvice", "Make", "Material",
    "Message", "News", "Organisation", "Param", "Photo", "Phrases", "Plan", "Preset", "Presets", "Purpose", "Script", "Slogan",
    "Status", "Subject", "Target", "Term", "Terms", "Tokens", "Topic",
]  # fmt: skip
