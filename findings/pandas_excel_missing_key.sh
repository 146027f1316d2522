#!/usr/bin/env bash
# pandas 3.1.1: a frame whose first index level lacks a name is written by to_excel and read back with that row under the name above it
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pandas==3.1.1" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import pandas as pd

keys = pd.MultiIndex.from_tuples([("CAF", "F"), (None, "H"), ("Mairie", "F")], names=["partenaire", "sexe"])
written = pd.DataFrame({"nombre": [10, 20, 30]}, index=keys)
written.to_excel("essai.xlsx")
read = pd.read_excel("essai.xlsx", index_col=[0, 1])
before, after = (frame.groupby("partenaire")["nombre"].sum()["CAF"].item() for frame in (written, read))
print("sum of CAF before:", before, "| after a round trip:", after, "|", read.index.tolist())
assert (before, after) == (10, 30), "the row stays without a name now"
PYTHON
