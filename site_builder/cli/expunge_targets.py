"""What exactly `sep expunge` is asked to take out: a student's folders, a document in every form that it ever had.

Policy: P35, P38. Earlier versions are asked as well as the files of today: what was deleted is what people come with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from site_builder.base.diagnostics import Severity
from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.check.schemas import validate
from site_builder.cli.expunging import Plan, below
from site_builder.cli.releasing import find_document
from site_builder.cli.students import names
from site_builder.exchange.transfer import same_student
from site_builder.model.build import build_record
from site_builder.model.records import Student
from site_builder.model.store import StudentFile
from site_builder.source.document import Value
from site_builder.source.git_rewrite import Rewriting
from site_builder.source.git_versions import changed_at, listed
from site_builder.source.layout import kind_named
from site_builder.source.yaml_reader import LARGEST, read_yaml

OPEN_KINDS = frozenset({"letter", "certificate", "photo", "work-sample", "other"})
"""Kinds of documents that the school need not keep; grades, transcripts, enrollment and assessments it must."""


def plan_student(rewriting: Rewriting, file: StudentFile) -> Plan:
    """Return the plan to take out a student: every folder in which the file ever stood."""
    folders, other = _folders(rewriting, file)
    paths = tuple(f"{rewriting.prefix}students/{each}/" for each in folders)
    called = (each for each in names(file) if len(each.split()) > 1)
    words = (*called, *folders, file.student.participant, file.student.student_number)
    return _plan(
        rewriting,
        f"the file of {file.student.name}",
        (file.id, ""),
        paths,
        words,
        protected="a student's file holds grades, enrollment and test results",
        other=other,
    )


def _folders(rewriting: Rewriting, file: StudentFile) -> tuple[tuple[str, ...], bool]:
    """Return the folders in which this student ever stood, and whether another one once stood in that of today."""
    git, students = rewriting.git, f"{rewriting.prefix}students/"
    folders = {file.id: None}
    other = False
    for path, blob in sorted(changed_at(git, f"{students}*/student.yaml", "--all", "HEAD")):
        folder = path.removeprefix(students).partition("/")[0]
        mine = same_student(git.blob(blob), file.student)
        if mine:
            folders[folder] = None
        other = other or (folder == file.id and not mine)
    return tuple(folders), other


def plan_document(rewriting: Rewriting, file: StudentFile, text: str) -> Plan:
    """Return the plan to take out a document: its description, its file in every form, and the consents to it."""
    key = _key(rewriting, file, text)
    document = key.partition("/")[2]
    traces = _Traces({key, *([document] if "-" in document else [])})
    for each in _folders(rewriting, file)[0]:
        _follow(rewriting, f"{rewriting.prefix}students/{each}/", key, traces)
    # The same paper can have stood under another name, or in another year.
    paths = traces.paths | {path for path, blob in traces.seen if blob in traces.contents and "/documents/" in path}
    paths &= {path for path, _ in traces.seen}
    named = sorted(traces.kinds - OPEN_KINDS)
    why = f"a document of the kind `{named[-1]}` is a record that the school keeps" if named else ""
    if named == [""]:
        why = "a document that says no kind may be a record that the school keeps"
    what = f"“{traces.title or document}” of {file.student.name}"
    return _plan(rewriting, what, (file.id, key), tuple(sorted(paths)), traces.words, protected=why)


def _key(rewriting: Rewriting, file: StudentFile, text: str) -> str:
    """Return the key of the document that `text` means, also of one that only earlier versions hold.

    One that was never described is known by its file's name. Raises `WrongUse` where there is none, or several.
    """
    try:
        return find_document(file, text)
    except WrongUse as fault:
        found = {key for key, words in _earlier_documents(rewriting, file) if text in words}
        if len(found) == 1:
            return found.pop()
        if found:
            listed = "\n".join(sorted(found))
            raise WrongUse(f"{len(found)} documents fit `{text}`", f"name one by year and id:\n{listed}") from fault
        raise


def _earlier_documents(rewriting: Rewriting, file: StudentFile) -> Iterator[tuple[str, set[str]]]:
    """Give every document of any version: its key, and what it may be called by."""
    described: dict[str, str] = {}
    bare: list[tuple[str, str]] = []
    for folder in _folders(rewriting, file)[0]:
        top = f"{rewriting.prefix}students/{folder}/"
        for path, blob in sorted(changed_at(rewriting.git, f"{top}*/documents/*", "--all", "HEAD")):
            year, _, name = path.removeprefix(top).partition("/documents/")
            key = f"{year}/{name.removesuffix('.yaml')}"
            if name.endswith(".yaml"):
                data = _fields(path, rewriting.git.blob(blob))
                described[f"{year}/{data.get('file')}"] = key
                yield key, {key, key.partition("/")[2], str(data.get("file")), str(data.get("title"))}
            else:
                bare.append((year, name))
    for year, name in bare:
        if f"{year}/{name}" not in described:
            yield f"{year}/{name}", {f"{year}/{name}", name}


def gone_student(rewriting: Rewriting, text: str) -> StudentFile | None:
    """Return what is known of a student of whom only earlier versions hold a file, by folder, number or name.

    Raises `WrongUse` where several students fit.
    """
    found: dict[str, StudentFile] = {}
    students = f"{rewriting.prefix}students/"
    for path, blob in sorted(changed_at(rewriting.git, f"{students}*/student.yaml", "--all", "HEAD")):
        folder = path.removeprefix(students).partition("/")[0]
        student = _student(path, rewriting.git.blob(blob))
        if student is not None and (text in (folder, student.student_number) or plain(text) == plain(student.name)):
            found[student.student_number] = StudentFile(id=folder, student=student)
    if len(found) > 1:
        listed = "\n".join(f"{number} - {each.student.name} - {each.id}" for number, each in sorted(found.items()))
        raise WrongUse(f"{len(found)} students of earlier versions fit `{text}`", f"name one by the number:\n{listed}")
    return next(iter(found.values()), None)


def _student(path: str, content: bytes) -> Student | None:
    document, _ = read_yaml(path, content.decode("utf-8", "replace")) if len(content) <= LARGEST else (None, ())
    kind = kind_named("student")
    if document is None or any(each.severity is Severity.ERROR for each in validate(document, kind)):
        return None
    record = build_record(document, kind, "student")
    return record if isinstance(record, Student) else None


@dataclass(slots=True)
class _Traces:
    """What is known of a document in all versions: its words, a title, places, contents, kinds; and all `seen`."""

    words: set[str]
    title: str = ""
    paths: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)


def _follow(rewriting: Rewriting, folder: str, key: str, traces: _Traces) -> None:
    """Add what the versions of one of the student's folders (from the top, with `/` at its end) tell of a document."""
    year, _, document = key.partition("/")
    here = f"{folder}{year}/documents/"
    own = changed_at(rewriting.git, f"{folder}**", "--all", "HEAD")
    traces.seen |= own
    traces.paths.add(f"{here}{document}.yaml")
    for path, blob in own:
        if path == f"{here}{document}.yaml":
            data = _fields(path, rewriting.git.blob(blob))
            traces.title = str(data.get("title") or traces.title)
            traces.words |= {str(data.get("file") or ""), traces.title}
            traces.kinds.add(str(data.get("kind") or ""))
            traces.paths.add(f"{here}{data.get('file')}")
        elif path == f"{here}{document}":  # one that was never described
            traces.paths.add(path)
            traces.kinds.add("")
        elif path.startswith(f"{folder}consents/") and (_fields(path, rewriting.git.blob(blob)).get("document") == key):
            traces.paths.add(path)
    traces.contents |= {blob for path, blob in own if path in traces.paths and path.startswith(here)}


def _plan(
    rewriting: Rewriting,
    what: str,
    whose: tuple[str, str],
    paths: tuple[str, ...],
    words: set[str] | tuple[str, ...],
    *,
    protected: str = "",
    other: bool = False,
) -> Plan:
    objects = {blob for path in paths for _, blob in changed_at(rewriting.git, _pattern(path), "--all", "HEAD")}
    now = listed(rewriting.git, "HEAD")
    files = (each for each in sorted(now) if any(below(each, path) for path in paths))
    said = tuple(sorted({each for each in words if len(each.strip()) > 2}))
    return Plan(
        what=what,
        student=whose[0],
        document=whose[1],
        paths=paths,
        words=said,
        objects=tuple(sorted(objects)),
        files=tuple(files),
        protected=protected,
        other=other,
    )


def _pattern(path: str) -> str:
    escaped = "".join(f"\\{sign}" if sign in "*?[\\" else sign for sign in path)
    return f"{escaped}**" if path.endswith("/") else escaped


def _fields(path: str, content: bytes) -> dict[str, Value]:
    document, _ = read_yaml(path, content.decode("utf-8", "replace")) if len(content) <= LARGEST else (None, ())
    return document.data if document is not None and isinstance(document.data, dict) else {}
