#!/usr/bin/env bash
# xlcalculator 0.5.0: AVERAGE over a range with a blank cell is #VALUE!, although SUM and COUNT pass over the same blank
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "xlcalculator==0.5.0" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import openpyxl
from xlcalculator import Evaluator, ModelCompiler

book = openpyxl.Workbook()
book.active.title = "S"
for row, number in enumerate((2, None, 4), start=1):
    book.active.cell(row, 1, number)
for row, name in enumerate(("SUM", "COUNT", "AVERAGE"), start=1):
    book.active.cell(row, 2, f"={name}(A1:A3)")
book.save("essai.xlsx")
evaluator = Evaluator(ModelCompiler().read_and_parse_archive("essai.xlsx"))
total, count, mean = (str(evaluator.evaluate(f"S!B{row}")) for row in (1, 2, 3))
print("SUM", total, "| COUNT", count, "| AVERAGE", mean)
assert (total, count, mean) == ("6", "2", "#VALUE!"), "AVERAGE passes over blanks now"
PYTHON
