#!/usr/bin/env bash
# xlsx2html 0.6.4: 12.5 % without decimals is shown as 12 %, 1 234 567 in millions as 1234567.0, and 1.5 in a format under a condition as [>2]0.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "xlsx2html==0.6.4" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import io
import re

import openpyxl
from xlsx2html import xlsx2html

book = openpyxl.Workbook()
for row, (number, shown) in enumerate([(0.125, "0%"), (1234567, '0.0,,"M"'), (1.5, "[>1]0.0;0.00")], start=1):
    book.active.cell(row, 1, number).number_format = shown
book.save("essai.xlsx")
page = io.StringIO()
xlsx2html("essai.xlsx", page, locale="en")
read = re.findall(r"<td[^>]*>(.*?)</td>", page.getvalue(), re.DOTALL)
print("13%, 1.2M and 1.5 for a spreadsheet; here:", read)
assert read == ["12%", '1234567.0"M"', "[>2]0.0"], "shown as a spreadsheet shows it now"
PYTHON
