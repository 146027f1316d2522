#!/usr/bin/env bash
# tableschema 1.21.0: where a number may bear a unit (bareNumber false) its sign is lost: -5 % is read as 5, and so is -5 alone
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "tableschema==1.21.0"
venv/bin/python - <<'PYTHON'
import tableschema

for kind in ("number", "integer"):
    plain = tableschema.Field({"name": "evolution", "type": kind})
    field = tableschema.Field({"name": "evolution", "type": kind, "bareNumber": False})
    bare, rate = (int(field.cast_value(text)) for text in ("-5", "-5 %"))
    print(f"{kind}: -5 is {bare}, -5 % is {rate}; without units allowed -5 is {plain.cast_value('-5')}")
    assert (bare, rate, plain.cast_value("-5")) == (5, 5, -5), "the sign is kept now"
PYTHON
