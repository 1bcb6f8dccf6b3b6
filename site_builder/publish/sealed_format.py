"""The sealed form of a person's pages, byte for byte as `docs/sealed-format.md` has it (policy: P35).

A key is made of the phrase, that key opens the content's own random key, and the content's key opens equal chunks. Each
chunk is bound to the whole header, to its place and to whether it is the last.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MAGIC = b"SEPSEAL\0"
VERSION = 1
KDF_PBKDF2_SHA256 = 1
CIPHER_AES256_GCM = 1
ITERATIONS = 1_000_000
CHUNK = 1 << 20
TAG = 16
HEADER = 136
"""Bytes of the header: 56 that the wrapped key is bound to, the wrapped key (48), their digest (32)."""

_FIXED = struct.Struct(">8s4BIIQ16s12s")
_MOST_CHUNKS = 4096

Draw = Callable[[int], bytes]
"""Gives so many random bytes."""


class TooLarge(ValueError):
    """The pages of one person are more than a sealed file can hold: 4 GiB."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file within the sealed one.

    `kind` says what a reader does with it: `page` (shown), `style` (of pages), `image` (shown), `file` (saved only).
    """

    path: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """The header, 136 bytes, and the chunks, each 1 MiB and its tag of 16 bytes."""

    header: bytes
    chunks: tuple[bytes, ...]


def packed(entries: Iterable[Entry], start: str) -> bytes:
    """Return the plain content: the length of the list, the list as JSON, the files, and zeros to whole chunks.

    `start` is the path of the page that is shown first. The zeros hide how much there is, to a mebibyte.
    """
    kept = list(entries)
    listed = [{"path": each.path, "kind": each.kind, "size": len(each.content)} for each in kept]
    manifest = json.dumps({"start": start, "files": listed}, ensure_ascii=False, separators=(",", ":")).encode()
    content = b"".join((struct.pack(">I", len(manifest)), manifest, *(each.content for each in kept)))
    return content + bytes(-len(content) % CHUNK)


def seal(content: bytes, secret: bytes, draw: Draw = secrets.token_bytes) -> Sealed:
    """Seal `content` of whole chunks with the normalised phrase `secret`; salt and keys are drawn anew each time.

    Raises `TooLarge`.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # half the commands never need it

    count = len(content) // CHUNK
    if count * CHUNK != len(content) or not content:
        raise ValueError("the content is no whole number of chunks")
    if count > _MOST_CHUNKS:
        raise TooLarge
    salt, nonce, key = draw(16), draw(12), draw(32)
    fixed = _FIXED.pack(
        MAGIC, VERSION, KDF_PBKDF2_SHA256, CIPHER_AES256_GCM, 0, ITERATIONS, CHUNK, len(content), salt, nonce
    )
    opener = hashlib.pbkdf2_hmac("sha256", secret, salt, ITERATIONS, 32)
    wrapped = AESGCM(opener).encrypt(nonce, key, fixed)
    header = fixed + wrapped + hashlib.sha256(fixed + wrapped).digest()
    cipher = AESGCM(key)
    chunks = []
    for index in range(count):
        place = chunk_place(index, count)
        plain = content[index * CHUNK : (index + 1) * CHUNK]
        chunks.append(cipher.encrypt(bytes(7) + place, plain, header + place))
    return Sealed(header, tuple(chunks))


def chunk_place(index: int, count: int) -> bytes:
    """Return the five bytes that bind a chunk to its place: its number from 0, and 1 where it is the last."""
    return struct.pack(">IB", index, int(index == count - 1))
