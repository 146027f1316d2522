#!/usr/bin/env bash
# XlsxWriter 3.3.1: the way to another file is stored with backslashes, which lead nowhere outside Windows
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q XlsxWriter==3.3.1
cd "$folder"
environment/bin/python - <<'PYTHON'
import re
import zipfile

import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    book.add_worksheet().write_url("A1", "external:retours/2021/caf.xlsx")
relations = zipfile.ZipFile("book.xlsx").read("xl/worksheets/_rels/sheet1.xml.rels").decode()
(target,) = re.findall('Target="([^"]*)"', relations)
print("stored:", target)
assert target == r"retours\2021\caf.xlsx", "slashes are kept now"
PYTHON
