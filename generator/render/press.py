"""Finish a press PDF with pikepdf: what PDF/X-4 wants and Typst does not write.

Comes in: the PDF that `typeset` drew for print (inks, bleed, marks and slug line are in it already, pictures are still
sRGB), its sheet, an ICC profile. Goes out: the PDF for the print shop. `workshop` calls it. No free validator of PDF/X
exists, so nothing here may be called certified: the words are "PDF/X-4 metadata".
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

POINTS_PER_MM = 72 / 25.4
CREATOR = "Loa"
#: The printing condition of the profile in theme/icc, by its name in the ICC registry (https://www.color.org).
CONDITION = "FOGRA39"
CONDITION_WORDS = "ISO 12647-2:2004, offset, coated paper (FOGRA39)"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate><xmp:MetadataDate>{day}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>{creator}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def finish_press(pdf: bytes, title: str, timestamp: int, profile: bytes, sheet: Mapping[str, Any]) -> bytes:
    """Return the press PDF: boxes, pictures in inks, output intent, metadata, no links; same input, same bytes.

    `timestamp` in unix seconds; `sheet` as in the print document: `bleed_mm` in real mm, `scale`. ISO 15930-7.
    """
    with pikepdf.open(io.BytesIO(pdf)) as press:
        for page in press.pages:
            _set_boxes(page, float(sheet["bleed_mm"]) / float(sheet["scale"]))
            for picture in _pictures(page.obj):
                _separate(press, picture, profile)
        _drop_reading_aids(press)
        _set_intent(press, profile)
        _set_metadata(press, pdf, title, datetime.fromtimestamp(timestamp, UTC))
        finished = io.BytesIO()
        press.save(finished, min_version="1.6", force_version="1.6", deterministic_id=True)
    return finished.getvalue()


def _set_boxes(page: pikepdf.Page, bleed_mm: float) -> None:
    """Typst writes MediaBox (with marks) and TrimBox; the BleedBox lies `bleed_mm` of the file around the trim."""
    trim = [float(edge) for edge in page.obj[Name.TrimBox]]
    media = [float(edge) for edge in page.obj[Name.MediaBox]]
    out = bleed_mm * POINTS_PER_MM
    bleed = (
        max(trim[0] - out, media[0]), max(trim[1] - out, media[1]),
        min(trim[2] + out, media[2]), min(trim[3] + out, media[3]),
    )  # fmt: skip
    page.obj[Name.BleedBox] = Array([round(edge, 4) for edge in bleed])
    for name in (Name.ArtBox, Name.CropBox, Name.Annots, Name.StructParents, Name.Tabs):
        if name in page.obj:
            del page.obj[name]


def _pictures(holder: pikepdf.Object, depth: int = 0) -> Iterator[pikepdf.Object]:
    """Yield the pictures that a page, or a form on it, draws; stencils have no colour of their own."""
    drawn = holder.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for inner in drawn.values() if depth < 12 else ():
        if inner.get("/Subtype") == Name.Image and not inner.get("/ImageMask", False):
            yield inner
        else:
            yield from _pictures(inner, depth + 1)


def _separate(press: pikepdf.Pdf, picture: pikepdf.Object, profile: bytes) -> None:
    """Typst writes pictures as 8-bit sRGB: put the inks of the profile instead; the soft mask (alpha) stays.

    Anything else is left as it is, for preflight to refuse.
    """
    space = picture.get("/ColorSpace")
    if not isinstance(space, Array) or space[0] != Name.ICCBased or picture.get("/BitsPerComponent") != 8:
        return
    mode = {1: "L", 3: "RGB"}.get(int(space[1].get("/N", 0)))
    if mode is None:
        return
    size = (int(picture.Width), int(picture.Height))
    colours = Image.frombytes(mode, size, picture.read_bytes()).convert("RGB")
    inks = ImageCms.applyTransform(colours, _separation(profile))
    if inks is None:
        raise ValueError("the colour profile gave no picture")
    picture.write(zlib.compress(inks.tobytes(), 9), filter=Name.FlateDecode)
    picture.ColorSpace = Name.DeviceCMYK


@lru_cache(maxsize=4)
def _separation(profile: bytes) -> ImageCms.ImageCmsTransform:
    """Return the way from sRGB to the inks of `profile`, paper white staying white, black point compensated."""
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _drop_reading_aids(press: pikepdf.Pdf) -> None:
    """Links are forbidden inside the bleed (ISO 15930-7), and tags would point at the links that went."""
    for name in (Name.StructTreeRoot, Name.MarkInfo, Name.Outlines, Name.OpenAction):
        if name in press.Root:
            del press.Root[name]


@lru_cache(maxsize=4)
def _packed(profile: bytes) -> bytes:
    """Compress the profile once for all pieces: it is most of the time of this step."""
    return zlib.compress(profile, 9)


def _set_intent(press: pikepdf.Pdf, profile: bytes) -> None:
    if profile[12:20] != b"prtrCMYK":
        raise ValueError("the output profile must be a CMYK printer profile")
    stream = pikepdf.Stream(press, _packed(profile), N=4, Filter=Name.FlateDecode)
    press.Root[Name.OutputIntents] = Array([
        press.make_indirect(Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String(CONDITION),
            OutputCondition=String(CONDITION_WORDS), RegistryName=String("http://www.color.org"),
            Info=String(CONDITION_WORDS), DestOutputProfile=press.make_indirect(stream),
        ))
    ])  # fmt: skip


def _set_metadata(press: pikepdf.Pdf, pdf: bytes, title: str, moment: datetime) -> None:
    """Write Info and XMP alike; ids come from the bytes drawn, so that a second build gives the same file."""
    digest = hashlib.sha256(pdf).digest()
    words = XMP.format(
        title=escape(title), creator=CREATOR, day=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        document=uuid.UUID(bytes=digest[:16], version=4), instance=uuid.UUID(bytes=digest[16:], version=4),
    )  # fmt: skip
    press.Root[Name.Metadata] = press.make_indirect(
        pikepdf.Stream(press, words.encode(), Type=Name.Metadata, Subtype=Name.XML)
    )
    stamp = String(moment.strftime("D:%Y%m%d%H%M%SZ"))
    press.trailer[Name.Info] = press.make_indirect(
        Dictionary(
            Title=String(title),
            Creator=String(CREATOR),
            Producer=String(CREATOR),
            CreationDate=stamp,
            ModDate=stamp,
            Trapped=Name("/False"),
        )
    )
