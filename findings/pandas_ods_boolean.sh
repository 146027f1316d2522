#!/usr/bin/env bash
# pandas 3.1.1: with odfpy, a true cell of an .ods saved in French is read as False: the text shown is compared with TRUE
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pandas==3.1.1" "odfpy==1.4.1"
venv/bin/python - <<'PYTHON'
import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def cell(shown, **kind):
    made = TableCell(**kind)
    made.addElement(P(text=shown))
    return made


document = OpenDocumentSpreadsheet()
table = Table(name="S")
for shown in ("TRUE", "VRAI", "WAHR"):
    row = TableRow()
    row.addElement(cell(shown, valuetype="boolean", booleanvalue="true"))
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("essai.ods")
read = pandas.read_excel("essai.ods", engine="odf", header=None)[0].tolist()
print("three true cells, shown as TRUE, VRAI, WAHR:", read)
assert read == [True, False, False], "the stored value is read now"
PYTHON
