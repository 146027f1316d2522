#!/usr/bin/env bash
# openpyxl 3.1.5: a formula that spills, UNIQUE(A1:A9), is saved as an array formula of the size that it had: its mark and xl/metadata.xml are lost
# Why it matters: a list that grew with the answers stays as long as it was on the day when a program opened and saved the workbook.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "openpyxl==3.1.5" "XlsxWriter==3.3.1"
venv/bin/python - <<'PYTHON'
import re
import zipfile

import openpyxl
import xlsxwriter

with xlsxwriter.Workbook("essai.xlsx") as book:
    sheet = book.add_worksheet("S")
    sheet.write_column("A1", ["CAF", "Mairie", "CAF"])
    sheet.write_dynamic_array_formula("C1:C2", "=UNIQUE(A1:A9)")
openpyxl.load_workbook("essai.xlsx").save("again.xlsx")


def stored(name):
    with zipfile.ZipFile(name) as parts:
        cell = re.search(r'<c r="C1".*?</f>', parts.read("xl/worksheets/sheet1.xml").decode())
        return cell.group(), "xl/metadata.xml" in parts.namelist()


before, after = stored("essai.xlsx"), stored("again.xlsx")
print("openpyxl", openpyxl.__version__, "| before:", before, "| after:", after)
assert 'cm="1"' in before[0] and before[1]
assert 't="array" ref="C1:C2"' in after[0] and "UNIQUE(A1:A9)" in after[0]
assert 'cm="1"' not in after[0] and not after[1], "the mark of a formula that spills is kept now"
PYTHON
