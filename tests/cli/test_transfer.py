"""`sep transfer`: one student's file with its history for the next school, and nobody else's (policy: U3)."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path

import bagit
import pytest

from tests.moving import Kept, objects, unzipped

SAM = "students/lopez-sam"
NEXT = "Red Butte High School"
ASK = ("transfer", "sam", "--to", NEXT)
ENROLLING = (*ASK, "--enrolling", "--told", "2026-11-20")
PACKAGE = "build/transfers/lopez-sam-2026-11-24.zip"


@pytest.fixture
def school(tmp_path: Path) -> Kept:
    made = Kept(tmp_path / "old")
    made.save("the records as they were")
    return made


def clone(package: Path, into: Path) -> Path:
    """Take the bundle out of a package, with git alone, and return the repository."""
    top = unzipped(package, into / "unpacked")
    subprocess.run(["git", "init", "-q", "--bare", str(into / "clone.git")], check=True)
    subprocess.run(
        ["git", "fetch", "-q", str(top / "data/history.bundle"), "+refs/*:refs/*"], cwd=into / "clone.git", check=True
    )
    return into / "clone.git"


def log(repository: Path, form: str) -> list[str]:
    done = subprocess.run(
        ["git", "log", "--reverse", f"--format={form}", "file"], cwd=repository, capture_output=True, check=True
    )
    return done.stdout.decode().splitlines()


def test_a_copy_without_the_older_saves_says_so(school: Kept, tmp_path: Path) -> None:
    assert "lacks the older saves" not in school.sep(*ENROLLING, "--dry-run").stderr
    school.write(f"{SAM}/2026-27/progress/2026-10-05-note.md", "---\nby: reyes\ndate: 2026-10-05\n---\nOne more.\n")
    school.save("one more")
    copy = school.copy(tmp_path / "copy")
    (copy.folder / ".git/shallow").write_text(copy.git("rev-parse", "HEAD") + "\n", "ascii")
    done = copy.sep(*ENROLLING, "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "lacks the older saves" in done.stderr


def test_the_package_is_a_bag_that_the_known_library_finds_whole(school: Kept, tmp_path: Path) -> None:
    done = school.sep(*ENROLLING)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[-1] == PACKAGE
    top = unzipped(school.folder / PACKAGE, tmp_path / "box")
    bag = bagit.Bag(str(top))
    bag.validate()
    assert bag.info["Source-Organization"] == "Small School"
    about = json.loads((top / "data/about.json").read_text("utf-8"))
    assert (about["student"], about["name"], about["on"]) == ("lopez-sam", "Samuel Lopez", "2026-11-24")
    for path in ("student.yaml", "2026-27/objectives/read-more.yaml", "2026-27/documents/book-shelf.png"):
        assert (top / "data/file" / path).read_bytes() == (school.records / SAM / path).read_bytes()
    assert (school.folder / PACKAGE).stat().st_mode & 0o777 == 0o600


def test_the_same_again_gives_the_same_bytes_and_is_written_down_once(school: Kept) -> None:
    school.sep(*ENROLLING)
    first = (school.folder / PACKAGE).read_bytes()
    school.sep(*ENROLLING)
    assert (school.folder / PACKAGE).read_bytes() == first
    assert [each.name for each in (school.records / SAM / "disclosures").iterdir()] == [
        "2026-11-24-red-butte-high-school.yaml"
    ]


def test_what_was_given_is_written_down(school: Kept) -> None:
    school.sep(*ENROLLING)
    text = (school.records / SAM / "disclosures/2026-11-24-red-butte-high-school.yaml").read_text("utf-8")
    assert f"to: {NEXT}\n" in text
    assert 'law: "34 CFR 99.31(a)(2): officials of a school to which the student transfers"\n' in text
    assert "the family was told on 2026-11-20" in text
    assert school.sep("check").exit_code == 0
    assert "handed on    red-butte-high-school" in school.sep("access", "sam", "--log").stdout


def test_without_consents_or_the_law_nothing_is_handed_on(school: Kept) -> None:
    before = school.everything()
    done = school.sep(*ASK)
    assert done.exit_code == 3
    assert "the consent of the student, Samuel Lopez\n" in done.stderr
    assert "the consent of Rosa Lopez\n" in done.stderr
    assert school.sep(*ASK, "--enrolling").exit_code == 2
    assert school.sep(*ASK, "--enrolling", "--told", "2026-11-25").exit_code == 2
    assert school.everything() == before


def consent(school: Kept, document: str, signer: str, *parts: str) -> None:
    """Record a consent to give something to the next school."""
    done = school.sep(
        "consent", "sam", document, "--signer", signer, "--third-party", NEXT, "--purpose", "Going to that school",
        "--method", "paper", *(("--part", ",".join(parts)) if parts else ()),
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr


SECTIONS = (
    "strengths", "objectives", "plan", "progress", "registrations", "report-cards", "tests", "conferences", "requests",
)  # fmt: skip


def disclosure(school: Kept) -> str:
    return (school.records / SAM / "disclosures/2026-11-24-red-butte-high-school.yaml").read_text("utf-8")


def test_consents_of_student_and_parent_are_a_ground(school: Kept) -> None:
    for signer in ("sam-lopez", "rosa-lopez"):
        consent(school, "file", signer, *SECTIONS, "documents")
    refused = school.sep(*ASK)
    assert refused.exit_code == 2
    assert "is not saved as it stands" in refused.stderr
    school.save("consents")
    done = school.sep(*ASK)
    assert done.exit_code == 0, done.stderr
    assert 'consents: ["2026-11-24-file-rosa-lopez", "2026-11-24-file-sam-lopez"]\n' in disclosure(school)
    assert "law:" not in disclosure(school)
    with zipfile.ZipFile(school.folder / PACKAGE) as archive:
        assert any("book-shelf.png" in name for name in archive.namelist())


def test_documents_go_on_consents_only_where_these_name_documents(school: Kept) -> None:
    for signer in ("sam-lopez", "rosa-lopez"):
        consent(school, "file", signer, *SECTIONS)
    school.save("consents")
    done = school.sep(*ASK)
    assert done.exit_code == 0, done.stderr
    assert (
        "2026-27/documents/book-shelf.yaml: the document does not go\n      the consent of the student" in done.stderr
    )
    assert "(it is for something else)" in done.stderr
    with zipfile.ZipFile(school.folder / PACKAGE) as archive:
        assert not any("book-shelf" in name for name in archive.namelist())


def test_a_confidential_document_goes_only_with_its_own_consents(school: Kept, tmp_path: Path) -> None:
    done = school.sep(*ENROLLING)
    stays = [line.strip().partition(":")[0] for line in done.stderr.splitlines() if line.startswith("  ")]
    assert stays[0] == "2026-27/documents/hearing-letter.png"
    assert "consents/2026-09-10-hearing-custodian.yaml" in stays
    with zipfile.ZipFile(school.folder / PACKAGE) as archive:
        assert not [name for name in archive.namelist() if "hearing" in name]
    (school.records / SAM / "disclosures/2026-11-24-red-butte-high-school.yaml").unlink()
    for signer in ("nurse-bell", "rosa-lopez"):
        consent(school, "hearing-letter", signer)
    school.save("consents")
    done = school.sep(*ENROLLING)
    assert done.exit_code == 0, done.stderr
    top = unzipped(school.folder / PACKAGE, tmp_path / "box")
    letter = school.records / SAM / "2026-27/documents/hearing-letter.png"
    assert (top / "data/file/2026-27/documents/hearing-letter.png").read_bytes() == letter.read_bytes()
    assert "family was told on 2026-11-20. Written consents: Ada Bell, 2026-11-24; Rosa Lopez" in disclosure(school)
    assert 'consents: ["2026-11-24-hearing-letter-custodian", "2026-11-24-hearing-letter-rosa-lopez"]' in disclosure(
        school
    )
    assert "law:" in disclosure(school)
    assert school.sep("check").exit_code == 0


def build_takes_away(school: Kept, today: str = "2026-11-24") -> bool:
    """Build, and tell whether that took away the package."""
    done = school.sep("build", today=today)
    gone = "Took away the package lopez-sam-2026-11-24.zip: what allowed it does not stand" in done.stderr
    assert gone is not (school.folder / PACKAGE).exists()
    return gone


def test_a_package_that_rests_on_a_consent_goes_with_it(school: Kept) -> None:
    for signer in ("sam-lopez", "rosa-lopez"):
        consent(school, "file", signer, *SECTIONS, "documents")
    school.save("consents")
    assert school.sep(*ASK).exit_code == 0
    own = school.folder / "build/transfers/notes.txt"
    own.write_text("mine", "utf-8")
    assert not build_takes_away(school)
    assert school.sep("consent", "sam", "--revoke", "2026-11-24-file-sam-lopez", "--yes").exit_code == 0
    assert build_takes_away(school)
    assert own.read_text("utf-8") == "mine"


def test_a_package_by_law_goes_with_the_consent_to_a_confidential_document_in_it(school: Kept) -> None:
    consent(school, "hearing-letter", "nurse-bell")
    consent(school, "hearing-letter", "rosa-lopez")
    school.change(
        f"{SAM}/consents/2026-11-24-hearing-letter-custodian.yaml",
        "method: paper",
        "method: paper\nexpires: 2026-11-30",
    )
    school.save("consents")
    assert school.sep(*ENROLLING).exit_code == 0
    assert not build_takes_away(school, "2026-11-30")
    assert build_takes_away(school, "2026-12-01")


def test_a_package_by_law_alone_stays(school: Kept) -> None:
    """A law lets the file follow the student whatever becomes of consents (34 CFR 99.31(a)(2); policy: P35)."""
    assert school.sep(*ENROLLING).exit_code == 0
    consent(school, "file", "rosa-lopez", *SECTIONS)
    school.change(
        f"{SAM}/consents/2026-11-24-file-rosa-lopez.yaml", "method: paper", "method: paper\nanswer: objection"
    )
    assert not build_takes_away(school, "2027-05-01")
    school.change(f"{SAM}/student.yaml", "2026-27: 10", "2026-27: 11")
    assert not build_takes_away(school)
    (school.records / SAM / "disclosures/2026-11-24-red-butte-high-school.yaml").unlink()
    assert build_takes_away(school)


@pytest.mark.parametrize("change", ["another form", "confidential by now"])
def test_a_package_by_law_goes_with_a_document_that_may_not_go_so_any_more(change: str, school: Kept) -> None:
    assert school.sep(*ENROLLING).exit_code == 0
    folder = school.records / SAM / "2026-27/documents"
    if change == "another form":
        (folder / "book-shelf.png").write_bytes((folder / "hearing-letter.png").read_bytes())
    else:
        school.change(f"{SAM}/2026-27/documents/book-shelf.yaml", "level: open", "level: confidential")
    assert build_takes_away(school)


CANARIES = (
    "MESSAGEWORD", "IVYWORD", "JOANWORD", "OTHERSAMWORD", "UNREDACTEDWORD", "MOTHERWORD", "NOTEWORD", "TAGWORD",
    "STASHWORD", "STRAYWORD", "EXCERPTWORD", "TITLEWORD", "REMOVEDWORD", "BRANCHWORD", "SCHOOLWORD", "hearing",
    "Ivy", "ivy", "Ward", "ward-ivy", "007124", "009999", "secret.example",
)  # fmt: skip
"""Words of others, of what stays, and of what was said when a version was saved."""

OWN = ("FIRSTWORD", "SECONDWORD", "RENAMEDWORD", "LINEWORD")
"""Words of versions of the student's own that go."""


def grown(folder: Path) -> Kept:
    """A school with a long history in which everything stands that must not go."""
    made = Kept(folder)
    note = f"{SAM}/2026-27/progress/2026-10-02-note.md"
    head = "---\nby: park\ndate: 2026-10-02\n---\n"
    sam = (made.records / SAM / "student.yaml").read_text("utf-8")

    # Another Sam Lopez had this folder's name once; this one stood in another folder.
    own = made.records / SAM
    own.rename(made.records / "students/lopez-samuel")
    made.write(f"{SAM}/student.yaml", sam.replace("007123", "009999").replace("2011-03-04", "2007-01-09"))
    made.write(f"{SAM}/2024-25/strengths.md", "---\nby: park\ndate: 2024-10-02\n---\nOTHERSAMWORD\n")
    made.save("MESSAGEWORD ward-ivy", on="2026-09-01")
    made.git("rm", "-rq", f"records/{SAM}")
    made.git("mv", "records/students/lopez-samuel", f"records/{SAM}")
    made.write(note, f"{head}RENAMEDWORD\n")
    made.save("renamed MESSAGEWORD", on="2026-09-02")

    made.write(note, f"{head}FIRSTWORD\n")
    made.save("one", on="2026-09-03", by="Sun Park <park@private.secret.example>")
    made.write(note, f"{head}Like IVY  Ward, he IVYWORD reads.\n")
    made.save("about another", on="2026-09-04", by="Joan Ward <joan@secret.example>")
    made.write(note, f"{head}SECONDWORD\n")
    made.write("students/ward-ivy/2026-27/progress/2026-10-02-note.md", f"{head}IVYWORD\n")
    made.write("inventory/two.md", "SCHOOLWORD\n")
    made.save("two", on="2026-09-05", by="Rosa Lopez <rosa@example.org>")

    # A document that was confidential and is open now, without the words that made it so.
    letter = f"{SAM}/2026-27/documents/shop-letter"
    made.write(f"{letter}.pdf", "%PDF-1.4 UNREDACTEDWORD\n%%EOF\n")
    about = "file: shop-letter.pdf\ntitle: {}\ndate: 2026-09-02\nlevel: {}\nkind: letter\naffects: [sam-lopez]\n"
    made.write(f"{letter}.yaml", about.format("The TITLEWORD letter", "confidential"))
    made.write(f"{SAM}/2026-27/documents/gone.pdf", "%PDF-1.4 REMOVEDWORD\n%%EOF\n")
    made.write(f"{SAM}/2026-27/progress/2026-10-03-more.md", f"{head}See hearing-letter.png: EXCERPTWORD\n")
    made.write(f"{SAM}/notes.txt", "STRAYWORD\n")
    made.write(f"{SAM}/.gitattributes", "*.md filter=STRAYWORD\n")
    (made.records / SAM / "2026-27/link.md").symlink_to("STRAYWORD")
    made.save("papers", on="2026-09-06")
    made.write(f"{letter}.pdf", "%PDF-1.4 for everybody\n%%EOF\n")
    made.write(f"{letter}.yaml", about.format("A letter from the shop", "open"))
    (made.records / SAM / "2026-27/documents/gone.pdf").unlink()
    (made.records / SAM / "2026-27/link.md").unlink()
    made.save("redacted", on="2026-09-07")

    # Two lines of work brought together.
    made.git("checkout", "-q", "-b", "line")
    made.write(f"{SAM}/2026-27/progress/2026-10-04-line.md", f"{head}LINEWORD\n")
    made.save("line", on="2026-09-08")
    made.git("checkout", "-q", "main")
    made.write("students/ward-ivy/2026-27/progress/2026-10-05-note.md", f"{head}IVYWORD\n")
    made.write(f"{SAM}/2026-27/progress/2026-10-03-more.md", f"{head}THIRDWORD\n")
    made.save("main", on="2026-09-09")
    made.git("merge", "-q", "--no-edit", "line")
    made.git("checkout", "-q", "-b", "elsewhere")
    made.write(note, f"{head}BRANCHWORD\n")
    made.save("elsewhere", on="2026-09-10")
    made.git("checkout", "-q", "main")
    made.git("tag", "-a", "-m", "TAGWORD", "term")
    made.git("notes", "add", "-m", "NOTEWORD")
    made.write(note, f"{head}STASHWORD\n")
    made.git("stash", "-q")
    return made


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown")
    school = grown(folder / "old")
    done = school.sep(*ENROLLING)
    assert done.exit_code == 0, done.stderr
    return school.folder / PACKAGE


def test_nothing_of_anybody_else_is_in_any_object(package: Path, tmp_path: Path) -> None:
    """Canaries over every blob, tree, commit and tag, the names in the package and all that it says (policy: P35)."""
    repository = clone(package, tmp_path)
    every = objects(repository)
    assert {kind for kind, _ in every.values()} == {"blob", "tree", "commit"}
    outside = [each.read_bytes() for each in (tmp_path / "unpacked").rglob("*") if each.is_file()]
    names = [each.name.encode() for each in (tmp_path / "unpacked").rglob("*")]
    with zipfile.ZipFile(package) as archive:
        meta = [archive.comment, *(each.extra + each.comment for each in archive.infolist())]
    for word in CANARIES:
        pattern = word.encode()
        assert not [kind for kind, content in every.values() if pattern in content], word
        assert not [1 for each in (*outside, *names, *meta) if pattern in each], word
    for word in OWN:
        assert [kind for kind, content in every.values() if word.encode() in content] == ["blob"], word
    refs = subprocess.run(["git", "for-each-ref", "--format=%(refname)"], cwd=repository, capture_output=True)
    assert refs.stdout.decode().split() == ["refs/heads/file"]


def test_versions_keep_their_days_and_those_whom_the_file_names(package: Path, tmp_path: Path) -> None:
    lines = log(clone(package, tmp_path), "%aI|%an|%ae|%s")
    said = "A saved version of the student's file"
    assert lines[0] == f"2026-09-01T09:00:00-06:00|Ben Reyes|staff@sep.invalid|{said}"
    assert f"2026-09-03T09:00:00-06:00|Sun Park|staff@sep.invalid|{said}" in lines
    assert f"2026-09-05T09:00:00-06:00|Rosa Lopez|rosa@example.org|{said}" in lines
    assert f"2026-09-04T09:00:00-06:00|School staff|staff@sep.invalid|{said}" in lines
    merges = [line for line in log(clone_again(tmp_path), "%p") if " " in line]
    assert len(merges) == 1


def clone_again(tmp_path: Path) -> Path:
    return tmp_path / "clone.git"


def test_another_student_named_today_is_looked_at_first(school: Kept) -> None:
    path = f"{SAM}/2026-27/progress/2026-10-02-note.md"
    school.write(path, "---\nby: park\ndate: 2026-10-02\n---\nHe reads with Ivy Ward.\n")
    school.save("note")
    done = school.sep(*ENROLLING)
    assert done.exit_code == 3
    assert path in done.stderr
    assert "Ivy" not in done.stderr
    assert not (school.folder / "build").exists()
    assert school.sep(*ENROLLING, "--names-seen").exit_code == 0


@pytest.mark.parametrize(
    ("path", "text"),
    [(f"{SAM}/2026-27/progress/2026-10-01-first-book.md", "---\nby: park\ndate: 2026-10-01\n---\nNew words.\n"),
     (f"{SAM}/2026-27/progress/2026-10-09-new.md", "---\nby: park\ndate: 2026-10-01\n---\nNew words.\n")],
)  # fmt: skip
def test_only_what_was_saved_goes(path: str, text: str, school: Kept) -> None:
    school.write(path, text)
    done = school.sep(*ENROLLING)
    assert done.exit_code == 2
    assert path in done.stderr
    assert not (school.folder / "build").exists()


def test_a_dry_run_writes_nothing(school: Kept) -> None:
    before = school.everything()
    done = school.sep(*ENROLLING, "--dry-run")
    assert done.exit_code == 0
    assert "Would hand on the file of Samuel Lopez" in done.stderr
    assert school.everything() == before


def test_records_that_are_not_kept_in_git(tmp_path: Path) -> None:
    school = Kept(tmp_path)
    done = school.sep(*ENROLLING)
    assert done.exit_code == 2
    assert "nothing has been saved here yet" in done.stderr
    subprocess.run(["rm", "-rf", str(school.folder / ".git")], check=True)
    assert "this folder has no saved versions" in school.sep(*ENROLLING).stderr


def test_a_file_with_errors_is_not_handed_on(school: Kept) -> None:
    school.change(f"{SAM}/student.yaml", "2026-27: 10", "2026-27: 11")
    assert "has errors, so it is not handed on" in school.sep(*ENROLLING).stderr


@pytest.mark.skipif(os.name == "nt", reason="a program is killed by a signal")
def test_nothing_is_left_behind_in_the_git_folder(school: Kept) -> None:
    left = school.folder / ".git/sep-moving-old"
    left.mkdir()
    (left / "words").write_text("of an earlier run that was killed")
    school.sep(*ENROLLING)
    assert not list((school.folder / ".git").glob("sep-moving-*"))
