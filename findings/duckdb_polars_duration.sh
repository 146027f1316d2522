#!/usr/bin/env bash
# DuckDB 2.0.1: a duration of 36 hours that polars 2.1.0 wrote to Parquet is read as the whole number 129600000000, a time of day as a time
# Why it matters: the duration is known only to what Arrow adds to the file; who sums it with DuckDB sums microseconds, or nanoseconds by writer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "duckdb==2.0.1" "polars==2.1.0"
venv/bin/python - <<'PYTHON'
from datetime import time, timedelta

import duckdb
import polars

written = polars.DataFrame({"duree": [timedelta(hours=36)], "heure": [time(10, 30)]})
written.write_parquet("essai.parquet")
written.with_columns(polars.col("duree").dt.cast_time_unit("ns")).write_parquet("nano.parquet")
query = "SELECT duree, typeof(duree), heure FROM '{}'"
micro, nano = (duckdb.sql(query.format(name)).fetchall()[0] for name in ("essai.parquet", "nano.parquet"))
again = polars.read_parquet("essai.parquet").row(0)
print("DuckDB", duckdb.__version__, "| read by polars:", again, "| by DuckDB:", micro, "| written in nanoseconds:", nano)
assert again == (timedelta(hours=36), time(10, 30))
assert micro == (129_600_000_000, "BIGINT", time(10, 30)), "durations are read now"
assert nano == (129_600_000_000_000, "BIGINT", time(10, 30)), "durations are read now"
PYTHON
