#!/usr/bin/env bash
# rich 15.0.0: a word in square brackets disappears from what is printed, since it may be the name of a style
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/environment"
"$folder/environment/bin/python" -m pip install -q rich==15.0.0
cd "$folder"
environment/bin/python - <<'PYTHON'
import io

from rich.console import Console

out = io.StringIO()
Console(file=out).print("feuille [caf] ligne 3")
print("printed:", repr(out.getvalue()))
assert out.getvalue() == "feuille  ligne 3\n", "the word is printed now"
PYTHON
