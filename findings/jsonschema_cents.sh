#!/usr/bin/env bash
# jsonschema 4.26.0: "multipleOf": 0.01 refuses 19.99 and 0.07, amounts with two decimals, and takes 12.5 and 1.1
# Why it matters: this is how a schema says whole cents; a partner's right amounts come back as faults, some of them only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "jsonschema==4.26.0"
venv/bin/python - <<'PYTHON'
from importlib.metadata import version

import jsonschema

cents = jsonschema.Draft202012Validator({"type": "number", "multipleOf": 0.01})
accepted = {amount: cents.is_valid(amount) for amount in (12.5, 1.1, 19.99, 0.07, 33.33)}
print("jsonschema", version("jsonschema"), "| whole cents:", accepted)
assert accepted == {12.5: True, 1.1: True, 19.99: False, 0.07: False, 33.33: False}, "cents are counted otherwise now"
PYTHON
