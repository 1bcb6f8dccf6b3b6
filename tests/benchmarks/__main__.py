"""Every measurement that needs no browser, one after the other: `make bench`."""

from __future__ import annotations

import sys
from itertools import chain

from tests.benchmarks import history
from tests.benchmarks.table import run

MEASURED = (history.rows,)

if __name__ == "__main__":
    sys.exit(run(chain.from_iterable(each() for each in MEASURED)))
