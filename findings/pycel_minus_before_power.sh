#!/usr/bin/env bash
# pycel 1.0b30: -2^2 is -4, where every spreadsheet takes the sign first and says 4; and a month after 31 January 2020 is 2 March
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
book.active["A1"] = "=-2^2"
book.active["A2"] = "=EDATE(DATE(2020,1,31),1)-DATE(2020,2,29)"
book.save("essai.xlsx")
compiled = pycel.ExcelCompiler("essai.xlsx")
square, days = compiled.evaluate("S!A1"), compiled.evaluate("S!A2")
print("-2^2 =", square, "| days from 29 February to a month after 31 January:", days)
assert (square, days) == (-4, 2), "as spreadsheets compute now"
PYTHON
