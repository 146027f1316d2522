#!/usr/bin/env bash
# polars 2.1.0: the totals and computed columns that write_excel adds are stored as formulas with the value 0, which is what readers see
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "polars==2.1.0" "XlsxWriter==3.3.1" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import openpyxl
import polars

frame = polars.DataFrame({"code": ["A", "B"], "valeur": [20, 30]})
frame.write_excel("essai.xlsx", column_totals=True, formulas={"double": "=[@valeur]*2"})
rows = list(openpyxl.load_workbook("essai.xlsx", data_only=True).active.values)
print(rows)
assert rows[1:3] == [("A", 20, 0), ("B", 30, 0)], "a computed column has its values now"
assert rows[3][1] == 0, "the total is 50 now"
PYTHON
