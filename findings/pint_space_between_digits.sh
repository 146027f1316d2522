#!/usr/bin/env bash
# Pint 0.25.3: 12 345 m, as French writes it, is 4140 metres: the space is a multiplication, 12 times 345; and 12,5 m is 125 metres
# Why it matters: an answer typed with its unit looks like what such a library is made for, and no error tells that 1 234 kg became 234.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "Pint==0.25.3"
venv/bin/python - <<'PYTHON'
from importlib.metadata import version

import pint

quantity = pint.UnitRegistry().Quantity
read = {typed: str(quantity(typed)) for typed in ("12345 m", "12 345 m", "1 234 kg", "12,5 m")}
print("Pint", version("pint"), "| quantities with a space between thousands or a decimal comma:", read)
assert read["12345 m"] == "12345 meter"
assert read["12 345 m"] == "4140 meter", "a space between digits is no multiplication now"
assert (read["1 234 kg"], read["12,5 m"]) == ("234 kilogram", "125 meter"), "French numbers are read otherwise now"
PYTHON
