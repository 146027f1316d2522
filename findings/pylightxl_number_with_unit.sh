#!/usr/bin/env bash
# pylightxl 1.61: a number whose format writes a unit after it (12 jours, 12 h) is read as the time of day 00:00:00, and 36 hours as noon
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pylightxl==1.61" "XlsxWriter==3.3.1"
venv/bin/python - <<'PYTHON'
import pylightxl
import xlsxwriter

with xlsxwriter.Workbook("essai.xlsx") as book:
    sheet = book.add_worksheet("S")
    for row, (number, shown) in enumerate([(12, '0" jours"'), (12, r"0\ \h"), (1.5, "[h]:mm")]):
        sheet.write_number(row, 0, number, book.add_format({"num_format": shown}))
read = [pylightxl.readxl("essai.xlsx").ws("S").index(row, 1) for row in (1, 2, 3)]
print("12 jours, 12 h and 36:00 are read", read)
assert read == ["00:00:00", "00:00:00", "12:00:00"], "the stored numbers are read now"
PYTHON
