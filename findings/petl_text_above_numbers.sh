#!/usr/bin/env bash
# petl 1.7.30: selectgt(table, "valeur", 5) keeps the rows whose value is the text nd or 3, since any text is above all numbers
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "petl==1.7.30"
venv/bin/python - <<'PYTHON'
import petl

table = [("code", "valeur"), ("A", 3), ("B", "nd"), ("C", None), ("D", 12), ("E", "3")]
above = [code for code, _ in petl.data(petl.selectgt(table, "valeur", 5))]
below = [code for code, _ in petl.data(petl.selectlt(table, "valeur", 5))]
print("above 5 of 3, nd, nothing, 12, '3':", above, "| below 5:", below)
assert above == ["B", "D", "E"], "texts are no numbers now"
assert below == ["A", "C"], "what is missing is not below 5 now"
PYTHON
