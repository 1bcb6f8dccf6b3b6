"""The keys of the forms: made once, kept from others' eyes, taken over from another computer."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from site_builder.base.errors import MissingTool, WrongUse
from site_builder.base.form_token import FormKey
from site_builder.cli.context import settings_folder
from site_builder.cli.form_keys import keys_file, known_keys, sealing_key, take_over
from tests.cli.small_school import School

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")


def test_a_key_is_made_once_and_is_not_guessed(tmp_path: Path) -> None:
    assert known_keys(tmp_path / "a") == ()
    first = sealing_key(tmp_path / "a")
    assert sealing_key(tmp_path / "a") == first
    assert known_keys(tmp_path / "a") == (first,)
    assert sealing_key(tmp_path / "b") != first
    assert first.secret.hex() not in repr(first)


@POSIX
def test_nobody_else_reads_it(tmp_path: Path) -> None:
    sealing_key(tmp_path / "made")
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o700
    path = keys_file(tmp_path / "made")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    known_keys(tmp_path / "made")
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_builds_at_once_use_the_same_key(tmp_path: Path) -> None:
    found: list[FormKey] = []
    runs = [threading.Thread(target=lambda: found.append(sealing_key(tmp_path / "s"))) for _ in range(8)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_keys_are_taken_over_and_ones_own_stays_first(tmp_path: Path) -> None:
    own, other = sealing_key(tmp_path / "own"), sealing_key(tmp_path / "other")
    assert take_over(tmp_path / "own", keys_file(tmp_path / "other")) == [other]
    assert take_over(tmp_path / "own", keys_file(tmp_path / "other")) == []
    assert known_keys(tmp_path / "own") == (own, other)
    assert sealing_key(tmp_path / "own") == own
    assert take_over(tmp_path / "new", keys_file(tmp_path / "other")) == [other]
    assert known_keys(tmp_path / "new") == (other,)


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"abc\n", b"\xff\xfe", b"0" * 63 + b"\n"])
def test_another_file_is_no_file_of_keys(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(WrongUse):
        take_over(tmp_path / "own", tmp_path / "x")
    assert known_keys(tmp_path / "own") == ()


def test_where_no_key_can_be_kept_the_pages_are_made_without_forms(tmp_path: Path) -> None:
    school = School(tmp_path)
    (tmp_path / "settings").write_text("in the way", "utf-8")
    with pytest.raises(MissingTool):
        sealing_key(tmp_path / "settings")
    done = school.sep("build")
    assert done.exit_code == 0, done.output
    assert "No forms are made" in done.stderr
    assert "sam-lopez/lopez-sam/worksheet.html" in school.pages()
    assert not [path for path in school.pages() if path.endswith("form.html")]


def test_a_build_makes_the_forms_with_the_key_of_this_computer(tmp_path: Path) -> None:
    school = School(tmp_path)
    assert school.sep("build").exit_code == 0
    pages = school.pages()
    forms = {path for path in pages if path.endswith("form.html")}
    assert forms == {
        "sam-lopez/lopez-sam/form.html",
        "rosa-lopez/lopez-sam/form.html",
        "ivy-ward/ward-ivy/form.html",
        "joan-ward/ward-ivy/form.html",
    }
    secret = sealing_key(tmp_path / "settings").secret.hex().encode()
    assert not [path for path, content in pages.items() if secret in content]
    assert school.sep("build").exit_code == 0
    assert school.pages() == pages


@pytest.mark.parametrize(
    ("environ", "system", "wanted"),
    [
        ({}, "posix", "home/.config/sep"),
        ({"XDG_CONFIG_HOME": "set"}, "posix", "set/sep"),
        ({"APPDATA": "data"}, "nt", "data/sep"),
        ({}, "nt", "home/AppData/Roaming/sep"),
    ],
)
def test_settings_stand_where_the_computer_keeps_them(environ: dict[str, str], system: str, wanted: str) -> None:
    assert settings_folder(environ, system, Path("home")).as_posix() == wanted
