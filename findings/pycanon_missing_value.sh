#!/usr/bin/env bash
# pyCANON 1.0.1.post2: k_anonymity of a table is 2 although one person stands alone: the row without an age is in no group and is not counted
# Why it matters: blanks are common in returns; the figure that is to prove that nobody is recognised leaves out who is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pycanon==1.0.1.post2" "pandas==3.0.6"
venv/bin/python - <<'PYTHON'
from importlib.metadata import version

import pandas
from pycanon import anonymity

rows = pandas.DataFrame({"age": ["18-25", "18-25", "26-40", "26-40", None], "quartier": ["Nord", "Nord", "Sud", "Sud", "Est"]})
blank = anonymity.k_anonymity(rows, ["age", "quartier"])
named = anonymity.k_anonymity(rows.fillna("inconnu"), ["age", "quartier"])
print("pyCANON", version("pycanon"), "| k with a blank age:", blank, "| with the word inconnu:", named)
assert (blank, named) == (2, 1), "a blank makes a group of its own now"
PYTHON
