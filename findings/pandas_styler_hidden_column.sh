#!/usr/bin/env bash
# pandas 3.1.1: a column that a Styler hides and small numbers that it masks are absent from its HTML and in full in its workbook
# Why it matters: the table was looked at on the screen, where secrecy is kept, and it is the workbook that is sent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pandas==3.1.1" "jinja2==3.1.6" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import openpyxl
import pandas

table = pandas.DataFrame({"quartier": ["Nord", "Sud"], "referent": ["Durand", "Petit"], "agents": [3, 40]})
styled = table.style.hide(axis="columns", subset=["referent"]).format({"agents": lambda number: "s" if number < 11 else number})
page = styled.to_html()
styled.to_excel("essai.xlsx", index=False)
rows = list(openpyxl.load_workbook("essai.xlsx").active.values)
print("pandas", pandas.__version__, "| the page names Durand:", "Durand" in page, "| the workbook:", rows)
assert "Durand" not in page and ">s</td>" in page and ">3</td>" not in page
assert rows == [("quartier", "referent", "agents"), ("Nord", "Durand", 3), ("Sud", "Petit", 40)], "what is hidden is left out now"
PYTHON
