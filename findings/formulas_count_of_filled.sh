#!/usr/bin/env bash
# formulas 1.3.4: SUMPRODUCT(--(range="N"),numbers) is 0 and COUNTIF(range,"<>") counts no filled cell, where spreadsheets say 4 and 3
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
for row in (("N", 1), ("S", 2), ("N", 3)):
    book.active.append(row)
asked = ('SUMPRODUCT((A1:A3="N")*B1:B3)', 'SUMPRODUCT(--(A1:A3="N"),B1:B3)', 'COUNTIF(A1:A3,"N")', 'COUNTIF(A1:A3,"<>")')
for row, formula in enumerate(asked, start=1):
    book.active.cell(row, 4, f"={formula}")
book.save("essai.xlsx")
solution = formulas.ExcelModel().loads("essai.xlsx").finish().calculate()
answers = [float(solution[f"'[essai.xlsx]S'!D{row}"].value[0, 0]) for row in (1, 2, 3, 4)]
print(dict(zip(asked, answers)))
assert answers == [4, 0, 2, 0], "both ways agree now"
PYTHON
