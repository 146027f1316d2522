#!/usr/bin/env bash
# formulas 1.3.4: TEXT(5,"+0;-0;0") is -5, not +5: all sections of a format are taken together, and the signs with them
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
for row, number in enumerate((5, -5, 0), start=1):
    book.active.cell(row, 1, f'=TEXT({number},"+0;-0;0")')
book.save("essai.xlsx")
solution = formulas.ExcelModel().loads("essai.xlsx").finish().calculate()
shown = [str(solution[f"'[essai.xlsx]S'!A{row}"].value[0, 0]) for row in (1, 2, 3)]
print("5, -5 and 0 in the format +0;-0;0:", shown)
assert shown == ["-5", "--5", "-0"], "the section for the sign is chosen now"
PYTHON
