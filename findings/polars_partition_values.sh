#!/usr/bin/env bash
# polars 2.1.0: in a folder of Parquet by code, the codes true, NaN, 1e3 and 01 of folders are read as True, not-a-number, 1000.0 and 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "polars==2.1.0"
venv/bin/python - <<'PYTHON'
from pathlib import Path

import polars as pl

read = []
for code in ("true", "NaN", "1e3", "01"):
    place = Path(code) / f"code={code}"
    place.mkdir(parents=True)
    pl.DataFrame({"n": [1]}).write_parquet(place / "part.parquet")
    read.append(str(pl.scan_parquet(code).collect()["code"][0]))
    as_text = pl.scan_parquet(code, hive_schema={"code": pl.String}).collect()["code"][0]
    assert as_text == code
print("true, NaN, 1e3, 01 are read", read, "and as they are with hive_schema")
assert read == ["True", "nan", "1000.0", "1"], "a code stays the text that it is"
PYTHON
