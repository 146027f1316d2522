#!/usr/bin/env bash
# fastexcel 0.21.0: one text in a column of numbers makes texts of all, cut to nine decimals: a third becomes 0.333333333
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "fastexcel==0.21.0" "openpyxl==3.1.5" "pyarrow==26.0.1"
venv/bin/python - <<'PYTHON'
import fastexcel
import openpyxl

book = openpyxl.Workbook()
for row in (["seul", "avec nd"], [1 / 3, 1 / 3], [2.0, "nd"]):
    book.active.append(row)
book.save("essai.xlsx")
read = fastexcel.read_excel("essai.xlsx").load_sheet(0).to_arrow()
alone, mixed = (column.to_pylist() for column in read.columns)
print(alone, mixed)
assert alone[0] == 1 / 3, "a column of numbers alone is read otherwise now"
assert mixed == ["0.333333333", "nd"], "mixed columns keep their digits now"
PYTHON
