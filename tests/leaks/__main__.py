"""`make test-leaks`: the leak suites at their default size, rule by rule what caught it, and one closing line."""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from tests.leaks import tally


class Gathering:
    """Takes in what each process has counted."""

    def pytest_testnodedown(self, node: Any) -> None:
        counted = getattr(node, "workeroutput", {}).get(tally.ASKED)
        if counted is not None:
            tally.add(counted)


def main() -> int:
    """Run the suites; red unless every test passed and every broken rule was caught."""
    os.environ.setdefault(tally.ASKED, "default")
    on_all_cores = ["-n", "auto", "--dist", "worksteal"]
    code = int(pytest.main(["-q", *on_all_cores, "tests/leaks", "tests/access", *sys.argv[1:]], plugins=[Gathering()]))
    width = max((len(each) for each in tally.COUNTS.rules), default=0)
    say = sys.stdout.write
    say("\nEach access rule broken on purpose, and what caught it:\n")
    for rule, caught in sorted(tally.COUNTS.rules.items()):
        say(f"  {rule:<{width}}  {', '.join(caught) or 'NOT CAUGHT'}\n")
    say(f"\n{tally.closing_line()}\n")
    return code or int(not tally.perfect())


if __name__ == "__main__":
    sys.exit(main())
