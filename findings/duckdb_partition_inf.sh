#!/usr/bin/env bash
# DuckDB 2.0.1: in a folder of Parquet by code, the code of the folder code=inf is read as the day 31 December 9999
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "duckdb==2.0.1"
venv/bin/python - <<'PYTHON'
from datetime import date
from pathlib import Path

import duckdb

Path("data/code=inf").mkdir(parents=True)
duckdb.sql("COPY (SELECT 1 AS n) TO 'data/code=inf/part.parquet' (FORMAT parquet)")
read = duckdb.sql("SELECT code FROM 'data/*/*.parquet'").fetchall()[0]
text = duckdb.sql("SELECT code FROM read_parquet('data/*/*.parquet', hive_types_autocast = false)").fetchall()[0]
print("code=inf is read", read, "and with hive_types_autocast = false", text)
assert (read, text) == ((date(9999, 12, 31),), ("inf",)), "a code stays the text that it is"
PYTHON
