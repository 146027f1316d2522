"""Every benchmark, one after the other: a line for each measure, and all of them in build/bench.json.

make bench                                        # an hour; nothing else should run on the machine
python -m benchmarks 8cdfbe8 --out build/bench.json

The commit is the one that commands and masters are compared with.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import again, opening, products, run
from benchmarks.results import write_results

BASE = "8cdfbe8"  # before anything was kept

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("base", nargs="?", default=BASE)
    parser.add_argument("--out", type=Path, default=Path("build") / "bench.json")
    chosen = parser.parse_args()
    for work in (
        lambda: run.main(180),
        lambda: again.main(chosen.base, 5),
        products.show_growth,
        lambda: opening.main(chosen.base, [434]),
    ):
        work()
        write_results(chosen.out)  # after each, so that a run cut short is not lost
