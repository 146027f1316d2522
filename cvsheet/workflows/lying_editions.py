"""Editions that lie among the outputs and of which no record is kept: made by an older cvsheet, or by a run that was
stopped. They are read back, so that a new edition is compared with them all the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from cvsheet.books.opendata import Format
from cvsheet.books.opendata.package import DESCRIPTOR, GENERATOR
from cvsheet.errors import CvsheetError, UnreadableFile
from cvsheet.figures.action_results import PERSONS
from cvsheet.figures.disclosure.editions import ActionKey, Edition
from cvsheet.figures.disclosure.figures import BASELINE, POINT, TARGET, VALUE
from cvsheet.files.grid import open_grid
from cvsheet.files.grid.model import Sheet
from cvsheet.files.headers import title_text
from cvsheet.model.framework import Framework
from cvsheet.model.submission import AnswerKind, judged_quantity
from cvsheet.reports.ours import is_our_site
from cvsheet.reports.site import package_in
from cvsheet.schema.tables import load_table
from cvsheet.workflows.replacing import ARCHIVES

MASKED = AnswerKind.SECRET.value
WORKBOOKS = (".xlsx", ".ods")  # as they were written, or saved again
CODE = load_table("suivi").column("code").title
POINTS = {"reference": BASELINE, "cible": TARGET}

EditionKey = tuple[str, str, str]
Told = Mapping[EditionKey, object]
EditionRow = Mapping[str, object]


def editions_in(framework: Framework, places: Collection[Path], known: Collection[str]) -> Iterator[Edition]:
    """The editions of the contract that lie in `places` and whose sum is not `known`. CvsheetError where one of them
    cannot be read back: without it nobody knows what a reader could subtract."""
    looked = {place.resolve(): place for place in places for place in (place, place / ARCHIVES)}
    for place in looked.values():
        for path, read in (*_workbooks(framework, place), *_package(place), *_sites(place)):
            mark = mark_of(path.read_bytes())
            if mark not in known:
                yield _read(framework, path, read, mark)


def mark_of(content: bytes) -> str:
    """What a published file is known by: the sum of a workbook, or of the descriptor that holds those of all tables."""
    return sha256(content).hexdigest()


_Reader = Callable[[Framework, Path], tuple[Told, Told]]


def _workbooks(framework: Framework, place: Path) -> Iterator[tuple[Path, _Reader]]:
    """The workbooks to publish, and the copies of those that a person had saved."""
    pattern = f"{framework.contract.code}_*_diffusion*"
    yield from ((path, _of_workbook) for path in sorted(place.glob(pattern)) if path.suffix.lower() in WORKBOOKS)


def _package(place: Path) -> Iterator[tuple[Path, _Reader]]:
    """The open data in the folder `place`, where they were made to be published."""
    path = place / DESCRIPTOR
    if not path.is_file():
        return
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        public = found["generator"] == GENERATOR and found["diffusion"] == "publiable"
    except (OSError, ValueError, KeyError, TypeError):
        return  # `export` says whose folder it is
    if public:
        yield path, _of_package


def _sites(place: Path) -> Iterator[tuple[Path, _Reader]]:
    """The pages to publish, and the copies of those that a person had changed: whatever they are called."""
    for path in sorted(place.glob("*.htm*")):
        content = path.read_bytes() if path.is_file() else b""
        if content and is_our_site(content):
            yield path, _of_site


def _read(framework: Framework, path: Path, read: _Reader, mark: str) -> Edition:
    try:
        told, actions = read(framework, path)
    except (UnreadableFile, OSError, ImportError, ValueError, KeyError, TypeError) as error:
        raise CvsheetError(
            f"« {path.parent.name}/{path.name} » est une édition déjà faite, dont les chiffres ne sont notés nulle "
            "part, et ne peut pas être relue : rien n’est publié, faute de comparer. Remettez le fichier en état ; "
            "si cette édition n’a pas été diffusée, supprimez-la, puis relancez."
        ) from error
    lines = {code for code, line in framework.line.items() if not line.measure.computed}
    known = {key: value for key, value in told.items() if key[1] in lines}
    masked = frozenset(key for key, value in known.items() if value == MASKED)
    return Edition(_numbers(known), masked, _numbers(actions), frozenset({mark}))


def _numbers(told: Told) -> dict[EditionKey, float]:
    return {key: float(value) for key, value in told.items() if isinstance(value, int | float)}


def _of_workbook(framework: Framework, path: Path) -> tuple[Told, Told]:
    """What the sheets of a publication say; ValueError where none of them is the sheet of a pillar."""
    name = path.stem.removeprefix(f"{framework.contract.code}_")
    judged = framework.campaign.get(name.partition("_diffusion")[0])
    titles = {(POINT, quantity): _title("suivi", column) for column, quantity in POINTS.items()}
    titles |= {(code, VALUE): f"{_title('suivi', 'campagnes')} {code}" for code in framework.campaign}
    persons = {}
    if judged:
        titles[judged.code, judged_quantity(judged).value] = _title("suivi", "retenu")
        persons = {(judged.code, column): _title("suivi_actions", column) for column in PERSONS}
    sheets = open_grid(path).sheets
    told = _rows(sheets, titles, _title("suivi", "retenu"))
    if not told and framework.measures:
        raise ValueError("no table of indicators")
    return told, _rows(sheets, persons, _title("suivi_actions", PERSONS[0]))


def _title(table: str, column: str) -> str:
    return load_table(table).column(column).title


def _rows(sheets: Sequence[Sheet], titles: Mapping[tuple[str, str], str], sign: str) -> dict[EditionKey, object]:
    """What stands under `titles`, in the rows with a code below a row that holds the title `sign`."""
    told: dict[EditionKey, object] = {}
    for sheet in sheets:
        columns: dict[str, int] = {}
        for cells in sheet.rows.values():
            texts = {title_text(cell): column for column, cell in cells.items()}
            if sign in texts and CODE in texts:
                columns = texts
            elif columns and (code := cells.get(columns[CODE])) is not None:
                for (campaign, last), title in titles.items():
                    cell = cells.get(columns.get(title, 0))
                    told[campaign, str(code.value), last] = None if cell is None else cell.value
    return told


def _of_package(framework: Framework, path: Path) -> tuple[Told, Told]:
    """What the tables of a package say."""
    own = framework.contract.code
    values, progress, followed = (
        [row for row in _table(path, name) if row["contrat"] == own]
        for name in ("valeurs", "progression", "suivi_actions")
    )
    told: dict[EditionKey, object] = {
        (str(row["campagne"]), str(row["ligne"]), str(row["grandeur"])): _shown(row, "valeur", row["etat"])
        for row in values
    }
    for row in progress:  # of several campaigns the last one counts: the points are those of today
        told |= {(POINT, str(row["ligne"]), POINTS[name]): _shown(row, name, row["masques"]) for name in POINTS}
    actions: dict[ActionKey, object] = {
        (str(row["campagne"]), str(row["action"]), name): _shown(row, name, row["masques"])
        for row in followed
        for name in PERSONS
    }
    return told, actions


def _of_site(framework: Framework, path: Path) -> tuple[Told, Told]:
    """What the open data say that a page holds."""
    with TemporaryDirectory() as folder:
        for name, content in package_in(path.read_bytes()).items():
            (Path(folder) / Path(name).name).write_bytes(content)
        return _of_package(framework, Path(folder) / DESCRIPTOR)


def _shown(row: EditionRow, name: str, masks: object) -> object:
    """The number in the column `name`, or the mark of a masked one: `masks` is the row's state, or names columns."""
    value, masked = row[name], str(masks or "").split(";")
    if value not in (None, ""):
        return float(str(value))
    return MASKED if MASKED in masked or name in masked else None


def _table(descriptor: Path, name: str) -> list[EditionRow]:
    """The rows of a table, in whichever format it was written."""
    found = json.loads(descriptor.read_text(encoding="utf-8"))
    (resource,) = (one for one in found["resources"] if one["name"] == name)
    path = descriptor.parent / Path(str(resource["path"])).name
    if path.suffix == f".{Format.CSV}":
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        if "contrat" not in (rows.fieldnames or ()):
            raise ValueError("no table of a package")
        return [*rows]
    if path.suffix == f".{Format.PARQUET}":
        from pyarrow import parquet

        return list(parquet.read_table(path).to_pylist())
    (sheet,) = (sheet for sheet in open_grid(path).sheets if sheet.name == name)
    titles = {column: str(cell.value) for column, cell in sheet.rows[1].items()}
    return [
        {title: cell.value if (cell := cells.get(column)) else None for column, title in titles.items()}
        for row, cells in sheet.rows.items()
        if row > 1
    ]
