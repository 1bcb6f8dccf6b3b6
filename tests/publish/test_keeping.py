from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.publish.keeping import Staying, binders_that_stay, still_whole, what_stays


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    for folder in ("begay/ana", "begay/kai", "maria/ana", "maria/mateo", "jorge/ana", "wei/oliver", "left/ana"):
        (tmp_path / folder).mkdir(parents=True)
    for viewer in ("begay", "maria", "jorge", "wei", "left"):
        (tmp_path / viewer / "assets").mkdir()
        (tmp_path / viewer / "index.html").write_text("names all of them")
    (tmp_path / "ghost").symlink_to(tmp_path / "maria")
    return tmp_path


def allowed(viewer: str, student: str) -> bool:
    return viewer != "left" and (viewer, student) != ("maria", "mateo")


def test_a_broken_students_pages_stay_for_those_still_allowed(sites: Path) -> None:
    stays = what_stays(sites, renewed={"begay", "wei"}, broken={"ana", "mateo"}, allowed=allowed)
    assert stays == Staying(whole=("jorge",), students={"begay": ("ana",), "maria": ("ana",)})
    assert set(stays.paths()) == {"jorge", "begay/ana", "maria/ana"}


def test_a_folder_stays_whole_only_when_all_in_it_may(sites: Path) -> None:
    stays = what_stays(sites, renewed=set(), broken={"ana"}, allowed=lambda *_: True)
    assert stays.whole == ("jorge", "left")
    assert stays.students == {"begay": ("ana",), "maria": ("ana",)}


def test_nothing_stays_when_nothing_is_broken_or_published(sites: Path, tmp_path: Path) -> None:
    assert what_stays(sites, set(), set(), lambda *_: True).paths() == ()
    assert what_stays(tmp_path / "none", set(), {"ana"}, lambda *_: True).paths() == ()


def test_who_may_still_see_all_of_their_folder(sites: Path) -> None:
    assert still_whole(sites, allowed) == {"begay", "jorge", "wei"}


def test_a_copy_for_somebody_stays_while_they_may_see_it(tmp_path: Path) -> None:
    for name in ("ana.html", "ana--for-maria.html", "ana--for-left.html", "gone.html", "gone--for-maria.html"):
        (tmp_path / name).write_text("")
    assert set(binders_that_stay(tmp_path, {"ana", "mateo"}, lambda name: "left" not in name)) == {
        "ana.html",
        "ana--for-maria.html",
    }
    assert binders_that_stay(tmp_path / "none", {"ana"}, lambda _: True) == ()
