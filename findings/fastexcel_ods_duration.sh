#!/usr/bin/env bash
# fastexcel 0.21.0: a duration of 36 hours in an .ods is null, like a cell that nobody filled; one in an .xlsx is read
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "fastexcel==0.21.0" "odfpy==1.4.1" "openpyxl==3.1.5" "pyarrow==26.0.1"
venv/bin/python - <<'PYTHON'
from datetime import timedelta

import fastexcel
import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

document = OpenDocumentSpreadsheet()
table = Table(name="S")
for kind, value, shown in (("string", {"stringvalue": "duree"}, "duree"), ("time", {"timevalue": "PT36H00M00S"}, "36:00")):
    row, cell = TableRow(), TableCell(valuetype=kind, **value)
    cell.addElement(P(text=shown))
    row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("essai.ods")
book = openpyxl.Workbook()
book.active.append(["duree"])
book.active.append([timedelta(hours=36)])
book.active["A2"].number_format = "[h]:mm"
book.save("essai.xlsx")
ods, xlsx = (fastexcel.read_excel(name).load_sheet(0).to_arrow().columns[0].to_pylist() for name in ("essai.ods", "essai.xlsx"))
print("ods:", ods, "| xlsx:", xlsx)
assert (ods, xlsx) == ([None], [timedelta(hours=36)]), "durations of .ods are read now"
PYTHON
