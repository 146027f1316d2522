#!/usr/bin/env bash
# formulas 1.3.4: ROUND works on binary fractions: 1.005 to two decimals is 1.0 and 0.285 is 0.28, where spreadsheets show 1.01 and 0.29
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "formulas==1.3.4" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import formulas
import openpyxl

book = openpyxl.Workbook()
book.active.title = "S"
for row, number in enumerate((1.005, 0.285, 2.5), start=1):
    book.active.cell(row, 1, number)
    book.active.cell(row, 2, f"=ROUND(A{row},{0 if row == 3 else 2})")
book.save("essai.xlsx")
solution = formulas.ExcelModel().loads("essai.xlsx").finish().calculate()
rounded = [float(solution[f"'[essai.xlsx]S'!B{row}"].value[0, 0]) for row in (1, 2, 3)]
print("1.005, 0.285 and 2.5 rounded:", rounded)
assert rounded == [1.0, 0.28, 3.0], "rounded as spreadsheets do now"
PYTHON
