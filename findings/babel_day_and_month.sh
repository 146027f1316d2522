#!/usr/bin/env bash
# Babel 2.19.0: in French 02/13/2025 is read as 13 February, day and month changed over, while 02/12/2025 is 2 December; 1 2 3 is 123
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "Babel==2.19.0"
venv/bin/python - <<'PYTHON'
from babel.dates import parse_date
from babel.numbers import parse_decimal

swapped, plain = (str(parse_date(text, locale="fr")) for text in ("02/13/2025", "02/12/2025"))
number = int(parse_decimal("1 2 3", locale="fr"))
print("02/13/2025:", swapped, "| 02/12/2025:", plain, "| 1 2 3:", number)
assert (swapped, plain) == ("2025-02-13", "2025-12-02"), "a thirteenth month is refused now"
assert number == 123, "groups have three digits now"
PYTHON
