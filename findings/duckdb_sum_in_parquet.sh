#!/usr/bin/env bash
# DuckDB 2.0.1: the sum of a column of whole numbers is a whole number in the query, and a floating one in the Parquet that it is copied to
# Why it matters: a published schema says integer; counts stay so and sums do not, and a total over 2^53 changes without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "duckdb==2.0.1" "pyarrow==26.0.1"
venv/bin/python - <<'PYTHON'
import duckdb
import pyarrow.parquet

duckdb.sql("CREATE TABLE actions AS SELECT * FROM (VALUES ('CT1', 9007199254740992), ('CT1', 1)) t(contrat, budget)")
query = "SELECT sum(budget) AS total, count(*) AS lignes FROM actions GROUP BY contrat"
shown = duckdb.sql(query).fetchall()
duckdb.sql(f"COPY ({query}) TO 'essai.parquet'")
table = pyarrow.parquet.read_table("essai.parquet")
types = {field.name: str(field.type) for field in table.schema}
print("DuckDB", duckdb.__version__, "| query:", shown, "| Parquet:", types, table.to_pylist())
assert shown == [(9007199254740993, 2)]
assert types == {"total": "double", "lignes": "int64"}, "a sum keeps its type now"
assert table["total"].to_pylist() == [9007199254740992.0], "the sum is exact now"
PYTHON
