"""The theme's look on the website: the colours of all faces as CSS, drawings as SVG.

Comes in: the Theme, and a drawing. Goes out: text.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.theme import Art, Theme
from generator.theme.art import Shape

#: The face of drawings that belong to no campaign.
ANY_FACE = "chung"
#: How theme/shared/drawings.typ ends and joins strokes.
ROUND = 'stroke-linecap="round" stroke-linejoin="round"'


def make_faces_css(theme: Theme) -> str:
    """Return the stylesheet of colours: every job as a custom property, shared on :root, each face on its class."""

    def rule(selector: str, jobs: Mapping[str, str]) -> str:
        values = "".join(f"--loa-{job}:{theme.tokens.paints[paint].screen};" for job, paint in jobs.items())
        return f"{selector}{{{values}}}\n"

    first = next(iter(theme.faces.values())).jobs if theme.faces else {}
    faces = "".join(rule(f".loa-face-{name}", face.jobs) for name, face in theme.faces.items())
    return rule(":root", {**first, **theme.tokens.jobs}) + faces


def make_svg(drawing: Art, theme: Theme, face: str) -> str:
    """Return a drawing as a standalone SVG in a face's screen colours."""
    faces = theme.faces[face] if face in theme.faces else next(iter(theme.faces.values()))
    jobs = {**theme.tokens.jobs, **faces.jobs}

    def colour(job: str) -> str:
        return theme.tokens.paints[jobs[job]].screen if job in jobs else "none"

    def draw(shape: Shape) -> str:
        steps = " ".join(" ".join(str(part) for part in step) for step in shape.path)
        stroke = f' stroke="{colour(shape.stroke)}" stroke-width="{shape.thick}" {ROUND}' if shape.stroke else ""
        rule = ' fill-rule="evenodd"' if shape.rule == "even-odd" else ""
        return f'<path fill="{colour(shape.fill) if shape.fill else "none"}"{stroke}{rule} d="{steps}"/>'

    size = f"{drawing.width:g} {drawing.height:g}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{"".join(map(draw, drawing.shapes))}</svg>\n'
