#!/usr/bin/env bash
# pandera 0.35.0: the name given to a built-in check never reaches the failure cases, the text given as its error does
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q "pandera[pandas]==0.35.0"
cd "$folder"
environment/bin/python - <<'PYTHON'
import pandas as pd
import pandera.pandas as pa


def told(check: pa.Check) -> str:
    try:
        pa.DataFrameSchema({"value": pa.Column(int, check)}).validate(pd.DataFrame({"value": [-1]}), lazy=True)
    except pa.errors.SchemaErrors as error:
        return str(error.failure_cases["check"].item())
    raise AssertionError("-1 passes")


by_name, by_error = told(pa.Check.ge(0, name="VAL-006")), told(pa.Check.ge(0, error="VAL-006"))
print("by name:", by_name, "| by error:", by_error)
assert (by_name, by_error) == ("greater_than_or_equal_to(0)", "VAL-006"), "the name is told now"
PYTHON
