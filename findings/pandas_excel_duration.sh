#!/usr/bin/env bash
# pandas 3.1.1: a duration of 36 hours is written to a workbook as 1.5 days in a format without decimals: the cell shows 2; a time of day is text
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pandas==3.1.1" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
from datetime import time, timedelta

import openpyxl
import pandas as pd

pd.DataFrame({"duree": [timedelta(hours=36)], "heure": [time(7, 30)]}).to_excel("essai.xlsx", index=False)
duration, hour = openpyxl.load_workbook("essai.xlsx").active[2]
back = pd.read_excel("essai.xlsx").iloc[0].tolist()
print("stored:", duration.value, hour.value, "| format:", duration.number_format, "| read back:", back)
assert (duration.value, duration.number_format) == (1.5, "0"), "the format shows hours now"
assert hour.value == "07:30:00", "a time of day is a time now"
PYTHON
