#!/usr/bin/env bash
# polars 2.1.0: a pivot that sums writes 0 where there was no row at all, one that takes the maximum or the only value leaves it empty
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install -q "polars==2.1.0"
venv/bin/python - <<'PYTHON'
import polars as pl

answers = pl.DataFrame({"partenaire": ["A", "A", "B"], "sexe": ["F", "H", "F"], "nombre": [1, 2, 3]})


def men_of_b(how):
    return answers.pivot("sexe", index="partenaire", values="nombre", aggregate_function=how).row(1)[2]


seen = {how: men_of_b(how) for how in (None, "max", "mean", "sum")}
print("B gave nothing for H:", seen)
assert seen == {None: None, "max": None, "mean": None, "sum": 0}, "what is missing stays empty now"
PYTHON
