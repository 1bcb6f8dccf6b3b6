"""Make `site_builder/data/fonts/`: the letters of the printed binder, cut down to the scripts that it sets.

The fonts come out of published npm packages (`make data`), pinned by version and digest: inputs of development and no
dependency of the program. Their licence, the SIL Open Font License 1.1, allows parts of them to be passed on
under the same names, for none of them reserves its name. The same packages give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fontTools import subset
from fontTools.ttLib import TTFont
from make_data import DATA, Package

FOLDER = DATA / "fonts"
COVERAGE = "coverage.csv"
SANS = Package(
    "@expo-google-fonts/noto-sans", "0.4.2", "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548"
)
SERIF = Package(
    "@expo-google-fonts/noto-serif", "0.4.2", "78810a8143112a326def7ec976601ecb9855a9e79082c727246beec4f0531d0c"
)
MONO = Package(
    "@expo-google-fonts/noto-sans-mono", "0.4.2", "fc1ae36c3c68e50fa7c12a37e987d7fa1325d280969912d181548ff8f1ce2e2b"
)
ARABIC = Package(
    "@expo-google-fonts/noto-sans-arabic", "0.4.3", "29e966f9d48a4ce7dd3c2c4c016f29cd888089538217303fb2c87de9e7f048ed"
)
HEBREW = Package(
    "@expo-google-fonts/noto-sans-hebrew", "0.4.1", "f82f8e852e3355521c511f2762a0130216d208d108bf4739aa977eb6a6d3012c"
)
EMOJI = Package(
    "@expo-google-fonts/noto-emoji", "0.4.7", "6a25fd5a4da5bb34bbc2d300531bbf32de86afd866e119314d7e358f61a6104d"
)
SYMBOLS = Package(
    "@expo-google-fonts/noto-sans-symbols-2",
    "0.4.1",
    "3bf3d6333487df36e88d146e032a9ed8246617ca2dfe1513a8a382c3fad12ac4",
)

# Latin with its marks (Spanish, Navajo, Vietnamese, Hawaiian, Samoan ...), Greek, Cyrillic, punctuation and arrows.
_LETTERS = [(0x20, 0x52F), (0x1AB0, 0x1AFF), (0x1D00, 0x1FFF), (0x2000, 0x218F), (0x2190, 0x21FF), (0x2C60, 0x2C7F)]
_LETTERS += [(0xA640, 0xA69F), (0xA720, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB06), (0x25CC, 0x25CC)]
_PLAIN = [(0x20, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x22FF)]
_SIGNS = [(0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x27BF), (0x2B00, 0x2BFF)]
_ALL = [(0x20, 0x10FFFF)]
FONTS = (
    (SANS, "400Regular/NotoSans_400Regular.ttf", _LETTERS),
    (SANS, "400Regular_Italic/NotoSans_400Regular_Italic.ttf", _LETTERS),
    (SANS, "600SemiBold/NotoSans_600SemiBold.ttf", _LETTERS),
    (SANS, "600SemiBold_Italic/NotoSans_600SemiBold_Italic.ttf", _LETTERS),
    (SERIF, "400Regular_Italic/NotoSerif_400Regular_Italic.ttf", _LETTERS),
    (SERIF, "600SemiBold/NotoSerif_600SemiBold.ttf", _LETTERS),
    (MONO, "400Regular/NotoSansMono_400Regular.ttf", _PLAIN),
    (ARABIC, "400Regular/NotoSansArabic_400Regular.ttf", _ALL),
    (HEBREW, "400Regular/NotoSansHebrew_400Regular.ttf", _ALL),
    (SYMBOLS, "400Regular/NotoSansSymbols2_400Regular.ttf", _SIGNS),
    (EMOJI, "400Regular/NotoEmoji_400Regular.ttf", _ALL),
)
"""Each font: its package, its file there, and the ranges of characters that stay in it."""


def download(package: Package, folder: Path) -> tarfile.TarFile:
    """Download the package's archive into `folder` and open it; stops where it is another one than was named."""
    wanted = f"{package.name}@{package.version}"
    subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607
    archive = folder / f"{package.name[1:].replace('/', '-')}-{package.version}.tgz"
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != package.sha256:
        sys.exit(f"{archive.name} is not the archive that was looked at: its digest is {digest}")
    return tarfile.open(archive)


def read(archive: tarfile.TarFile, path: str) -> bytes:
    """Return a file of the package."""
    member = archive.extractfile(f"package/{path}")
    if member is None:
        sys.exit(f"the package has no file {path}")
    return member.read()


def file_name(path: str) -> str:
    """Return `NotoSans-SemiBold.ttf` for `600SemiBold/NotoSans_600SemiBold.ttf`."""
    family, style = path.rsplit("/", 1)[-1].split("_", 1)
    return f"{family}-{style.lstrip('0123456789').replace('_', '')}"


def cut(content: bytes, ranges: Iterable[tuple[int, int]]) -> bytes:
    """Return the font with the characters in `ranges` alone, and without what only screens need."""
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False)
    options.drop_tables += ["DSIG", "STAT", "meta"]
    options.recalc_timestamp = False
    options.layout_features += ["tnum", "lnum"]
    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes={code for first, last in ranges for code in range(first, min(last, 0x1FFFF) + 1)})
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def characters(fonts: Iterable[bytes]) -> set[int]:
    """Return the characters that at least one of the fonts has."""
    return {code for each in fonts for code in TTFont(io.BytesIO(each)).getBestCmap()}


def spans(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give the numbers as spans, first and last, in their order."""
    first = last = -2
    for code in sorted(codes):
        if code != last + 1 and first >= 0:
            yield first, last
        first = code if code != last + 1 else first
        last = code
    if first >= 0:
        yield first, last


def main() -> None:
    """Write the fonts, their licence and the list of the characters that they have."""
    FOLDER.mkdir(exist_ok=True)
    made: dict[str, bytes] = {}
    owners: list[str] = []
    licence = ""
    with tempfile.TemporaryDirectory() as folder:
        for package in dict.fromkeys(package for package, _, _ in FONTS):
            with download(package, Path(folder)) as archive:
                for _, path, ranges in (each for each in FONTS if each[0] == package):
                    made[file_name(path)] = cut(read(archive, path), ranges)
                owner, _, licence = read(archive, "LICENSE_FONT").decode().partition("\n")
                owners += [owner] if owner not in owners else []
    for name, content in made.items():
        (FOLDER / name).write_bytes(content)
    (FOLDER / "OFL.txt").write_text("\n".join([*owners, licence]), encoding="utf-8")
    covered = "".join(f"{first:04X},{last:04X}\n" for first, last in spans(characters(made.values())))
    (FOLDER / COVERAGE).write_text("first,last\n" + covered, encoding="ascii")
    sys.stdout.write(f"{len(made)} fonts, {sum(map(len, made.values())):,} bytes, in {FOLDER}\n")


if __name__ == "__main__":
    main()
