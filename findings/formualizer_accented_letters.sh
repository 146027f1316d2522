#!/usr/bin/env bash
# formualizer 0.13.0: É and é are two letters: UPPER("é") stays é, "é"="É" is FALSE and SEARCH finds nothing; COUNTIF takes them for one
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "formualizer==0.13.0" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import formualizer
import openpyxl

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "S"
sheet["A1"] = "école"
asked = ("UPPER(A1)", '"École"="école"', 'A1="ÉCOLE"', 'ISNUMBER(SEARCH("É",A1))', 'COUNTIF(A1:A1,"ÉCOLE")')
for row, formula in enumerate(asked, start=1):
    sheet.cell(row, 2, f"={formula}")
book.save("essai.xlsx")
workbook = formualizer.load_workbook("essai.xlsx")
workbook.evaluate_all()
answers = [workbook.evaluate_cell("S", row, 2) for row in range(1, len(asked) + 1)]
print(dict(zip(asked, answers)))
assert answers == ["éCOLE", False, False, False, 1], "accented letters have two cases now"
PYTHON
