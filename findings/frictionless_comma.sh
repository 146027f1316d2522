#!/usr/bin/env bash
# frictionless 5.21.0: with a comma for groups and the usual point for decimals, 1,5 is the number 15
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q frictionless==5.21.0
cd "$folder"
environment/bin/python - <<'PYTHON'
from frictionless import Field

cell, notes = Field.from_descriptor({"name": "value", "type": "number", "groupChar": ","}).read_cell("1,5")
print("read:", cell, notes)
assert cell == 15 and not notes, "a group of one digit is refused now"
PYTHON
