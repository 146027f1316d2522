#!/usr/bin/env bash
# ironcalc 0.9.1: SUMPRODUCT(ISNUMBER(range)*1) counts no number of three, since ISNUMBER sees one cell; (range>0)*1 counts all
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "ironcalc==0.9.1"
venv/bin/python - <<'PYTHON'
import ironcalc

model = ironcalc.create("essai", "en", "UTC", "en")
for row in (1, 2, 3):
    model.update_cell_with_number(0, row, 1, row)
counts = ("=SUMPRODUCT((A1:A3>0)*1)", "=SUMPRODUCT(ISNUMBER(A1:A3)*1)", "=SUMPRODUCT(COUNTIF(A1:A3,A1:A3))")
for row, formula in enumerate(counts, start=10):
    model.update_cell_with_formula(0, row, 4, formula)
model.evaluate()
positive, numbers, equal = (model.get_cell_value(0, row, 4) for row in (10, 11, 12))
print("three numbers, counted by >0:", positive, "| by ISNUMBER:", numbers, "| by COUNTIF of each:", equal)
assert (positive, numbers, equal) == (3, 0, 0), "every cell of the range is seen now"
PYTHON
