#!/usr/bin/env bash
# csvkit 2.2.0: in2csv turns the codes 1H, 2H, 3D of a workbook into hours and days, and the texts 10:30 and 2:15 into minutes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "csvkit==2.2.0" "agate==1.14.2" "agate-excel==0.4.2" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import csv
import subprocess
import sys

import openpyxl

book = openpyxl.Workbook()
for row in (("code", "duree"), ("1H", "10:30"), ("2H", "2:15"), ("3D", "1:00")):
    book.active.append(row)
book.save("essai.xlsx")
done = subprocess.run([sys.executable, "-m", "csvkit.utilities.in2csv", "essai.xlsx"], capture_output=True, text=True, check=True)
codes, durations = zip(*list(csv.reader(done.stdout.splitlines()))[1:])
print("1H, 2H, 3D:", codes, "| 10:30, 2:15, 1:00:", durations)
assert codes == ("1:00:00", "2:00:00", "3 days, 0:00:00"), "codes stay texts now"
assert durations == ("0:10:30", "0:02:15", "0:01:00"), "durations are hours and minutes now"
PYTHON
