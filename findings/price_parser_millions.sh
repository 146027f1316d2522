#!/usr/bin/env bash
# price-parser 0.5.1: 1,5 M€ is 1.5 euros and 3 k€ is 3 euros: the multiple is passed over, and "Lot 3 : 250 €" is 3 euros
# Why it matters: budgets are typed in millions and thousands of euros; one read so is a plausible amount, a million times too small.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "price-parser==0.5.1"
venv/bin/python - <<'PYTHON'
from importlib.metadata import version

from price_parser import Price

read = {typed: (float(Price.fromstring(typed).amount), Price.fromstring(typed).currency) for typed in ("1 500 000,00 €", "1,5 M€", "3 k€", "Lot 3 : 250 €")}
print("price-parser", version("price-parser"), "| amounts:", read)
assert read["1 500 000,00 €"] == (1500000, "€")
assert (read["1,5 M€"], read["3 k€"]) == ((1.5, "€"), (3, "€")), "M and k before the sign count now"
assert read["Lot 3 : 250 €"] == (3, "€"), "the number beside the sign is the amount now"
PYTHON
