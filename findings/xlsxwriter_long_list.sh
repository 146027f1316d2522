#!/usr/bin/env bash
# XlsxWriter 3.3.1: a list of choices over 255 characters only warns and returns -2: the cell has no dropdown
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q XlsxWriter==3.3.1 openpyxl==3.1.5
cd "$folder"
environment/bin/python - <<'PYTHON'
import warnings

import openpyxl
import xlsxwriter

with warnings.catch_warnings(record=True) as seen, xlsxwriter.Workbook("book.xlsx") as book:
    warnings.simplefilter("always")
    code = book.add_worksheet().data_validation("A1", {"validate": "list", "source": ["x" * 60] * 5})
dropdowns = openpyxl.load_workbook("book.xlsx").active.data_validations.dataValidation
print("returned:", code, "| warnings:", len(seen), "| dropdowns:", len(dropdowns))
assert (code, len(seen), len(dropdowns)) == (-2, 1, 0), "it is told otherwise now"
PYTHON
