"""Packages that were changed or forged: each is refused with a sentence, and nothing is changed (policy: U3)."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_receive import next_school, package, unchanged
from tests.moving import Kept, unzipped, zipped

__all__ = ["package"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return next_school(tmp_path_factory.mktemp("next") / "new")


@pytest.fixture
def school(empty: Kept, tmp_path: Path) -> Kept:
    return empty.copy(tmp_path / "new")


def repacked(package: Path, into: Path, change: Callable[[Path], object]) -> Path:
    """Change what is in a package and pack it again, every checksum made to fit."""
    top = unzipped(package, into / "changed")
    change(top)
    fit(top)
    made = into / "changed.zip"
    made.write_bytes(zipped(top))
    return made


def fit(top: Path) -> None:
    """Write the checksums and the size anew, as whoever forges a package would."""
    payload = sorted(each for each in (top / "data").rglob("*") if each.is_file())
    size = sum(each.stat().st_size for each in payload)
    info = [line for line in (top / "bag-info.txt").read_text("utf-8").splitlines() if "Oxum" not in line]
    (top / "bag-info.txt").write_text("\n".join([*info, f"Payload-Oxum: {size}.{len(payload)}", ""]), "utf-8")
    for name, files in (
        ("manifest-sha256.txt", payload),
        ("tagmanifest-sha256.txt", [top / each for each in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")]),
    ):
        lines = (
            f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.relative_to(top).as_posix()}\n" for each in files
        )
        (top / name).write_text("".join(lines), "utf-8")


def about(top: Path, **changes: object) -> None:
    path = top / "data/about.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def append(path: Path, content: bytes = b"x") -> None:
    path.write_bytes(path.read_bytes() + content)


FORGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file without history": (
        lambda top: append(top / "data/file/2026-27/strengths.md"),
        "does not end with the files",
    ),
    "a file beside": (lambda top: (top / "data/run.sh").write_text("x"), "this is no package of a student's file"),
    "a newer form": (lambda top: about(top, format=2), "made by a newer edition of `sep`"),
    "no form": (lambda top: about(top, format="1"), "does not say whose file it is"),
    "another form of records": (lambda top: about(top, store=2), "another form of records (2, here it is 1)"),
    "a folder elsewhere": (lambda top: about(top, student="../../etc"), "does not say whose file it is"),
    "a name that hides": (lambda top: about(top, name="Sam\x1b[2J"), "does not say whose file it is"),
    "no day": (lambda top: about(top, on="yesterday"), "does not say whose file it is"),
    "a list for an object": (lambda top: (top / "data/about.json").write_text("[1]"), "does not say whose file it is"),
    "deep": (lambda top: (top / "data/about.json").write_text("[" * 100_000), "does not say whose file it is"),
    "another history": (lambda top: about(top, version="0" * 40), "not the one that it names"),
    "no history": (lambda top: (top / "data/history.bundle").write_bytes(b""), "the history in the package is damaged"),
    "half a history": (
        lambda top: (top / "data/history.bundle").write_bytes((top / "data/history.bundle").read_bytes()[:-900]),
        "the history in the package is damaged",
    ),
    "more than a history": (lambda top: append(top / "data/history.bundle"), "the history in the package is damaged"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_package_is_refused(name: str, school: Kept, package: Path, tmp_path: Path) -> None:
    change, told = FORGED[name]
    bad = repacked(package, tmp_path, change)
    assert told in unchanged(school, "receive", str(bad))


def test_what_is_no_package(school: Kept, tmp_path: Path) -> None:
    assert "cannot be read" in unchanged(school, "receive", str(tmp_path / "none.zip"))
    assert "cannot be read" in unchanged(school, "receive", str(tmp_path))
    (tmp_path / "words.zip").write_text("words")
    assert "damaged or was cut off" in unchanged(school, "receive", str(tmp_path / "words.zip"))


# --- histories that hold what they should not ------------------------------------------------------------------


def bundle(top: Path, change: Callable[[Path], object], ref: str = "refs/heads/file") -> None:
    """Make the history in a package anew after `change` has done something to a clone of it."""
    work = top.parent / "work"
    quiet = {"capture_output": True, "check": True}
    subprocess.run(["git", "clone", "-q", "-b", "file", str(top / "data/history.bundle"), str(work)], **quiet)  # type: ignore[call-overload]
    change(work)
    tip = subprocess.run(["git", "rev-parse", ref], cwd=work, **quiet).stdout.decode().strip()  # type: ignore[call-overload]
    made = subprocess.run(["git", "bundle", "create", "-q", "-", ref], cwd=work, **quiet).stdout  # type: ignore[call-overload]
    (top / "data/history.bundle").write_bytes(made)
    about(top, version=tip)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=X", "-c", "user.email=x@x.example", *arguments], cwd=folder, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def committed(work: Path, path: str, content: str = "x", *, taken_back: bool = True) -> None:
    """Save a file and take it out again, so that only the history holds it."""
    (work / path).parent.mkdir(parents=True, exist_ok=True)
    (work / path).write_text(content)
    git(work, "add", "-f", path)
    git(work, "commit", "-q", "-m", "x")
    if taken_back:
        git(work, "rm", "-q", path)
        git(work, "commit", "-q", "-m", "x")


def linked(work: Path) -> None:
    (work / "2026-27/strengths-2.md").symlink_to("/etc/passwd")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "x")
    git(work, "rm", "-q", "2026-27/strengths-2.md")
    git(work, "commit", "-q", "-m", "x")


def submodule(work: Path) -> None:
    git(work, "update-index", "--add", "--cacheinfo", f"160000,{git(work, 'rev-parse', 'HEAD')},2026-27/plan")
    git(work, "commit", "-q", "-m", "x")
    git(work, "rm", "-q", "--cached", "2026-27/plan")
    git(work, "commit", "-q", "-m", "x")


def unrelated(work: Path) -> None:
    """Put an object of somebody else's into the pack that no version holds."""
    git(work, "checkout", "-q", "--orphan", "other")
    git(work, "rm", "-rqf", ".")
    committed(work, "student.yaml", "another", taken_back=False)
    git(work, "checkout", "-q", "file")


HISTORIES: dict[str, Callable[[Path], object]] = {
    "another folder": lambda work: committed(work, "students/other/student.yaml"),
    "attributes": lambda work: committed(work, ".gitattributes", "* filter=evil\n"),
    "submodules": lambda work: committed(work, ".gitmodules", "[submodule]\n"),
    "a hook": lambda work: committed(work, "hooks/post-checkout"),
    "settings": lambda work: committed(work, "config", "[core]\n fsmonitor = evil\n"),
    "a stray": lambda work: committed(work, "2026-27/progress/run.sh"),
    "a name of Windows": lambda work: committed(work, "2026-27/progress/con.md"),
    "a name that leads elsewhere on Windows": lambda work: committed(work, "2026-27/progress/a\\..\\b.md"),
    "a page": lambda work: committed(work, "2026-27/index.html"),
    "too large": lambda work: committed(work, "2026-27/progress/2026-10-01-a.md", "x" * 300_000),
    "a link": linked,
    "a submodule": submodule,
}


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_holds_records_alone(name: str, school: Kept, package: Path, tmp_path: Path) -> None:
    bad = repacked(package, tmp_path, lambda top: bundle(top, HISTORIES[name]))
    said = unchanged(school, "receive", str(bad))
    assert "belongs to no student's file" in said or "larger than any" in said


def two_names(top: Path) -> None:
    bundle(top, lambda _: None)
    path = top / "data/history.bundle"
    head, _, pack = path.read_bytes().partition(b"\n\n")
    tip = head.split(b"\n")[-1].split(b" ")[0]
    path.write_bytes(head + b"\n" + tip + b" refs/heads/other\n\n" + pack)


def other_name(top: Path) -> None:
    path = top / "data/history.bundle"
    path.write_bytes(path.read_bytes().replace(b"refs/heads/file", b"refs/heads/main", 1))


def needs_more(top: Path) -> None:
    path = top / "data/history.bundle"
    path.write_bytes(path.read_bytes().replace(b"# v2 git bundle\n", b"# v2 git bundle\n-" + b"1" * 40 + b" x\n", 1))


def foreign_objects(top: Path) -> None:
    """Pack a second history along, and name only the first."""

    def pack_both(work: Path) -> None:
        unrelated(work)

    bundle(top, pack_both)
    work = top.parent / "work"
    path = top / "data/history.bundle"
    head = path.read_bytes().partition(b"\n\n")[0]
    packed = subprocess.run(
        ["git", "pack-objects", "--stdout", "--revs", "-q"], cwd=work, input=b"file\nother\n", capture_output=True,
        check=True,
    )  # fmt: skip
    path.write_bytes(head + b"\n\n" + packed.stdout)


@pytest.mark.parametrize("forge", [two_names, other_name, needs_more, foreign_objects])
def test_a_bundle_holds_one_branch_and_all_of_it(
    forge: Callable[[Path], object], school: Kept, package: Path, tmp_path: Path
) -> None:
    bad = repacked(package, tmp_path, forge)
    assert "the history in the package is damaged" in unchanged(school, "receive", str(bad))


def test_words_at_saving_and_authors_of_the_package_are_not_believed(
    school: Kept, package: Path, tmp_path: Path
) -> None:
    def change(work: Path) -> None:
        git(work, "commit", "-q", "--allow-empty", "-m", f"Sep-Received: {'0' * 40}\n\nEVILWORD")

    def forge(top: Path) -> None:
        bundle(top, change)

    done = school.sep("receive", str(repacked(package, tmp_path, forge)), "--yes")
    assert done.exit_code == 0, done.stderr
    assert "EVILWORD" not in school.git("log", "--format=%B")


def test_a_document_that_is_none_is_named_and_shown_to_nobody(school: Kept, package: Path, tmp_path: Path) -> None:
    """A web page under a picture's name comes in as what it is: a finding."""

    def forge(top: Path) -> None:
        picture = "2026-27/documents/book-shelf.png"
        bundle(top, lambda work: committed(work, picture, "<script>EVILWORD</script>", taken_back=False))
        shutil.copy(top.parent / "work" / picture, top / "data/file" / picture)

    done = school.sep("receive", str(repacked(package, tmp_path, forge)), "--yes")
    assert done.exit_code == 0, done.stderr
    assert "There are no pages until 1 error" in done.stderr
    assert "SEP412" in school.sep("check", "sam").stdout
    school.sep("build")
    assert b"EVILWORD" not in b"".join(school.pages().values())
