#!/usr/bin/env bash
# dateparser 1.5.0: in French T1 2025 and T2 2025, the quarters, are days of January and February 2025; 14 % is the 14th of the month
# Why it matters: a period typed in a cell for a date becomes a date that no one wrote, T4 in April, and passes every check of the year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "dateparser==1.5.0"
venv/bin/python - <<'PYTHON'
from datetime import datetime
from importlib.metadata import version

import dateparser

settings = {"RELATIVE_BASE": datetime(2026, 11, 28)}
read = {typed: dateparser.parse(typed, languages=["fr"], settings=settings) for typed in ("1er mars 2025", "T1 2025", "T2 2025", "T4 2025", "14 %")}
days = {typed: moment and f"{moment:%Y-%m-%d}" for typed, moment in read.items()}
print("dateparser", version("dateparser"), "|", days)
assert days["1er mars 2025"] == "2025-03-01"
assert [days[f"T{number} 2025"] for number in (1, 2, 4)] == ["2025-01-28", "2025-02-28", "2025-04-28"], "quarters are told from months now"
assert days["14 %"] == "2026-11-14", "a rate is no date now"
PYTHON
