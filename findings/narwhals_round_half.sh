#!/usr/bin/env bash
# narwhals 2.29.0: round(0) of 2.5 is 2 for a polars frame and 3 for an Arrow table: one expression, two figures
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "narwhals==2.29.0" "polars==2.1.0" "pyarrow==26.0.1"
venv/bin/python - <<'PYTHON'
import narwhals
import polars
import pyarrow

values = {"part": [0.5, 1.5, 2.5]}


def rounded(frame):
    return narwhals.from_native(frame).select(narwhals.col("part").round(0))["part"].to_list()


by_polars, by_arrow = rounded(polars.DataFrame(values)), rounded(pyarrow.table(values))
print("0.5, 1.5, 2.5 rounded by polars:", by_polars, "| by Arrow:", by_arrow)
assert (by_polars, by_arrow) == ([0, 2, 2], [1, 2, 3]), "both round alike now"
PYTHON
