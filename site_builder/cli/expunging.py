"""What `sep expunge` takes out: which files of which versions, by which words they are known, and what is left of them.

Policy: P35, P38. What was begun is written down in the repository's own folder, so that a run which was interrupted is
finished by the next.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from site_builder.base.disk import write_whole
from site_builder.base.errors import WrongUse
from site_builder.base.plain import plain
from site_builder.cli.context import Context
from site_builder.exchange.transfer import Names
from site_builder.model.store import Store
from site_builder.publish.keeping import PRINT_JOBS, whose
from site_builder.source.git import blob_id
from site_builder.source.git_log import blobs
from site_builder.source.git_rewrite import Rewriting
from site_builder.source.git_versions import PLAIN, listed
from site_builder.source.yaml_reader import LARGEST

NOTE = "sep-expunge.json"
"""The file in git's own folder that says what is being taken out."""

_NAMES_AGAIN = (NOTE, "packed-refs", "refs")
"""Files of git's that only repeat the names of versions, and our own note."""

_LARGEST_DOCUMENT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes: `paths` from the top of the repository, in all versions; `words` by which it is known.

    `what` says it in words, `objects` are its contents, `files` what of it stands in the last version. `protected` says
    why the school must keep it, or nothing. `other` tells that another student's file once had the same folder;
    `handed` says what was handed out; `versions` are those that pages were made from and that get new ids.
    """

    what: str
    student: str
    document: str
    paths: tuple[str, ...]
    words: tuple[str, ...]
    objects: tuple[str, ...]
    files: tuple[str, ...]
    protected: str = ""
    other: bool = False
    reason: str = ""
    before: str = ""
    backup: str = ""
    handed: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


def below(path: str, target: str) -> bool:
    """Tell whether a path is the target, or lies in it where it is a folder (`/` at its end)."""
    return path.startswith(target) if target.endswith("/") else path == target


def make_sure_saved(context: Context, rewriting: Rewriting) -> None:
    """Raise `WrongUse` where anything in the store is not saved: what is taken out then would not be all."""
    saved = {
        path: blob
        for path, (mode, blob) in listed(rewriting.git, "HEAD", rewriting.prefix.rstrip("/")).items()
        if mode == PLAIN and not any(part.startswith(".") for part in path.split("/"))
    }
    there = {entry.path for entry in context.tree.entries()}
    changed = set(saved) ^ there
    for path in set(saved) & there:
        try:
            content = context.tree.read(path)
        except OSError:
            changed.add(path)
            continue
        same = (content, content.replace(b"\r\n", b"\n"))
        if not any(blob_id(each, len(saved[path])) == saved[path] for each in same):
            changed.add(path)
    if changed:
        raise WrongUse("something is not saved", "\n".join(["`sep save` saves these:", *sorted(changed)[:20]]))


def write_note(rewriting: Rewriting, plan: Plan) -> None:
    """Write down what is being taken out, for a run that has to finish it."""
    write_whole(rewriting.folder / NOTE, json.dumps(asdict(plan)).encode())


def read_note(rewriting: Rewriting) -> Plan | None:
    """Return what an interrupted run was taking out, or nothing."""
    path = rewriting.folder / NOTE
    if path.is_symlink() or not path.is_file():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
        for name in ("paths", "words", "objects", "files", "handed", "versions"):
            data[name] = tuple(map(str, data.get(name, ())))
        return Plan(**data)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise WrongUse(
            f"`{path}` says what an earlier run was taking out, and cannot be read",
            "bring back the records from the backup that was named then, delete that file, and start again",
        ) from fault


def take_files_away(rewriting: Rewriting, plan: Plan) -> None:
    """Delete what stands in the folder of what was taken out, and the folders that are empty then; follows no link."""
    for each in (*plan.files, *(path for path in plan.paths if path.endswith("/"))):
        path = rewriting.top / PurePosixPath(each)
        if path.parent.resolve() != path.parent or path.is_symlink():
            continue  # a link leads elsewhere; what stands there is nobody's to delete
        if path.is_dir():
            shutil.rmtree(path)  # with what editors have left in it
        else:
            path.unlink(missing_ok=True)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at everything found: what should be gone and is not, and where it is still spoken of.

    `same` are other places in which the very same content stands; `named` files of today that name it, `earlier` how
    many older contents do.
    """

    left: tuple[str, ...]
    same: tuple[str, ...]
    named: tuple[str, ...]
    earlier: int


def look_through(rewriting: Rewriting, plan: Plan) -> Found:
    """Look through every object, log, list and message of the repository for what was taken out."""
    there, held = rewriting.objects(), rewriting.held()
    left = [f"the object {each}, which no version holds" for each in sorted(set(there) - set(held))]
    still = [path for path in held.values() if any(below(path, target) for target in plan.paths)]
    left += [f"{path} in a version" for path in sorted(set(still))]
    knows = _knower(plan)
    for name in sorted(each for each, kind in there.items() if kind in ("commit", "tag")):
        if knows(rewriting.git.blob(name).decode("utf-8", "replace")):
            left.append(f"what was said of the version {name[:12]}")
    left += [f"the name {each}" for each in rewriting.refs() if knows(each)]
    for path in rewriting.own_files():
        if path.name not in _NAMES_AGAIN and knows(path.read_bytes().decode("utf-8", "replace")):
            left.append(f"{path}")
    same = {held[each] for each in plan.objects if each in held and there.get(each) == "blob"}
    now = {blob: path for path, (_, blob) in listed(rewriting.git, "HEAD").items()} if rewriting.git.head() else {}
    texts = blobs(rewriting.git, [name for name, kind in there.items() if kind == "blob"], LARGEST)
    naming = {name for name, content in texts.items() if knows(content.decode("utf-8", "replace"))}
    return Found(
        left=tuple(left),
        same=tuple(sorted(same)) if plan.document else (),
        named=tuple(sorted(now[each] for each in naming if each in now)),
        earlier=len(naming - set(now)),
    )


def in_output(place: Path, plan: Plan, contents: frozenset[bytes]) -> tuple[str, ...]:
    """Return the files below the output `place` that hold what was taken out, or name it.

    Nobody can look for words in a typeset binder: those of the student, and print jobs, may hold it.
    """
    knows = _knower(plan)
    found = []
    for path in sorted(place.rglob("*")) if place.is_dir() and not place.is_symlink() else ():
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST_DOCUMENT:
            continue
        content = path.read_bytes()
        where = path.relative_to(place).as_posix()
        typeset = path.suffix == ".pdf" and (whose(path.name)[0] == plan.student or path.parent.name == PRINT_JOBS)
        if typeset or content in contents or knows(where) or knows(content.decode("utf-8", "replace")):
            found.append(where)
    return tuple(found)


def _knower(plan: Plan) -> Callable[[str], bool]:
    """Return what tells whether a text names what was taken out."""
    words = Names(plan.words, ())
    exact = [each.casefold() for each in plan.words if len(plain(each).split()) < 2 or "." in each or "/" in each]

    def knows(text: str) -> bool:
        low = text.casefold()
        return words.within(text) or any(_stands(each, low) for each in exact)

    return knows


def _stands(word: str, text: str) -> bool:
    """Tell whether `word` stands in `text` by itself, not as a part of a longer one."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def handed_out(store: Store, plan: Plan) -> Iterator[str]:
    """Give in words what the file's own records say was handed out."""
    file = store.student(plan.student)
    for each in file.disclosures if file is not None else ():
        yield f"{each.on.isoformat()}  {each.to}: {each.what}"
