#!/usr/bin/env bash
# pyexcel-xlsx 0.6.1: a row that a filter hides is not read, nor is a hidden sheet; nothing says so
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pyexcel-xlsx==0.6.1" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import openpyxl
import pyexcel_xlsx

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "S"
for row in (["code", "valeur"], ["A", 1], ["B", 2], ["C", 3]):
    sheet.append(row)
sheet.row_dimensions[3].hidden = True
other = book.create_sheet("Cachee")
other.append(["D", 4])
other.sheet_state = "hidden"
book.save("essai.xlsx")
read = dict(pyexcel_xlsx.get_data("essai.xlsx"))
print(read)
assert read == {"S": [["code", "valeur"], ["A", 1], ["C", 3]]}, "what is hidden is read now"
PYTHON
