#!/usr/bin/env bash
# frictionless 5.21.0: of 32 equal rows of an .ods, which are stored as one row repeated, one is read and the table is valid; of 31 all are
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "frictionless[ods]==5.21.0" "odfpy==1.4.1"
venv/bin/python - <<'PYTHON'
import frictionless
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def cell(value):
    kind = {"valuetype": "float", "value": value} if isinstance(value, int) else {"valuetype": "string"}
    made = TableCell(**kind)
    made.addElement(P(text=str(value)))
    return made


def row(*values, times=1):
    made = TableRow(numberrowsrepeated=times)
    for value in values:
        made.addElement(cell(value))
    return made


def total_and_verdict(times):
    """The sum of a column with ``times`` rows of 2 and one of 5."""
    document, table = OpenDocumentSpreadsheet(), Table(name="S")
    for one in (row("code", "valeur"), row("A", 2, times=times), row("B", 5)):
        table.addElement(one)
    document.spreadsheet.addElement(table)
    document.save("essai.ods")
    total = sum(one["valeur"] for one in frictionless.Resource("essai.ods").read_rows())
    return total, frictionless.validate("essai.ods").valid


few, many = total_and_verdict(31), total_and_verdict(32)
print("31 x 2 + 5:", few, "| 32 x 2 + 5:", many)
assert few == (67, True), "repeated rows are read otherwise now"
assert many == (7, True), "all repeated rows are read now"
PYTHON
