#!/usr/bin/env bash
# Babel 2.18.0, 2.19.0: the same messages compile to other bytes: compare catalogues by what they hold
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > messages.po <<'MESSAGES'
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "Usage:"
msgstr "Usage :"

msgid "%(count)s file"
msgid_plural "%(count)s files"
msgstr[0] "%(count)s fichier"
msgstr[1] "%(count)s fichiers"
MESSAGES
for version in 2.18.0 2.19.0; do
    python3 -m venv "$version"
    "$version/bin/python" -m pip install -q "Babel==$version"
    "$version/bin/pybabel" -q compile -i messages.po -o "$version.mo" -l fr
done
2.19.0/bin/python - <<'PYTHON'
from pathlib import Path

from babel.messages.mofile import read_mo

held = []
for version in ("2.18.0", "2.19.0"):
    with open(f"{version}.mo", "rb") as file:
        held.append({str(message.id): str(message.string) for message in read_mo(file) if message.id})
same = Path("2.18.0.mo").read_bytes() == Path("2.19.0.mo").read_bytes()
print("same messages:", held[0] == held[1], "| same bytes:", same)
assert held[0] == held[1] and not same, "the bytes agree now, or the messages differ"
PYTHON
