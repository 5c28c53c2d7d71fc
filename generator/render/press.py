"""Make of one drawing what people look at and what the print shop gets.

Comes in: the PDF that `typeset` drew (bleed, screen colours, tags). Goes out: the preview, which is that drawing
cropped to the trim; the press file, which is that drawing in inks, with marks around it, boxes, and what PDF/X-4
wants. No free validator of PDF/X exists, so nothing here may be called certified: the words are "PDF/X-4 metadata".
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from generator.render.inks import Inks, put_inks

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


@dataclass(frozen=True)
class Order:
    """What a press file is to be: `timestamp` in unix seconds, `slug_mm` in mm of the file, an ICC profile, inks by
    screen colour.
    """

    title: str
    timestamp: int
    slug_mm: float
    profile: bytes
    inks: Inks


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def crop_to_trim(drawn: bytes) -> bytes:
    """Return the drawing as people see it, cut at the trim; words, tags, links and metadata stay. Same input, same
    bytes.
    """
    with pikepdf.open(io.BytesIO(drawn)) as preview:
        if all(Name.TrimBox not in page.obj for page in preview.pages):
            return drawn
        for page in preview.pages:
            for name in (Name.BleedBox, Name.ArtBox):
                if name in page.obj:
                    del page.obj[name]
            page.obj.MediaBox = page.obj.CropBox = page.obj.TrimBox
        return _save(preview)


def finish_press(drawn: bytes, marks: bytes, order: Order) -> bytes:
    """Return the press PDF: inks, marks, boxes, output intent, metadata, no links; same input, same bytes. ISO 15930-7.

    `marks`: a PDF of marks for every page, or one page for all. Raises InternalError for a colour that is no paint.
    """
    with pikepdf.open(io.BytesIO(drawn)) as press, pikepdf.open(io.BytesIO(marks)) as around:
        put_inks(press, order.inks, order.profile)
        forms = [press.copy_foreign(side.as_form_xobject(handle_transformations=False)) for side in around.pages]
        for number, page in enumerate(press.pages):
            _frame(press, page, forms[number % len(forms)], order.slug_mm * POINTS_PER_MM)
        _drop_reading_aids(press)
        _set_intent(press, order.profile)
        _set_metadata(press, drawn + marks, order.title, datetime.fromtimestamp(order.timestamp, UTC))
        return _save(press, "1.6")


def _save(pdf: pikepdf.Pdf, version: str = "") -> bytes:
    written = io.BytesIO()
    pdf.save(written, min_version=version, force_version=version, fix_metadata_version=False, deterministic_id=True)
    return written.getvalue()


def _frame(press: pikepdf.Pdf, page: pikepdf.Page, marks: pikepdf.Object, slug: float) -> None:
    """Move the drawing inwards by the slug (points), cut it at the bleed, lay the marks around it, set the boxes."""
    bleed = [float(edge) for edge in page.obj.MediaBox]
    trim = [float(edge) for edge in page.obj.get("/TrimBox", page.obj.MediaBox)]
    _, _, wide, high = bleed
    page.contents_add(
        press.make_stream(f"q 1 0 0 1 {slug:.4f} {slug:.4f} cm 0 0 {wide:.4f} {high:.4f} re W n".encode()), prepend=True
    )
    page.contents_add(press.make_stream(b"Q q /Marks Do Q"))
    # Pages may share their resources, never their marks.
    resources = dict(page.obj.get("/Resources", Dictionary()).items())
    drawn = dict(resources.get("/XObject", Dictionary()).items())
    page.obj.Resources = Dictionary({**resources, "/XObject": Dictionary({**drawn, "/Marks": marks})})
    media = [-slug, -slug, wide + slug, high + slug]
    for name, box in ((Name.MediaBox, media), (Name.BleedBox, bleed), (Name.TrimBox, trim)):
        page.obj[name] = Array([round(edge + slug, 4) for edge in box])
    for name in (Name.ArtBox, Name.CropBox, Name.Annots, Name.StructParents, Name.Tabs):
        if name in page.obj:
            del page.obj[name]


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
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(CONDITION),
        OutputCondition=String(CONDITION_WORDS),
        RegistryName=String("http://www.color.org"),
        Info=String(CONDITION_WORDS),
        DestOutputProfile=press.make_indirect(stream),
    )
    press.Root[Name.OutputIntents] = Array([press.make_indirect(intent)])


def _set_metadata(press: pikepdf.Pdf, drawn: bytes, title: str, moment: datetime) -> None:
    """Write Info and XMP alike; ids come from the bytes drawn, so that a second build gives the same file."""
    digest = hashlib.sha256(drawn).digest()
    words = XMP.format(
        title=escape(title),
        creator=CREATOR,
        day=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        document=uuid.UUID(bytes=digest[:16], version=4),
        instance=uuid.UUID(bytes=digest[16:], version=4),
    )
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
