#!/usr/bin/env bash
# csvkit 2.2.0: in2csv turns a column of the numbers 0 and 1 of a workbook into False and True; one 2 in it, and all stay numbers
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "csvkit==2.2.0" "agate==1.14.2" "agate-excel==0.4.2" "openpyxl==3.1.5"
venv/bin/python - <<'PYTHON'
import subprocess
import sys

import openpyxl


def converted(*numbers):
    book = openpyxl.Workbook()
    for number in ("nombre", *numbers):
        book.active.append([number])
    book.save("essai.xlsx")
    done = subprocess.run([sys.executable, "-m", "csvkit.utilities.in2csv", "essai.xlsx"], capture_output=True, text=True, check=True)
    return done.stdout.split()[1:]


small, larger = converted(0, 1, 1), converted(0, 1, 2)
print("0, 1, 1:", small, "| 0, 1, 2:", larger)
assert (small, larger) == (["False", "True", "True"], ["0", "1", "2"]), "numbers stay numbers now"
PYTHON
