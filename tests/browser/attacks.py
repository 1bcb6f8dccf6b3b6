"""A store in which every text is an attack on whoever reads it, and the attacks."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from site_builder.check.schemas import validate
from site_builder.source.layout import Kind, locate
from site_builder.source.yaml_reader import read_yaml

STUDENTS = {"rivera-ana", "rivera-mateo", "peterson-mia", "benally-kai"}
RECORDS = Path(__file__).parents[2] / "records"
PWNED = "document.documentElement.dataset.pwned=1"
SUM = "37163"  # what 7*5309 comes to, where a text is taken for a template

# Those that need nobody's help in a page without any protection: the tests see each of them spring.
SPRINGING = (
    f"<script>{PWNED};fetch('HOME/script')</script>",
    f"<img src=x onerror={PWNED}>",
    "<img src=HOME/image>",
    f"<svg onload={PWNED}><image href=HOME/svg></svg>",
    f"<input autofocus onfocus={PWNED}>",
    "<b style=background:url(HOME/style)>x</b>",
    "<style>*{background:url(HOME/sheet)}</style>",
    "<link rel=stylesheet href=HOME/link>",
    "<iframe src=HOME/frame></iframe>",
    "<object data=HOME/object></object>",
    "<video src=HOME/video autoplay></video>",
    "<meta http-equiv=refresh content=0;url=HOME/refresh>",
    f"<details open ontoggle={PWNED}>x</details>",
    f"</title></textarea></script><script>{PWNED}</script>",
    f'"><script>{PWNED}</script>',
    f"'><img src=x onerror={PWNED}>",
    f"--><img src=x onerror={PWNED}><!--",
)
# Those that wait for a click, or for somebody who decodes once too often.
WAITING = (
    f"javascript:{PWNED}",
    f'" onmouseover="{PWNED}" x="',
    f"' autofocus onfocus='{PWNED}' x='",
    "{{ 7*5309 }}{% print 7*5309 %}${7*5309}",
    f"&lt;script&gt;{PWNED}&lt;/script&gt;",
    f"%3Cscript%3E{PWNED}%3C/script%3E",
    f"\\u003cscript\\u003e{PWNED}\\u003c/script\\u003e",
    f"<a href=javascript:{PWNED}>x</a>",
    f"<a href='data:text/html,<script>{PWNED}</script>'>x</a>",
    "<form action=HOME/form><button>x</button></form>",
    "<base href=HOME/base/>",
    f"[x](javascript:{PWNED}) ![x](HOME/markdown)",
    f"</script><!--<script>{PWNED}//",
)
ATTACKS = SPRINGING + WAITING

BODY = f"""\
# <img src=HOME/heading>

[a](javascript:{PWNED}) [b](JaVaScRiPt&colon;{PWNED}) [c](&#106;avascript:{PWNED}) [d](vbscript:x)
[e](data:text/html,<script>{PWNED}</script>) [f](blob:HOME/x) [g](intent://x#Intent;end) [h](file:///etc/passwd)
[i](//evil.example/x) [j](../../../other-student/2026-27/plan.yaml) [k](/etc/passwd) [l](\\\\evil.example\\x)
[m](https:/\\evil.example) [n](http://evil.example/) [o](https://school.example "\\" onmouseover=\\"{PWNED}") [p][q]
<javascript:{PWNED}> <https://school.example/x>

![a](HOME/md-image) ![b](//HOST/md-image) ![c](data:image/svg+xml,<svg/onload={PWNED}>) ![d](blob:HOME/x)
![e](../../../other-student/2026-27/documents/x.png) ![" onerror="{PWNED}](x.png) ![g](<x" onerror="{PWNED}>)

{" ".join(ATTACKS)}

<div style="background:url(HOME/block)">

<script>
{PWNED}
</script>

| <img src=x onerror={PWNED}> | b |
|---|---|
| <script>{PWNED}</script> | [x](javascript:{PWNED}) |

```"><script>{PWNED}</script>
</code></pre><script>{PWNED}</script>
```

[q]: javascript:{PWNED} "x"
[^1]: <img src=HOME/note>
"""

# Texts that other files or the program look up: where they are attacks, nothing is left that could be shown.
LOOKED_UP = {
    ("guidelines", "version"),
    ("plan", "template_version"),
    ("program", "version"),
    ("school", "privacy", "archives", "*"),
}


Place = tuple[str | int, ...]


@dataclass
class Attacked:
    """Which texts were made attacks: kind of file and field; and how many."""

    fields: set[tuple[str, ...]] = field(default_factory=set)
    texts: int = 0
    bodies: set[str] = field(default_factory=set)


def write_attacked_store(root: Path, home: str, turn: int) -> Attacked:
    """Copy four students of the sample school to `root` with an attack in place of every text.

    `home` is where attacks call (`http://127.0.0.1:8000`). The same text is the same attack everywhere, so that a
    person is one person; with another `turn` it is another attack.
    """
    shutil.copytree(RECORDS, root)
    for each in (root / "students").iterdir():
        if each.name not in STUDENTS:
            shutil.rmtree(each)
    done = Attacked()
    for path in sorted(root.rglob("*")):
        location = locate(path.relative_to(root).as_posix())
        if location is None or not path.is_file():
            continue
        text = path.read_text("utf-8")
        front, body = _parts(text) if location.kind.markdown else (text, None)
        document, _ = read_yaml(path.name, front)
        assert document is not None, path
        data = _changeable(document.data)
        for place, value in _texts(data):
            key = (location.kind.name, *("*" if isinstance(each, int) else str(each) for each in place))
            attack = _fitting(location.kind, data, key, place, value, home, turn)
            if key not in LOOKED_UP and attack:
                _put(data, place, attack)
                done.fields.add(key)
                done.texts += 1
        made = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        if body is not None:
            words = BODY.replace("HOME", home).replace("HOST", home.partition("//")[2])
            made = f"---\n{made}---\n{words}"
            done.bodies.add(location.kind.name)
        path.write_text(made, "utf-8")
    return done


def _parts(text: str) -> tuple[str, str]:
    _, front, body = text.split("---\n", 2)
    return front, body


def _changeable(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _changeable(each) for key, each in data.items()}
    return [_changeable(each) for each in data] if isinstance(data, (list, tuple)) else data


def _texts(data: Any, place: Place = ()) -> list[tuple[Place, str]]:
    if isinstance(data, str):
        return [(place, data)]
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, each in pairs for found in _texts(each, (*place, key))]


def _put(data: Any, place: Place, new: str) -> None:
    for each in place[:-1]:
        data = data[each]
    data[place[-1]] = new


_FITS: dict[tuple[str, ...], bool] = {}


def _fitting(kind: Kind, data: Any, key: tuple[str, ...], place: Place, value: str, home: str, turn: int) -> str:
    """Return the attack in place of `value`, or an empty text where the schema lets none stand."""
    if not _fits(kind, data, key, place, value, "<b>"):
        return ""
    start = zlib.crc32(value.encode()) + turn
    for number in range(len(ATTACKS)):
        attack = ATTACKS[(start + number) % len(ATTACKS)].replace("HOME", home)
        if _fits(kind, data, key, place, value, attack):
            return attack
    return "<b>"  # of a few letters, such as a grade


def _fits(kind: Kind, data: Any, key: tuple[str, ...], place: Place, value: str, attack: str) -> bool:
    if (*key, attack) not in _FITS:
        _put(data, place, attack)
        document, _ = read_yaml("x.yaml", yaml.safe_dump(data))
        _FITS[*key, attack] = document is not None and not validate(document, kind)
        _put(data, place, value)
    return _FITS[*key, attack]
