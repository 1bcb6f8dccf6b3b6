"""A repository that begins: for an empty store, or with saves that are written into it one after the other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.source.git import Plumbing

BRANCH = "main"
_PLAIN_FILE = "100644"
_UNFIT = re.compile(r"[<>\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class PastSave:
    """A save as it is to stand in a history: who made it, when (with a time zone), its message and the files in it.

    Paths are those from the top of the repository.
    """

    name: str
    email: str
    at: dt.datetime
    message: str
    files: Mapping[str, bytes]


def begin(folder: Path, settings: Iterable[tuple[str, str]]) -> Plumbing:
    """Make an empty repository in `folder`, without the hooks that a computer may give to each, and set `settings`."""
    git = Plumbing(folder)
    git.run("init", "--quiet", "--template=", f"--initial-branch={BRANCH}", ".")
    set_up(git, settings)
    return git


def set_up(git: Plumbing, settings: Iterable[tuple[str, str]]) -> None:
    """Write settings into those of this repository on this computer."""
    for name, value in settings:
        git.run("config", "--local", name, value)


def setting(git: Plumbing, name: str) -> str:
    """Return what is set for this repository, here or for the whole computer; an empty text for nothing."""
    found = git.run("config", "--null", "--default", "", "--get", name)
    return found.decode("utf-8", "replace").rstrip("\0")


def knows_identity(git: Plumbing) -> bool:
    """Tell whether git has been told a name and an e-mail address for saves."""
    return all(setting(git, name).strip() for name in ("user.name", "user.email"))


def write_past(git: Plumbing, saves: Iterable[PastSave]) -> None:
    """Put these saves into an empty repository, in their order, and make its list of files that of the last one."""
    stream = bytearray()
    for each in saves:
        who = f"{_plain(each.name)} <{_plain(each.email)}> {_when(each.at)}"
        message = each.message.encode()
        stream += f"commit refs/heads/{BRANCH}\nauthor {who}\ncommitter {who}\n".encode()
        stream += b"data %d\n" % len(message) + message + b"\n"
        for path, content in each.files.items():
            stream += f"M {_PLAIN_FILE} inline {_quoted(path)}\n".encode()
            stream += b"data %d\n" % len(content) + content + b"\n"
    git.feed(bytes(stream), "fast-import", "--quiet")
    git.run("read-tree", f"refs/heads/{BRANCH}")


def hooks_folder(git: Plumbing) -> Path:
    """Return where git looks for the hooks of this repository, however that is set."""
    every = git.run("config", "--null", "--get-all", "core.hooksPath").decode("utf-8", "replace").split("\0")
    own = every[-3] if len(every) > 2 else ""  # the last one, before the empty rest, is what is set for this call alone
    if own:
        return Path(_told(git, "--show-toplevel"), Path(own).expanduser())
    return Path(_told(git, "--git-common-dir")) / "hooks"


def _told(git: Plumbing, question: str) -> str:
    found = git.run("rev-parse", "--path-format=absolute", question)
    return found.decode("utf-8", "surrogateescape").removesuffix("\n")


def _plain(text: str) -> str:
    return _UNFIT.sub("", text).strip()


def _when(at: dt.datetime) -> str:
    return f"{int(at.timestamp())} {at:%z}"


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'
