"""The colours: every text job has enough contrast with its ground on screen and in ink, in every face."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageCms

from generator.source import read_yaml

THEME = Path(__file__).parents[1] / "theme"
FACES = sorted(path.stem for path in (THEME / "faces").glob("*.yml"))
TOKENS = read_yaml(THEME / "tokens.yml", "tokens.yml").data
LEAST = 4.5
Rgb = tuple[int, int, int]


def on_screen(paint: str) -> Rgb:
    written = TOKENS["paints"][paint]["screen"]
    return (int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16))


def in_ink(paint: str) -> Rgb:
    """What the inks look like on coated paper, through the profile that goes into press files."""
    profile = ImageCms.getOpenProfile(str(next((THEME / "icc").glob("*.icc"))))
    proof = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "CMYK", "RGB")
    inks = tuple(round(float(ink) * 2.55) for ink in TOKENS["paints"][paint]["cmyk"])
    seen = ImageCms.applyTransform(Image.new("CMYK", (1, 1), inks), proof)
    assert seen is not None
    red, green, blue = seen.getpixel((0, 0))
    return (red, green, blue)


def luminance(colour: Rgb) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Rgb, other: Rgb) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(face: str) -> list[tuple[str, str, str]]:
    """(job, paint of the text, paint of the ground) for each job named `<something>-on-<ground>`."""
    jobs = {**TOKENS["jobs"], **read_yaml(THEME / f"faces/{face}.yml", face).data["jobs"]}
    return [(job, jobs[job], jobs[job.partition("-on-")[2]]) for job in sorted(jobs) if "-on-" in job]


@pytest.mark.parametrize("face", FACES)
def test_text_can_be_read_on_its_ground(face: str) -> None:
    found = pairs(face)
    assert len(found) >= 10
    weak = [
        (job, round(contrast(see(text), see(ground)), 2))
        for job, text, ground in found
        for see in (on_screen, in_ink)
        if contrast(see(text), see(ground)) < LEAST
    ]
    assert weak == []


def test_faces_answer_the_same_jobs() -> None:
    named = {face: set(read_yaml(THEME / f"faces/{face}.yml", face).data["jobs"]) for face in FACES}
    assert len({frozenset(jobs) for jobs in named.values()}) == 1


def test_ink_stays_below_300_percent() -> None:
    heavy = {name: inks for name, paint in TOKENS["paints"].items() if (inks := sum(map(float, paint["cmyk"]))) > 300}
    assert heavy == {}


def test_every_paint_has_a_screen_colour_of_its_own() -> None:
    """The press file finds a paint's inks by its screen colour."""
    paints: dict[str, str] = {}
    for name, paint in TOKENS["paints"].items():
        assert paints.setdefault(paint["screen"], name) == name, f"{name} looks like {paints[paint['screen']]}"
