"""docs/compatibilite.md: what survives of each workbook in each program, and what cvsheet still reads.

``python -m tests.compatibility.page docs/compatibilite.md``
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.compatibility.programs import Program, programs
from tests.compatibility.trial import Kind, Outcome, kinds, lost, tried

INTRODUCTION = """\
# Avec quels programmes ?

Page faite par `make compatibility` : chaque classeur est ouvert, puis enregistré, par chacun des programmes et
bibliothèques ci-dessous, sans rien y changer. On compte ensuite ce qu’il en reste (feuilles protégées, cellules à
liste déroulante ou à message de saisie, formules, commentaires, feuille technique masquée), et on compare ce que
cvsheet y lit avec ce qu’il lisait dans l’original.

« Tout » : chaque réponse, chaque valeur, chaque décision est lue comme avant. Une protection ou une liste perdue gêne
la saisie, jamais la lecture : les mêmes règles jugent ce qui revient. Un code est celui d’une règle qui parle alors et
se taisait sur l’original (`cvsheet explain CODE`).
"""
UNTRIED = """\
## Ce que personne n’a pu essayer ici

Un vrai Excel (Windows, macOS, web), Google Sheets, WPS Office, Numbers, ONLYOFFICE : ces programmes ne tournent pas sur
les machines où cette page est faite. excelize (langage Go) non plus. Les classeurs n’emploient que des fonctions et des
mises en forme décrites par la norme Open XML ; si vous essayez un de ces programmes, dites-nous ce que vous voyez.
"""
TITLES = {"xlsx": "SheetJS", "ironcalc": "IronCalc"}
HEADER = "| programme | version | ce qui se perd | ce que cvsheet y lit |\n|---|---|---|---|"


def main(target: Path) -> None:
    """Write the page at `target`."""
    tables = (f"## {kind.name}\n\n" + "\n".join([HEADER, *_rows(kind)]) + "\n" for kind in kinds())
    parts = [INTRODUCTION, *tables, UNTRIED]
    target.write_text("\n".join(parts), encoding="utf-8")


def _rows(kind: Kind) -> Iterator[str]:
    for program in programs():
        version = program.version()
        if not version:
            yield f"| {_name(program)} | absent | | |"
            continue
        with tempfile.TemporaryDirectory() as folder:
            outcome = tried(program, kind, Path(folder))
        yield f"| {_name(program)} | {version} | {_what_is_lost(outcome)} | {_what_is_read(outcome)} |"


def _name(program: Program) -> str:
    return f"{TITLES.get(program.name, program.name)} (.{program.ending})"


def _what_is_lost(outcome: Outcome) -> str:
    if outcome.failure:
        return f"n’ouvre pas ou n’enregistre pas ce classeur : {outcome.failure.replace('|', '/')}"
    return (", ".join(lost(outcome)) or "rien") if outcome.after else ""


def _what_is_read(outcome: Outcome) -> str:
    if outcome.failure:
        return ""
    codes = ", ".join(outcome.said)
    if outcome.same:
        return f"tout{f' ({codes})' if codes else ''}"
    return codes or "pas tout"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
