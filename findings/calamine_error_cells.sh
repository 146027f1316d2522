#!/usr/bin/env bash
# python-calamine 0.9.1: a cell that shows #DIV/0! is read as an empty text, like a cell that nobody filled
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q python-calamine==0.9.1 openpyxl==3.1.5
cd "$folder"
environment/bin/python - <<'PYTHON'
import openpyxl
import python_calamine

book = openpyxl.Workbook()
book.active.append(["#DIV/0!", "", 1])
assert book.active["A1"].data_type == "e"
book.save("book.xlsx")
(row,) = python_calamine.load_workbook("book.xlsx").get_sheet_by_index(0).to_python()
print("read:", row)
assert row[0] == "", "an error is told apart now"
PYTHON
