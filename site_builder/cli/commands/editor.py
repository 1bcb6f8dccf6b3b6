"""`sep editor`: schemas for the editor that know this school's courses and terms, and careers by name (policy: P4)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import click

from site_builder.base.disk import reason
from site_builder.base.errors import MissingTool, WrongUse
from site_builder.check.live_schemas import LIVE_KINDS, live_schemas
from site_builder.check.schema_files import schema_file
from site_builder.cli.context import Context, pass_context
from site_builder.cli.writing import Change, visible_lines, write
from site_builder.model.store import Store
from site_builder.source.layout import KINDS, kind_named

_EDITOR = ".vscode"
_OWN = f"{_EDITOR}/sep"
_SETTINGS = f"{_EDITOR}/settings.json"
_FOR_RECORDS: Mapping[str, object] = {
    "yaml.yamlVersion": "1.2",
    "yaml.validate": True,
    "yaml.format.enable": False,
    "yaml.schemaStore.enable": False,
    "json.schemaDownload.enable": False,
    "chat.disableAIFeatures": True,
    "github.copilot.enable": {"*": False},
    "editor.inlineSuggest.enabled": False,
    "redhat.telemetry.enabled": False,
    "files.encoding": "utf8",
    "files.eol": "\n",
    "files.insertFinalNewline": True,
    "editor.unicodeHighlight.invisibleCharacters": True,
    "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.wordWrap": "on"},
    "[markdown]": {"editor.wordWrap": "on", "files.trimTrailingWhitespace": False},
}
"""Nothing is fetched, no assistant reads along, and every computer writes the same bytes."""


@click.command("editor")
@click.option("--settings", is_flag=True, help="Also let the editor's settings use the schemas.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@pass_context
def command(context: Context, settings: bool, dry_run: bool) -> None:
    """Let the editor offer this school's courses, terms and careers.

    Careers come with their codes. The schemas are written into `.vscode/sep` beside the records; git leaves that folder
    alone, so everybody calls this on their own computer, and again when courses or terms have changed. With --settings
    the settings of VS Code use them.
    """
    store = context.store
    folder = _editor_folder(store)
    changed = put_schemas(folder, context.read_store(), dry_run=dry_run)
    for path in changed:
        context.put(f"{'would write' if dry_run else 'wrote'} {path}")
    if not changed:
        context.say(f"the schemas in {_OWN} are up to date")
    if settings:
        _use(context, folder, store, dry_run=dry_run)
    elif not _in_use(folder):
        context.say("VS Code uses them once its settings name them: `sep editor --settings` sees to it")


def put_schemas(folder: Path, store: Store, *, dry_run: bool = False) -> list[str]:
    """Write the schemas of this school below `folder`, where they are not up to date, and return their paths.

    Kinds of files that name nothing of the school are among them where the settings look for them there.
    """
    made = {f"{_OWN}/{name}": text for name, text in live_schemas(store).items()}
    settings = _standing(folder / _SETTINGS) or ""
    for kind in KINDS:
        if kind.name not in LIVE_KINDS and f'"{_schema(kind.name)}"' in settings:
            made[f"{_OWN}/{kind.name}.schema.json"] = json.dumps(schema_file(kind.name), ensure_ascii=False, indent=1)
    made[f"{_OWN}/.gitignore"] = "*\n"
    _refuse_links(folder)
    changed = [path for path, text in made.items() if _standing(folder / path) != text]
    if not dry_run:
        _put(folder, {path: made[path] for path in changed})
    return changed


def settings_of_a_store(prefix: str) -> str:
    """Return the settings of VS Code for a school's own folder, in which `prefix` leads to the store (`records/`)."""
    schemas = {
        _schema(kind.name): [prefix + re.sub(r"\{[a-z]+\}", "*", pattern) for pattern in kind.patterns]
        for kind in KINDS
        if kind.name != "district"
    }
    return json.dumps({"yaml.schemas": schemas, **_FOR_RECORDS}, indent=2) + "\n"


def _editor_folder(store: Path) -> Path:
    """Return the folder that the editor opens: the one with `.vscode` in it, the store or the folder above it."""
    return next((each for each in (store, store.parent) if (each / _EDITOR).is_dir()), store)


def _refuse_links(folder: Path) -> None:
    for path in (folder / _EDITOR, folder / _OWN, folder / _SETTINGS):
        if path.is_symlink():
            raise WrongUse(f"`{path.relative_to(folder).as_posix()}` is a link", "put a real folder or file there")


def _standing(path: Path) -> str | None:
    """Return the text of the file at `path`, or `None` where there is none that can be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _put(folder: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as fault:
            raise MissingTool(
                f"`{path}` cannot be written: {reason(fault)}", "see to that, then start again"
            ) from fault


def _schema(kind: str) -> str:
    return f"./{_OWN}/{kind}.schema.json"


def _in_use(folder: Path) -> bool:
    text = _standing(folder / _SETTINGS) or ""
    return all(f'"{_schema(kind)}"' in text for kind in LIVE_KINDS)


def _use(context: Context, folder: Path, store: Path, *, dry_run: bool) -> None:
    """Make the settings name the schemas, and leave every other character of them alone."""
    old = _standing(folder / _SETTINGS)
    new, missing = _mapped(old) if old is not None else (_new_settings(folder, store), [])
    if new == old and not missing:
        context.say(f"{_SETTINGS} uses them already")
    elif new != old:
        before = None if old is None else (folder / _SETTINGS).read_bytes()
        change = Change(_SETTINGS, new, before)
        if dry_run:
            context.put(f"would change {_SETTINGS}:\n{visible_lines(change.shown())}")
        else:
            write(folder, [change])
            context.put(f"wrote {_SETTINGS}")
    if missing:
        context.say(f"add to `yaml.schemas` in {_SETTINGS}:")
        for kind in missing:
            context.say(f"  {_mapping_line(kind, folder, store)},")


def _mapped(settings: str) -> tuple[str, list[str]]:
    """Return the settings with the live schemas in place of the general ones, and the kinds that they do not name."""
    missing = []
    for kind in LIVE_KINDS:
        settings, count = re.subn(rf'"(?:[^"\n]*/)?{kind}\.schema\.json"(?=\s*:)', f'"{_schema(kind)}"', settings)
        missing += [] if count else [kind]
    return settings, missing


def _mapping_line(kind: str, folder: Path, store: Path) -> str:
    return f"{json.dumps(_schema(kind))}: {json.dumps([_files(kind, folder, store)])}"


def _files(kind: str, folder: Path, store: Path) -> str:
    pattern = re.sub(r"\{[a-z]+\}", "*", kind_named(kind).pattern)
    return (store.relative_to(folder) / pattern).as_posix()


def _new_settings(folder: Path, store: Path) -> str:
    schemas = {_schema(kind): [_files(kind, folder, store)] for kind in LIVE_KINDS}
    settings = {
        "yaml.schemas": schemas,
        "yaml.yamlVersion": "1.2",
        "yaml.schemaStore.enable": False,
        "json.schemaDownload.enable": False,
    }
    return json.dumps(settings, indent=2) + "\n"
