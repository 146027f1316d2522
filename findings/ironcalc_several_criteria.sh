#!/usr/bin/env bash
# ironcalc 0.9.1: SUMIFS with several criteria for one range, inside SUMPRODUCT, yields 0 where SUMIF and LibreOffice add them up
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "ironcalc==0.9.1"
venv/bin/python - <<'PYTHON'
import ironcalc

model = ironcalc.create("essai", "en", "UTC", "en")
for row, (code, number) in enumerate((("F", 2), ("H", 3), ("X", 10)), start=1):
    model.update_cell_with_text(0, row, 1, code)
    model.update_cell_with_number(0, row, 2, number)
formulas = ('=SUMPRODUCT(SUMIF(A1:A3,{"F","H"},B1:B3))', '=SUMPRODUCT(SUMIFS(B1:B3,A1:A3,{"F","H"}))')
for row, formula in enumerate(formulas, start=1):
    model.update_cell_with_formula(0, row, 4, formula)
model.evaluate()
sumif, sumifs = (model.get_cell_value(0, row, 4) for row in (1, 2))
print("2 + 3 with SUMIF:", sumif, "| with SUMIFS:", sumifs)
assert (sumif, sumifs) == (5, 0), "both agree now"
PYTHON
