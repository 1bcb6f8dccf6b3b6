"""Make the PDFs in `tests/data/papers` anew, the same bytes each time: `python -m tests.publish.making_papers`.

In each, words that begin with STAYS are printed with the page, and words that begin with GOES must not come along.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, Object, Page, Pdf, Stream, String

FOLDER = Path(__file__).parents[1] / "data" / "papers"
LETTER, A4 = (612, 792), (595.276, 841.89)
LARGEST = 50_000
"""Larger ones are made where they are needed and not kept."""
MAKERS: dict[str, Callable[[], bytes]] = {}


def case(maker: Callable[[], bytes]) -> Callable[[], bytes]:
    """Enter a function under its own name: `a_letter` makes `a-letter.pdf`."""
    MAKERS[maker.__name__.replace("_", "-") + ".pdf"] = maker
    return maker


def paper(size: tuple[float, float] = LETTER, *words: str) -> tuple[Pdf, Page]:
    pdf = pikepdf.new()
    return pdf, sheet(pdf, size, *words)


def sheet(pdf: Pdf, size: tuple[float, float], *words: str) -> Page:
    page = pdf.add_blank_page(page_size=size)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=helvetica(pdf)))
    page.obj.Contents = pdf.make_stream(text(*words, top=size[1] - 90))
    return page


def helvetica(pdf: Pdf) -> Object:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding, Name=Name.F1
    )
    return pdf.make_indirect(font)


def text(*words: str, top: float = 700) -> bytes:
    lines = " T* ".join(f"({each}) Tj" for each in words)
    return f"BT /F1 14 Tf 20 TL 72 {top:.0f} Td {lines} ET".encode()


def saved(pdf: Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    if "encryption" not in options:
        asis = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
        options = {**asis, "deterministic_id": True, "fix_metadata_version": False, **options}
    pdf.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


@case
def letter() -> bytes:
    return saved(paper(LETTER, "STAYSLETTER", "A plain page.")[0])


@case
def a4() -> bytes:
    pdf, _ = paper(A4, "STAYSFIRST")
    sheet(pdf, A4, "STAYSSECOND")
    return saved(pdf)


@case
def landscape() -> bytes:
    return saved(paper((792, 612), "STAYSWIDE")[0])


@case
def rotated() -> bytes:
    pdf, page = paper(LETTER, "STAYSTURNED")
    page.obj.Rotate = 90
    page.obj.CropBox = Array([36, 36, 576, 756])
    return saved(pdf)


@case
def turned_over() -> bytes:
    pdf, page = paper(LETTER, "STAYSOVER")
    page.obj.Rotate = 180
    return saved(pdf)


@case
def turned_back() -> bytes:
    """Each page another way, the turn handed down from the tree of pages; the last two say what is no turn."""
    pdf, _ = paper(LETTER, "STAYSHANDED")
    pdf.Root.Pages.Rotate = 270
    for turn in (-90, 450, 45, Name.Left):
        sheet(pdf, LETTER, "STAYSTOO").obj.Rotate = turn
    return saved(pdf)


@case
def no_size() -> bytes:
    pdf, page = paper(LETTER, "STAYSUNSIZED")
    del page.obj.MediaBox
    sheet(pdf, LETTER, "STAYSHALFSIZED").obj.MediaBox = Array([0, Name.Wide, 5])
    return saved(pdf)


@case
def odd_sizes() -> bytes:
    """A box from corner to corner the other way round, one beside the origin, and one of five metres."""
    pdf, page = paper(LETTER, "STAYSREVERSED")
    page.obj.MediaBox = Array([612, 792, 0, 0])
    sheet(pdf, LETTER, "STAYSASIDE").obj.MediaBox = Array([-300, -100, 312, 792])
    sheet(pdf, LETTER, "STAYSHUGE").obj.MediaBox = Array([0, 0, 14400, 14400])
    return saved(pdf)


@case
def cropped() -> bytes:
    """Cropped to a part, to more than there is, to what is not there, to nothing, and by what is no box."""
    pdf, page = paper(LETTER, "STAYSCROPPED")
    page.obj.CropBox = Array([36, 400, 576, 756])
    for box in ([-50, -50, 900, 900], [1000, 1000, 2000, 2000], [9, 9, 9, 9], [0, Name.Wide]):
        sheet(pdf, LETTER, "STAYSWHOLE").obj.CropBox = Array(box)
    sheet(pdf, LETTER, "STAYSBEYONDTHETRIM").obj.TrimBox = Array([0, 0, 300, 300])
    return saved(pdf)


@case
def large_unit() -> bytes:
    pdf, page = paper(LETTER, "STAYSLARGE")
    page.obj.UserUnit = 3
    return saved(pdf)


@case
def locked() -> bytes:
    return saved(
        paper(LETTER, "GOESLOCKED")[0],
        encryption=Encryption(user="open", owner="sesame", R=3, metadata=False, aes=False),
        static_id=True,
    )


@case
def owner_locked() -> bytes:
    lock = Encryption(user="", owner="sesame", R=3, metadata=False, aes=False)
    return saved(paper(LETTER, "STAYSREADABLE")[0], encryption=lock, static_id=True)


@case
def truncated() -> bytes:
    pdf, _ = paper(LETTER, "STAYSBEGUN")
    whole = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return whole[: whole.rindex(b"\nxref\n") - 20]


@case
def cut_content() -> bytes:
    pdf, page = paper()
    orders = text("STAYSREAD") + b" " + b"".join(b"%d %d m %d 9 l S\n" % (n, n * 7, n * 3) for n in range(2000))
    page.obj.Contents = Stream(pdf, zlib.compress(orders)[:-900], Filter=Name.FlateDecode)
    return saved(pdf)


@case
def junk() -> bytes:
    return b"%PDF-1.7\n" + bytes((n * n * 31 + n // 7) % 256 for n in range(3000)) + b"\n%%EOF\n"


@case
def nothing() -> bytes:
    return b""


@case
def web_page() -> bytes:
    return b"<!doctype html><html><body><p>GOESHTML<script>alert(1)</script></body></html>"


@case
def no_pages() -> bytes:
    return saved(pikepdf.new())


@case
def five_thousand_pages() -> bytes:
    pdf, page = paper(LETTER, "GOESLONG")
    for _ in range(4999):
        pdf.pages.append(page)
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@case
def bomb_in_content() -> bytes:
    pdf, page = paper()
    page.obj.Contents = Stream(pdf, _bomb(), Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    return saved(pdf)


@case
def bomb_in_many() -> bytes:
    pdf, page = paper()
    part = pdf.make_stream(zlib.compress(zlib.compress(b" " * 40_000_000, 9), 9))
    part.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    page.obj.Contents = Array([part] * 20)
    return saved(pdf)


@case
def bomb_in_objects() -> bytes:
    pdf, _ = paper(LETTER, "GOESBOMB")
    whole = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    start = whole.index(b"stream\n", whole.index(b"/ObjStm")) + 7
    head = whole[whole.rindex(b"obj", 0, start) + 3 : start - 7]
    end = whole.index(b"endstream", start)
    bomb = zlib.compress(zlib.compress(zlib.decompress(whole[start:end]) + b" " * 200_000_000, 9), 9)
    packed = head.replace(b"/FlateDecode", b"[/FlateDecode /FlateDecode]")
    return whole.replace(head, packed).replace(whole[start:end], bomb)


@case
def bomb_in_image() -> bytes:
    pdf, page = paper(LETTER, "GOESPIXELS")
    image = Stream(
        pdf, zlib.compress(b"\0" * 1000), Type=Name.XObject, Subtype=Name.Image, Width=100_000, Height=100_000,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.FlateDecode,
    )  # fmt: skip
    page.obj.Resources.XObject = Dictionary(Im=image)
    return saved(pdf)


@case
def draws_itself() -> bytes:
    pdf, page = paper(LETTER, "STAYSROUND")
    form = pdf.make_indirect(Stream(pdf, b"/Fm Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 10, 10]))
    form.Resources = Dictionary(XObject=Dictionary(Fm=form))
    page.obj.Resources.XObject = Dictionary(Fm=form)
    return saved(pdf)


@case
def long_chain() -> bytes:
    pdf, page = paper(LETTER, "STAYSCHAINED")
    below: Object | None = None
    for _ in range(1500):
        form = pdf.make_stream(b"/Fm Do" if below is not None else b"")
        form.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 10, 10])
        if below is not None:
            form.Resources = Dictionary(XObject=Dictionary(Fm=below))
        below = form
    page.obj.Resources.XObject = Dictionary(Fm=below)
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@case
def pages_in_a_ring() -> bytes:
    pdf, _ = paper(LETTER, "STAYSONCE")
    tree = pdf.Root.Pages
    inner = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Parent=tree))
    inner.Kids = Array([tree])
    tree.Kids.append(inner)
    return saved(pdf)


@case
def no_box() -> bytes:
    pdf, page = paper(LETTER, "GOESFLAT")
    page.obj.MediaBox = Array([0, 0, 0, 0])
    return saved(pdf)


@case
def more_than_read() -> bytes:
    """Everything in a PDF that does more than be looked at, around a form that somebody has filled in."""
    pdf, page = paper(LETTER, "STAYSPAGE")
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('GOESSCRIPT')"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("GOESNAME"), script])))
    pdf.attachments["GOESFILE.txt"] = b"GOESATTACHED"
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Author=String("GOESAUTHOR")))
    pdf.Root.Metadata = Stream(pdf, b"<x>GOESXMP</x>", Type=Name.Metadata, Subtype=Name.XML)
    mark = pdf.make_indirect(Dictionary(Title=String("GOESBOOKMARK"), Dest=Array([page.obj, Name.Fit])))
    pdf.Root.Outlines = Dictionary(Type=Name.Outlines, First=mark, Last=mark, Count=1)
    mark.Parent = pdf.Root.Outlines
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String("GOESLABEL"))]))
    pdf.Root.AF = page.obj.AF = Array([_file(pdf, b"GOESASSOCIATED")])
    page.obj.B = Array([pdf.make_indirect(Dictionary(T=Dictionary(I=Dictionary(Title=String("GOESTHREAD")))))])
    page.obj.AA = Dictionary(O=script)
    page.obj.Metadata = Stream(pdf, b"<x>GOESPAGEXMP</x>", Type=Name.Metadata, Subtype=Name.XML)
    page.obj.PieceInfo = Dictionary(Writer=Dictionary(Private=String("GOESPRIVATE")))
    page.obj.Thumb = pdf.make_stream(b"GOESTHUMB")
    page.obj.Resources.Font.F1.PieceInfo = Dictionary(Private=String("GOESINFONT"))
    page.obj.Resources.XObject = Dictionary(AA=_picture(pdf), JS=Stream(pdf, b"GOESPS", Subtype=Name.PS))
    page.obj.Contents = pdf.make_stream(page.obj.Contents.read_bytes() + b" q 20 0 0 20 72 500 cm /AA Do Q /JS Do")
    elsewhere = Dictionary(S=Name.URI, URI=String("https://example.org/GOESADDRESS"))
    launch = Dictionary(S=Name.Launch, F=String("GOESPROGRAM.exe"))
    notes = [_note(Name.Link, A=elsewhere), _note(Name.Link, A=launch)]
    notes.append(_note(Name.FileAttachment, FS=_file(pdf, b"GOESPINNED"), F=4))
    notes.append(
        _note(Name.Text, Contents=String("GOESNOTE"), AP=Dictionary(N=_form(pdf, text("GOESICON", top=5))), F=0)
    )
    stamp = _note(Name.Stamp, Contents=String("GOESSAID"), AP=Dictionary(N=_form(pdf, text("STAYSSTAMP", top=5))), F=4)
    field = _note(Name.Widget, T=String("GOESFIELD"), FT=Name.Tx, V=String("GOESVALUE"), F=4, A=script)
    field.AP = Dictionary(N=_form(pdf, text("STAYSFILLED", top=5)))
    field.Rect = Array([100, 300, 300, 320])
    widget = pdf.make_indirect(field)
    page.obj.Annots = Array([*(pdf.make_indirect(each) for each in (*notes, stamp)), widget])
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), XFA=pdf.make_stream(b"<xdp>GOESXFA</xdp>"))
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@case
def layers() -> bytes:
    """Layers that are printed and layers that are not, by each of the ways in which a PDF says so."""
    pdf, page = paper()
    shown, hidden, screen = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"GOES{each}"))) for each in ("A", "B", "C")
    )
    screen.Usage = Dictionary(Print=Dictionary(PrintState=Name.OFF))
    both = Dictionary(Type=Name.OCMD, OCGs=Array([shown, hidden]), P=Name.AllOn)
    unless = Dictionary(Type=Name.OCMD, VE=Array([Name.And, shown, Array([Name.Not, hidden])]))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([shown, hidden, screen]),
        D=Dictionary(
            OFF=Array([hidden]),
            AS=Array([Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array([screen]))]),
        ),
    )
    page.obj.Resources.Properties = Dictionary(S=shown, H=hidden, P=screen, B=both, U=unless)
    buried = _form(pdf, text("GOESFORM", top=5))
    buried.OC = hidden
    page.obj.Resources.XObject = Dictionary(Fm=buried)
    parts = [b"BT /F1 14 Tf 20 TL 72 700 Td"]
    for mark, word in (
        ("S", "STAYSON"), ("H", "GOESOFF"), ("P", "GOESSCREEN"), ("B", "GOESBOTH"), ("U", "STAYSUNLESS"),
    ):  # fmt: skip
        parts.append(f"/OC /{mark} BDC ({word}) Tj T* /Span BMC ({word}) ' EMC EMC".encode())
    parts.append(b"(STAYSAFTER) Tj ET /OC /H BDC 0 0 50 50 re W n 1 0 0 rg EMC 0 0 9 9 re f /Fm Do")
    page.obj.Contents = pdf.make_stream(b"\n".join(parts))
    note = _note(Name.Stamp, AP=Dictionary(N=_form(pdf, text("GOESSTAMP", top=5))), F=4, OC=hidden)
    page.obj.Annots = Array([pdf.make_indirect(note)])
    return saved(pdf)


@case
def tagged() -> bytes:
    pdf, page = paper()
    orders = b"/P <</MCID 0 /ActualText (GOESACTUAL)>> BDC BT /F1 14 Tf 72 700 Td (STAYSTAGGED BDC) Tj ET EMC /X MP"
    page.obj.Contents = pdf.make_stream(orders)
    page.obj.StructParents = 0
    item = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=0, Pg=page.obj, Alt=String("GOESALT")))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=item)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    return saved(pdf)


def _bomb() -> bytes:
    return zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9)


def _picture(pdf: Pdf) -> Stream:
    picture = Stream(
        pdf, bytes([200] * 16), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4, ColorSpace=Name.DeviceGray,
        BitsPerComponent=8, Alternates=Array([Dictionary(Image=pdf.make_stream(b"GOESOTHERIMAGE"))]),
        OPI=Dictionary(F=String("GOESOPI")), Metadata=pdf.make_stream(b"GOESPHOTO"),
    )  # fmt: skip
    picture.ID = String("GOESID")
    return picture


def _file(pdf: Pdf, content: bytes) -> Object:
    kept = pdf.make_stream(content)
    kept.Type = Name.EmbeddedFile
    about = Dictionary(
        Type=Name.Filespec, F=String("GOESFILENAME.bin"), EF=Dictionary(F=kept), AFRelationship=Name.Data
    )
    return pdf.make_indirect(about)


def _form(pdf: Pdf, orders: bytes) -> Stream:
    font = Dictionary(Font=Dictionary(F1=helvetica(pdf)))
    form = Stream(pdf, orders, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 30], Resources=font)
    form.PieceInfo = Dictionary(Private=String("GOESDEEP"))
    return form


def _note(kind: Name, **entries: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=kind, Rect=[100, 400, 300, 430], **entries)  # type: ignore[arg-type]


if __name__ == "__main__":
    for name, make in MAKERS.items():
        content = make()
        if len(content) <= LARGEST:
            (FOLDER / name).write_bytes(content)
