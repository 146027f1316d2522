#!/usr/bin/env bash
# pandera 0.35.0: with polars 2.1.0 a column of the numbers 1.0 and 2.0 is refused by isin([1, 2]) and accepted by isin([1.0, 2.0]); pandas takes both
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "pandera[pandas,polars]==0.35.0" "polars==2.1.0" "pandas==3.1.1"
venv/bin/python - <<'PYTHON'
import pandas
import pandera.pandas
import pandera.polars
import polars


def accepted(library, frame, allowed):
    column = library.Column(float, library.Check.isin(allowed))
    try:
        library.DataFrameSchema({"note": column}).validate(frame({"note": [1.0, 2.0]}))
    except library.errors.SchemaError:
        return False
    return True


verdicts = {
    name: [accepted(library, frame, allowed) for allowed in ([1, 2], [1.0, 2.0])]
    for name, library, frame in (
        ("pandas", pandera.pandas, pandas.DataFrame),
        ("polars", pandera.polars, polars.DataFrame),
    )
}
print("1.0 and 2.0 among [1, 2] and among [1.0, 2.0]:", verdicts)
assert verdicts == {"pandas": [True, True], "polars": [False, True]}, "both judge alike now"
PYTHON
