#!/usr/bin/env bash
# tablib 3.10.0: of a cell of an .ods that bears a comment the comment is read, not the cell; of a rate the text shown
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "tablib[ods]==3.10.0"
venv/bin/python - <<'PYTHON'
import tablib
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

document = OpenDocumentSpreadsheet()
table = Table(name="S")
row = TableRow()
for title in ("partenaire", "taux"):
    head = TableCell(valuetype="string")
    head.addElement(P(text=title))
    row.addElement(head)
table.addElement(row)
row, name, rate = TableRow(), TableCell(valuetype="string"), TableCell(valuetype="percentage", value=0.125)
remark = Annotation()
remark.addElement(P(text="une remarque"))
name.addElement(remark)
name.addElement(P(text="Bailleur"))
rate.addElement(P(text="13 %"))
row.addElement(name)
row.addElement(rate)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save("essai.ods")
with open("essai.ods", "rb") as file:
    read = tablib.Dataset().load(file, "ods")[0]
print("Bailleur, 0.125 is read", read)
assert read == ("une remarque", "13 %"), "the cell and its value are read now"
PYTHON
