#!/usr/bin/env bash
# altair 6.3.0: a chart of sums by district, limited to the large ones, holds every row of the frame and its columns that are not drawn
# Why it matters: a page of charts of aggregated figures gives away the names and the small numbers to who opens its source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "altair==6.3.0" "pandas==3.1.1"
venv/bin/python - <<'PYTHON'
import altair
import pandas

rows = pandas.DataFrame({"quartier": ["Nord", "Sud", "Sud"], "referent": ["Durand", "Petit", "Roux"], "agents": [3, 40, 20]})
chart = altair.Chart(rows).transform_filter("datum.agents >= 11").mark_bar().encode(x="quartier:N", y="sum(agents):Q")
held = [row for stored in chart.to_dict()["datasets"].values() for row in stored]
print("altair", altair.__version__, "| the chart holds", held)
assert held == rows.to_dict("records"), "a chart holds only what it draws now"
PYTHON
