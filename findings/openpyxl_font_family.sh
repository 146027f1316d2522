#!/usr/bin/env bash
# openpyxl 3.1.5: refuses a whole workbook for a font of family 15 or more, which is only a hint for a substitute font
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q openpyxl==3.1.5
cd "$folder"
environment/bin/python - <<'PYTHON'
import zipfile

import openpyxl

openpyxl.Workbook().save("plain.xlsx")
with zipfile.ZipFile("plain.xlsx") as source, zipfile.ZipFile("family.xlsx", "w") as target:
    for entry in source.infolist():
        target.writestr(entry, source.read(entry).replace(b'<family val="2"', b'<family val="34"'))
try:
    openpyxl.load_workbook("family.xlsx")
except Exception as error:
    print("refused:", type(error).__name__, error)
else:
    raise AssertionError("it is opened now")
PYTHON
