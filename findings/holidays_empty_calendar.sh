#!/usr/bin/env bash
# holidays 0.109: a calendar of France holds no day until it is asked for one: given to pandas, 1 May is a working day and no list holds it
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "holidays==0.109" "pandas==3.1.1"
venv/bin/python - <<'PYTHON'
import holidays
import pandas as pd

first_of_may = pd.Timestamp("2026-05-01")


def day_after_30_april(calendar):
    return str((pd.Timestamp("2026-04-30") + pd.offsets.CustomBusinessDay(holidays=calendar)).date())


plain, of_the_year = day_after_30_april(holidays.FR()), day_after_30_april(holidays.FR(years=2026))
listed, held = pd.Series([first_of_may]).isin(holidays.FR()).item(), first_of_may in holidays.FR()
print("working day after 30 April:", plain, "| with the year named:", of_the_year, "| isin:", listed, "| in:", held)
assert (of_the_year, held) == ("2026-05-04", True), "1 May is no holiday now"
assert (plain, listed) == ("2026-05-01", False), "the calendar is filled from the start now"
PYTHON
