#!/usr/bin/env bash
# DuckDB 2.0.1: of a CSV whose columns are headed code, 2021, 2022 the titles are read as a first row, and added up with the figures
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "duckdb==2.0.1"
venv/bin/python - <<'PYTHON'
from pathlib import Path

import duckdb


def totals(titles, columns, options=""):
    Path("essai.csv").write_text(f"{titles}\nCAF,10,20\nMairie,30,40\n", encoding="utf-8")
    return duckdb.sql(f"SELECT sum({columns[0]}), sum({columns[1]}) FROM read_csv('essai.csv'{options})").fetchall()[0]


words = totals("code,avant,apres", ("avant", "apres"))
years = totals("code,2021,2022", ("column1", "column2"))
told = totals("code,2021,2022", ('"2021"', '"2022"'), ", header = true")
print("titles in words:", words, "| years:", years, "| years, with header = true:", told)
assert (words, told) == ((40, 60), (40, 60)), "the figures are added up otherwise now"
assert years == (2061, 2082), "titles are told from figures now"
PYTHON
