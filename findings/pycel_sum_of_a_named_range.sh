#!/usr/bin/env bash
# pycel 1.0b30: SUM(INDIRECT("A1:A3")) and SUM(OFFSET(A1,0,0,3,1)) are 0, without an error, where spreadsheets add the three cells up
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pycel==1.0b30" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import openpyxl
import pycel

book = openpyxl.Workbook()
book.active.title = "S"
for row in (1, 2, 3):
    book.active.cell(row, 1, row)
for row, given in enumerate(("A1:A3", 'INDIRECT("A1:A3")', "OFFSET(A1,0,0,3,1)"), start=1):
    book.active.cell(row, 2, f"=SUM({given})")
book.save("essai.xlsx")
compiled = pycel.ExcelCompiler("essai.xlsx")
plain, indirect, offset = (compiled.evaluate(f"S!B{row}") for row in (1, 2, 3))
print("1 + 2 + 3:", plain, "| by INDIRECT:", indirect, "| by OFFSET:", offset)
assert (plain, indirect, offset) == (6, 0, 0), "a range that a formula names is read now"
PYTHON
