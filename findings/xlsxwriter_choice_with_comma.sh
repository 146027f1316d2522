#!/usr/bin/env bash
# XlsxWriter 3.3.1: a choice that holds a comma is written as two choices, without a warning
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q XlsxWriter==3.3.1 openpyxl==3.1.5
cd "$folder"
environment/bin/python - <<'PYTHON'
import openpyxl
import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet()
    assert sheet.data_validation("A1", {"validate": "list", "source": ["Oui", "Non, plus tard"]}) == 0
(validation,) = openpyxl.load_workbook("book.xlsx").active.data_validations.dataValidation
print("choices written:", validation.formula1)
assert validation.formula1 == '"Oui,Non, plus tard"', "two choices of two are kept apart now"
PYTHON
