"""The canonical workbook from a CSV folder: how `workbook/contrat_ville_template.xlsx` is made.

python -m cvsheet.workflows.template examples/amboise/referentiel workbook/contrat_ville_template.xlsx
"""

from __future__ import annotations

import sys
from pathlib import Path

from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.files.atomic import write_workbook


def make_template(csv_folder: Path, target: Path) -> None:
    """Write the canonical workbook of the contract in `csv_folder` at `target`: same folder, same bytes."""
    from cvsheet.books.contract.writing import canonical_workbook

    write_workbook(target, canonical_workbook(read_csv_folder(csv_folder)))


if __name__ == "__main__":
    make_template(Path(sys.argv[1]), Path(sys.argv[2]))
