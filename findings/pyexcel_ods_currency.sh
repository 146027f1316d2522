#!/usr/bin/env bash
# pyexcel-ods 0.6.0: an amount of 1 234.50 euros in an .ods is read as the text "1234.5 EUR", a rate beside it as a number
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pyexcel-ods==0.6.0" "odfpy==1.4.1"
venv/bin/python - <<'PYTHON'
import pyexcel_ods
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

document, table, row = OpenDocumentSpreadsheet(), Table(name="S"), TableRow()
amount = TableCell(valuetype="currency", currency="EUR", value=1234.5)
amount.addElement(P(text="1 234,50 €"))
rate = TableCell(valuetype="percentage", value=0.125)
rate.addElement(P(text="12,5 %"))
for cell in (amount, rate):
    row.addElement(cell)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save("essai.ods")
read = pyexcel_ods.get_data("essai.ods")["S"][0]
print("1 234,50 € and 12,5 % are read", read)
assert read == ["1234.5 EUR", 0.125], "an amount is a number now"
PYTHON
