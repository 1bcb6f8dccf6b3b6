"""A BagIt folder (RFC 8493) as one ZIP file: written with the same bytes from the same content, and read with care.

The known library for BagIt works on folders that lie unpacked on the disk and takes the day from the clock. Here a
student's file never lies unpacked anywhere, and every byte follows from what is handed in; tests hold what is written
here to that library.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.base.errors import WrongUse

LARGEST = 512 * 1024 * 1024
"""So many bytes a package may have, packed or unpacked."""

MOST_FILES = 20_000

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST, _TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_ASK = "ask the school that made it for a new one"


@dataclass(frozen=True, slots=True)
class Bag:
    """A package: what `bag-info.txt` says of it, and its files by path in `data/`."""

    about: Mapping[str, str]
    files: Mapping[str, bytes]


def packed(name: str, bag: Bag) -> bytes:
    """Return the ZIP file of a bag whose one folder is called `name`."""
    payload = {f"data/{path}": content for path, content in bag.files.items()}
    size = sum(map(len, bag.files.values()))
    about = {**bag.about, "Payload-Oxum": f"{size}.{len(payload)}"}
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(f"{key}: {' '.join(value.split())}\n" for key, value in about.items()).encode(),
        _MANIFEST: _manifest(payload),
    }
    tags[_TAGS] = _manifest(tags)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in sorted({**tags, **payload}.items()):
            entry = zipfile.ZipInfo(f"{name}/{path}", _EPOCH)
            entry.create_system = 3  # the same bytes on every system
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o600) << 16
            archive.writestr(entry, content)
    return out.getvalue()


def unpacked(content: bytes) -> Bag:
    """Return the bag in a ZIP file, every checksum of it verified; raises `WrongUse` with what is wrong with it."""
    files = _members(content)
    top = {path.partition("/")[0] for path in files}
    if len(top) != 1 or any("/" not in path for path in files):
        raise WrongUse("this is no package of a student's file: it is not one folder", _ASK)
    inside = {path.partition("/")[2]: each for path, each in files.items()}
    tags = {path: each for path, each in inside.items() if not path.startswith("data/")}
    if inside.get("bagit.txt") != _DECLARATION or not {"bag-info.txt", _MANIFEST, _TAGS} <= set(tags):
        raise WrongUse("this is no package of a student's file: it does not say what it is", _ASK)
    if set(tags) != {"bagit.txt", "bag-info.txt", _MANIFEST, _TAGS}:
        raise WrongUse("the package holds files that no such package has", _ASK)
    payload = {path: each for path, each in inside.items() if path.startswith("data/")}
    _verify(inside[_TAGS], {path: each for path, each in tags.items() if path != _TAGS})
    _verify(inside[_MANIFEST], payload)
    about = _about(inside["bag-info.txt"])
    if about.get("Payload-Oxum") != f"{sum(map(len, payload.values()))}.{len(payload)}":
        raise WrongUse("the package is not whole: its size is not the one that it names", _ASK)
    return Bag(about, {path.removeprefix("data/"): each for path, each in payload.items()})


def _manifest(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {_escaped(path)}\n" for path, content in sorted(files.items()))
    return "".join(lines).encode()


def _escaped(path: str) -> str:
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _members(content: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP file, none of them larger than it says, links, twins and ways out refused."""
    if len(content) > LARGEST:
        raise WrongUse(f"the package is larger than {LARGEST // 2**20} MB", _ASK)
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                raise WrongUse(f"the package holds more than {MOST_FILES} files", _ASK)
            if sum(each.file_size for each in entries) > LARGEST:
                raise WrongUse(f"unpacked, the package is larger than {LARGEST // 2**20} MB", _ASK)
            for each in entries:
                _make_sure(each, taken)
                with archive.open(each) as stream:
                    found[each.filename] = stream.read(each.file_size + 1)
                if len(found[each.filename]) != each.file_size:
                    raise zipfile.BadZipFile(each.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as fault:
        raise WrongUse("the package is damaged or was cut off on its way", _ASK) from fault
    return found


def _make_sure(entry: zipfile.ZipInfo, taken: set[str]) -> None:
    name = entry.filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    parts = name.split("/")
    if name.startswith("/") or "\\" in entry.orig_filename or ":" in name or not name.isprintable():
        raise WrongUse("a name in the package leads out of it", _ASK)
    if any(part in ("", ".", "..") for part in parts):
        raise WrongUse("a name in the package leads out of it", _ASK)
    if kind not in (0, stat.S_IFREG) or entry.is_dir():
        raise WrongUse("the package holds something that is no plain file", _ASK)
    if entry.flag_bits & 1:
        raise WrongUse("the package is locked with a password", "take it in as it was made: it has none then")
    if name.casefold() in taken:
        raise WrongUse("two files of the package have one name", _ASK)
    taken.add(name.casefold())


def _verify(manifest: bytes, files: Mapping[str, bytes]) -> None:
    """Hold files against a manifest, both ways; raises `WrongUse`."""
    said: dict[str, str] = {}
    for line in manifest.decode("utf-8", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise WrongUse("the list of checksums in the package cannot be read", _ASK)
        said[match[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")] = match[1]
    if set(said) != set(files):
        raise WrongUse("the package is not whole: files are missing, or are more than it names", _ASK)
    if any(hashlib.sha256(files[path]).hexdigest() != digest for path, digest in said.items()):
        raise WrongUse("the package was changed or damaged since it was made: a checksum does not hold", _ASK)


def _about(content: bytes) -> dict[str, str]:
    lines = content.decode("utf-8", "replace").splitlines()
    return {key.strip(): value.strip() for key, colon, value in (line.partition(":") for line in lines) if colon}
