#!/usr/bin/env bash
# openpyxl 3.1.5: reads the escape `_x000D_` as seven characters, and writes a text `_x0041_` so that other readers see A
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1
cd "$folder"
environment/bin/python - <<'PYTHON'
import openpyxl
import python_calamine
import xlsxwriter

with xlsxwriter.Workbook("read.xlsx") as book:
    book.add_worksheet().write_string("A1", "un\rdeux")  # stored as un_x000D_deux, as Excel does
read = openpyxl.load_workbook("read.xlsx").active["A1"].value
print("read by openpyxl:", repr(read))
assert read == "un_x000D_deux", "the escape is understood now"

book = openpyxl.Workbook()
book.active["A1"] = "_x0041_"
book.save("written.xlsx")
other = python_calamine.load_workbook("written.xlsx").get_sheet_by_index(0).to_python()[0][0]
print("written by openpyxl as _x0041_, read by another reader:", repr(other))
assert other == "A", "the text is escaped now, or the other reader leaves it"
PYTHON
