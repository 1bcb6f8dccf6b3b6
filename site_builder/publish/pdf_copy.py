"""Copying what a PDF page needs to be drawn, and nothing else, into another PDF.

It works by a list of what may come along: a key that no drawing needs (an action, a program, another file, a note of
the program that wrote it) has no way into the copy, whatever it is called. Nothing here calls itself along references
between objects, so a long chain of them costs no more than its length.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from site_builder.publish.pdf_content import plain_content
from site_builder.publish.pdf_layers import Layers

LOCKED, DAMAGED, EMPTY, LONG, PACKED = "locked", "damaged", "empty", "long", "packed"
"""Why a document cannot be printed."""

_MIB = 1024 * 1024
_MOST_OBJECTS = 200_000
_MOST_CONTENT = 128 * _MIB
_MOST_IN_LZW = _MIB // 4  # its codes can stand for a thousand times their length, and nothing limits the unpacking
_MOST_PIXELS = 200_000_000
_RESOURCES = frozenset(("Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading"))
_NEEDED_NAMES = """
    Type Subtype Filter DecodeParms Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign
    Rows EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform JBIG2Globals
    Name BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo DW W DW2
    W2 CIDToGIDMap FontBBox FontMatrix CharProcs Resources FontName FontFamily FontStretch FontWeight Flags
    ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile
    FontFile2 FontFile3 CharSet CIDSet Style Length1 Length2 Length3 Registry Ordering Supplement BaseEncoding
    Differences CMapName WMode UseCMap
    Width Height ColorSpace Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte FormType BBox Matrix
    Group S CS I
    LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM CA ca AIS TK G BC
    HalftoneType HalftoneName Frequency Angle SpotFunction AccurateScreens TransferFunction Xsquare Ysquare
    N Alternate Range Gamma WhitePoint BlackPoint Colorants Process MixingHints Components Solidities PrintingOrder
    DotGain PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background AntiAlias Domain
    Function Coords Extend BitsPerCoordinate BitsPerFlag VerticesPerRow FunctionType Functions Bounds Encode C0 C1
    Size BitsPerSample Order
"""
_NEEDED = frozenset(_NEEDED_NAMES.split())
"""What kind of thing it is and how its bytes are packed; fonts; images and forms; the state of drawing; colours."""

Plain: TypeAlias = Any
"""What pikepdf takes for a value: an object, a number, a truth, or nothing."""


class Unprintable(Exception):
    """The document cannot be printed; `cause` is one of the words above."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Copier:
    """Copies forms into `to`; with `layers`, those of the document that they come from, what is hidden stays behind.

    `cut` tells afterwards whether some content had to be taken as far as it could be read.
    """

    def __init__(self, to: pikepdf.Pdf, layers: Layers) -> None:
        self.cut = False
        self._to = to
        self._layers = layers
        self._made: dict[tuple[tuple[int, int], str], Object | None] = {}
        self._waiting: list[tuple[Object, Object, str]] = []
        self._content_left = _MOST_CONTENT

    def form(self, resources: Object | None, content: bytes, about: dict[str, Plain], source: pikepdf.Pdf) -> Stream:
        """Return a form in the target that draws `content`; `about` are its own entries. Raises `Unprintable`."""
        found = resources if isinstance(resources, Dictionary) else Dictionary()
        drawn = plain_content(content, source.make_stream(content), found, self._layers)
        made = self._to.make_stream(drawn)
        made.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form)
        for key, value in about.items():
            made[f"/{key}"] = self._copied(value, "typed")
        made.Resources = self._copied(found, "resources")
        while self._waiting:
            self._fill(*self._waiting.pop())
        return made

    def content_of(self, streams: Iterable[Object]) -> bytes:
        """Return the drawing orders in `streams`, each as far as it can be read. Raises `Unprintable`."""
        return b"\n".join(self._content(each) for each in streams if isinstance(each, Stream))

    def _content(self, stream: Stream) -> bytes:
        filters = [str(each) for each in _each(stream.get(Name.Filter))]
        if "/LZWDecode" in filters and len(stream.read_raw_bytes()) > _MOST_IN_LZW:
            raise Unprintable(PACKED)
        try:
            content = stream.read_bytes()
        except pikepdf.DataDecodingError as fault:
            if "limit" in str(fault):
                raise Unprintable(PACKED) from fault
            content = _inflated(stream.read_raw_bytes()) if filters == ["/FlateDecode"] else b""
            self.cut = True
        self._content_left -= len(content)
        if self._content_left < 0:
            raise Unprintable(PACKED)
        return content

    def _copied(self, value: Plain, way: str) -> Plain:
        if isinstance(value, (bool, int, float, Decimal)) or value is None:
            return value
        if not isinstance(value, Object):
            return None
        if isinstance(value, (Stream, Dictionary, Array)) and value.is_indirect:
            return self._announced(value, way)
        if isinstance(value, Dictionary):
            made = Dictionary()
            self._fill(value, made, way)
            return made
        if isinstance(value, Array):
            return Array([self._copied(each, way) for each in value])
        if isinstance(value, Name):
            return Name(str(value))
        return String(bytes(value)) if isinstance(value, String) else None

    def _announced(self, value: Object, way: str) -> Object | None:
        key = value.objgen, way
        if key not in self._made:
            if len(self._made) >= _MOST_OBJECTS:
                raise Unprintable(PACKED)
            if isinstance(value, Stream):
                made: Object | None = self._to.make_stream(b"") if self._is_drawn(value) else None
            else:
                made = self._to.make_indirect(Array() if isinstance(value, Array) else Dictionary())
            self._made[key] = made
            if made is not None:
                self._waiting.append((value, made, way))
        return self._made[key]

    def _fill(self, value: Object, made: Object, way: str) -> None:
        if isinstance(value, Array):
            for each in value:
                made.append(self._copied(each, way))
            return
        for key, each in value.items():
            below = _way_below(way, key[1:])
            copied = self._copied(each, below) if below else None
            if copied is not None:
                made[key] = copied
        if isinstance(value, Stream) and isinstance(made, Stream):
            self._fill_bytes(value, made, way)

    def _fill_bytes(self, value: Stream, made: Stream, way: str) -> None:
        if way == "orders" or value.get(Name.Subtype) == Name.Form or value.get(Name.PatternType) == 1:
            resources = value.get(Name.Resources)
            found = resources if isinstance(resources, Dictionary) else Dictionary()
            made.write(plain_content(self._content(value), value, found, self._layers))
        else:
            filters = made.get(Name.Filter)
            parameters = made.get(Name.DecodeParms)
            made.write(
                value.read_raw_bytes(),
                filter=filters if isinstance(filters, (Name, Array)) else None,
                decode_parms=parameters if isinstance(parameters, (Dictionary, Array)) else None,
            )

    def _is_drawn(self, stream: Stream) -> bool:
        """Tell whether a stream is copied: none that is hidden, a program, kept elsewhere, or locked by itself."""
        if self._layers.hides(stream.get(Name.OC)) or stream.get(Name.Subtype) == Name.PS or Name.F in stream:
            return False
        if Name.Crypt in _each(stream.get(Name.Filter)):
            return False
        if stream.get(Name.Subtype) == Name.Image:
            width, height = stream.get(Name.Width), stream.get(Name.Height)
            if isinstance(width, int) and isinstance(height, int) and width * height > _MOST_PIXELS:
                raise Unprintable(PACKED)
        return True


def _way_below(way: str, name: str) -> str:
    """Return how what stands under `name` is copied, or nothing where it is not."""
    if way == "resources":
        return "names" if name in _RESOURCES else ""
    if way in {"names", "glyphs"}:
        return "orders" if way == "glyphs" else "typed"
    if name == "Resources":
        return "resources"
    if name in {"CharProcs", "Colorants"}:
        return "glyphs" if name == "CharProcs" else "names"
    return "typed" if name in _NEEDED else ""


def _each(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _inflated(raw: bytes) -> bytes:
    """Return what can be unpacked of a damaged stream."""
    inflate, found, left = zlib.decompressobj(), [], 64 * _MIB
    try:
        for start in range(0, len(raw), 4096):
            found.append(inflate.decompress(raw[start : start + 4096], left))
            left -= len(found[-1])
            if left <= 0:
                raise Unprintable(PACKED)
    except zlib.error:
        pass
    return b"".join(found)
