"""Screen colours of a picture → four inks that a press can print.

Comes in: RGB pixels, the profile of the press. Goes out: CMYK pixels. Grey is black ink alone, so that fine lines need
no register; no pixel carries more ink than paper takes.
"""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageChops, ImageCms, ImageMath

from generator.model import MOST_INK

#: Difference of a pixel's channels (of 255) up to which it is grey, and from which it is a colour; between them both
#: are mixed. JPEG leaves up to 8 in what was grey.
GREY, COLOURED = 8, 24
HOW_COLOURED = [min(255, max(0, 255 * (value - GREY) // (COLOURED - GREY))) for value in range(256)]
#: 300 % of four inks, each of 255.
MOST = int(MOST_INK * 255 / 100)


def separate(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return an RGB picture in inks: colours by the profile, grey as black ink of the same lightness, held at
    MOST_INK.
    """
    inks = ImageCms.applyTransform(picture, _way_to_inks(profile))
    if inks is None:
        raise ValueError("the colour profile gave no picture")
    red, green, blue = picture.split()
    highest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    lowest = ImageChops.darker(ImageChops.darker(red, green), blue)
    is_coloured = ImageChops.subtract(highest, lowest).point(HOW_COLOURED)
    none = Image.new("L", picture.size)
    black = Image.merge("CMYK", (none, none, none, picture.convert("L").point(_black_for_grey(profile))))
    return _hold(Image.composite(inks, black, is_coloured))


def _hold(inks: Image.Image) -> Image.Image:
    """Take colour away from under the black where all inks together are too much."""
    cyan, magenta, yellow, black = inks.split()

    def take(ink: Image.Image) -> Image.Image:
        taken: Image.Image = ImageMath.lambda_eval(
            lambda given: given["convert"](
                given["min"](
                    given["ink"],
                    given["ink"] * (MOST - given["k"]) / given["max"](given["c"] + given["m"] + given["y"], 1),
                ),
                "L",
            ),
            ink=ink,
            c=cyan,
            m=magenta,
            y=yellow,
            k=black,
        )
        return taken

    return Image.merge("CMYK", (take(cyan), take(magenta), take(yellow), black))


@lru_cache(maxsize=4)
def _way_to_inks(profile: bytes) -> ImageCms.ImageCmsTransform:
    """Return the way from sRGB to the inks of `profile`, paper white staying white, black point compensated."""
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


@lru_cache(maxsize=4)
def _black_for_grey(profile: bytes) -> list[int]:
    """Return how much black ink (of 255) looks like each grey of the screen; darker greys than the ink are the ink."""
    ramp = Image.new("CMYK", (256, 1))
    for ink in range(256):
        ramp.putpixel((ink, 0), (0, 0, 0, ink))
    shown = ImageCms.profileToProfile(
        ramp,
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "RGB",
    )
    if shown is None:
        raise ValueError("the colour profile gave no greys")
    greys = shown.convert("L").tobytes()
    return [min(range(256), key=lambda ink: abs(greys[ink] - grey)) for grey in range(256)]
