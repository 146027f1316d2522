#!/usr/bin/env bash
# openpyxl 3.1.5: of SUM(A1:INDEX(A1:A9,2)) filled down, the second row is read SUM(A1:INDEX(A2:A10,2)): the start of the range stays behind
# Why it matters: Excel stores a formula that is filled down once, shared, and the reader works out the others; a comparison of formulas goes wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import zipfile

import openpyxl

SHARED = {
    "<f>SUM(A1:INDEX(A1:A9,2))</f>": '<f t="shared" ref="B1:B2" si="0">SUM(A1:INDEX(A1:A9,2))</f>',
    "<f>SUM(A2:INDEX(A2:A10,2))</f>": '<f t="shared" si="0"/>',
    "<f>SUM(A1:A2)</f>": '<f t="shared" ref="C1:C2" si="1">SUM(A1:A2)</f>',
    "<f>SUM(A2:A3)</f>": '<f t="shared" si="1"/>',
}
book = openpyxl.Workbook()
book.active.append([1, "=SUM(A1:INDEX(A1:A9,2))", "=SUM(A1:A2)"])
book.active.append([2, "=SUM(A2:INDEX(A2:A10,2))", "=SUM(A2:A3)"])
book.save("plain.xlsx")
with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile("shared.xlsx", "w") as shared:
    for name in plain.namelist():
        text = plain.read(name).decode()
        for formula, stored in SHARED.items() if name.endswith("sheet1.xml") else ():
            assert formula in text
            text = text.replace(formula, stored)
        shared.writestr(name, text)
function, usual = (openpyxl.load_workbook("shared.xlsx").active[cell].value for cell in ("B2", "C2"))
print("openpyxl", openpyxl.__version__, "| the second row is read", function, "and", usual)
assert usual == "=SUM(A2:A3)"
assert function == "=SUM(A1:INDEX(A2:A10,2))", "both ends of the range are moved now"
PYTHON
