#!/usr/bin/env bash
# xlsx2csv 0.8.6: a rate of 12.5 % in a cell without decimals is written 13%, and a third with six digits: the stored number is lost
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "xlsx2csv==0.8.6" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import io

import openpyxl
from xlsx2csv import Xlsx2csv

book = openpyxl.Workbook()
book.active.append([0.125, 1 / 3])
book.active["A1"].number_format = "0%"
book.save("essai.xlsx")
written = io.StringIO()
Xlsx2csv("essai.xlsx").convert(written)
print(written.getvalue().strip())
assert written.getvalue().strip() == "13%,0.333333", "what is stored is written now"
PYTHON
