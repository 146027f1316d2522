#!/usr/bin/env bash
# openpyxl 3.1.5: numbers are saved with 16 digits: 0.1 + 0.2 comes back as 0.3 and 3601.7999999999997 as 3601.8, so that a mark over values changes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import openpyxl

given = [0.1 + 0.2, 3601.7999999999997, 1 / 3]
book = openpyxl.Workbook()
book.active.append(given)
book.save("essai.xlsx")
back = [cell.value for cell in openpyxl.load_workbook("essai.xlsx").active[1]]
print("given:", given, "| back:", back)
assert back == [0.3, 3601.8, 1 / 3], "all digits are kept now"
PYTHON
