"""The only module that knows great_expectations: a checkpoint over each table, its refusals, and its Data Docs.

The library is imported inside (about 2 seconds), told to be silent and to send nothing, and works in memory; its Data
Docs are built in a temporary folder. What it is given to show is harmless text (`harmless`): it writes values into its
pages as they are. The pages still ask for styles and scripts from elsewhere: `cvsheet.reports.data_docs` makes them
fit.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from importlib.util import find_spec
from operator import and_
from typing import TYPE_CHECKING, Any

from cvsheet.errors import CvsheetError
from cvsheet.files.atomic import scratch_folder
from cvsheet.judging.campaign.expectations import AuditedTable, Expectation, ExpectationCheck
from cvsheet.judging.campaign.subject import AuditTable
from cvsheet.model.framework import Campaign

if TYPE_CHECKING:
    import pandas as pd

ROW, WHERE = "rang", "où"
"""The columns by which a refused row is known: its number, and for a reader its place."""
HARMLESS = str.maketrans({"<": "‹", ">": "›", '"': "″", "'": "’"})
MISSING = (
    "L’audit a besoin de great_expectations, qui n’est pas installé ici. Pour l’ajouter : "
    'pip install "cvsheet[audit]". '
    "Toutes les autres commandes marchent sans lui."
)


@dataclass(frozen=True, slots=True)
class Suite:
    """A table with what is expected of it; the checks hold no ``{name}`` any more."""

    text: AuditedTable
    table: AuditTable
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that a check refused."""

    code: str
    table: str
    row: int


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one check; `refused` counts rows."""

    code: str
    table: str
    sentence: str
    refused: int
    crashed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checkpoint said. `pages` are Data Docs as the library writes them, by path."""

    refusals: tuple[RefusedRow, ...]
    results: tuple[Result, ...]
    incidents: tuple[str, ...]
    pages: Mapping[str, str]


def require_library() -> None:
    """CvsheetError, saying what to install, where great_expectations is not there."""
    try:
        found = find_spec("great_expectations")
    except ValueError:  # a module that is there and says nothing of itself
        found = None
    if found is None:
        raise CvsheetError(MISSING)


def run_checkpoint(suites: Sequence[Suite], campaign: Campaign, *, docs: bool = True) -> Verdict:
    """Judge each of `suites` in a checkpoint dated from the end of `campaign`, so that the same inputs say the same."""
    require_library()
    with silence():
        _load()
        context = _context()
        definitions = [_definition(context, suite) for suite in suites]
        frames = {suite.text.name: _shown_frame(suite) for suite in suites}
        outcome = _run(context, definitions, frames, campaign)
        pages = _data_docs(context) if docs else {}
    return _verdict(outcome, pages)


def _verdict(outcome: Sequence[Any], pages: Mapping[str, str]) -> Verdict:
    """What the library says of each check, in our words: one that fails and names no row is an incident."""
    refusals: list[RefusedRow] = []
    results: list[Result] = []
    incidents: list[str] = []
    for one in outcome:
        code, table, sentence = (one.expectation_config.meta[key] for key in ("rule", "table", "sentence"))
        crash = one.exception_info and one.exception_info.get("raised_exception", True)
        rows = sorted({int(place[ROW]) for place in one.result.get("unexpected_index_list") or ()})
        results.append(Result(code, table, sentence, len(rows), bool(crash)))
        refusals += [RefusedRow(code, table, row) for row in rows]
        if crash or (not one.success and not rows):
            incidents.append(f"{code} : {sentence} ({_crash_of(one.exception_info)})")
    return Verdict(tuple(refusals), tuple(results), tuple(incidents), pages)


def _load() -> None:
    """Import the library; CvsheetError where it is there and does not work."""
    try:
        import great_expectations  # noqa: F401
    except Exception as error:
        raise CvsheetError(
            f"great_expectations est installé mais ne se charge pas ({type(error).__name__} : {error}). "
            'Réinstallez-le : pip install --upgrade "cvsheet[audit]"'
        ) from error


def harmless(value: Any) -> Any:
    """`value` such that no template and no page can take it for anything but text."""
    return value.translate(HARMLESS) if isinstance(value, str) else value


@contextmanager
def silence() -> Iterator[None]:
    """Nothing on the terminal, nothing sent: no warning, progress bar, log line or statistics of the library."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    logger = logging.getLogger("great_expectations")
    level = logger.level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)


def _context() -> Any:
    """A context that lives in memory and leaves no folder behind."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    return gx.get_context(project_config=config, mode="ephemeral")


def _definition(context: Any, suite: Suite) -> Any:
    """The validation of one table: a batch of its whole frame against its suite."""
    import great_expectations as gx

    name = suite.text.name
    asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe(name)
    notes = {"format": "markdown", "content": [str(harmless(suite.text.description))]}
    wanted = [_expectation(expectation, check) for expectation in suite.expectations for check in expectation.checks]
    expected = context.suites.add(gx.ExpectationSuite(name=name, expectations=wanted, meta={"notes": notes}))
    return context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=expected))


def _expectation(expectation: Expectation, check: ExpectationCheck) -> Any:
    from great_expectations import expectations
    from great_expectations.expectations.row_conditions import Column

    maker = getattr(expectations, check.type)
    conditions = [Column(name) >= least for name, least in check.at_least.items()]
    chosen = {"row_condition": reduce(and_, conditions)} if conditions else {}
    meta = {"rule": expectation.code, "table": expectation.table, "sentence": check.sentence}
    return maker(
        **{name: _harmless_parameter(value) for name, value in check.parameters.items()},
        **chosen,
        description=f"{expectation.code} · {harmless(check.sentence)}",
        notes=str(harmless(expectation.title)),
        meta=meta,
    )


def _harmless_parameter(value: Any) -> Any:
    """Names that come from the contract, as the frame shows them."""
    return [harmless(one) for one in value] if isinstance(value, list) else value


def _shown_frame(suite: Suite) -> pd.DataFrame:
    """The table as the library sees it: only what is judged or shown, harmless, with the number of each row."""
    frame = suite.table.frame
    columns = [name for name in suite.text.columns if name in frame.columns]
    places = [_where(row) for row in frame.to_dict("records")]
    shown = frame[columns].map(harmless)
    shown[ROW] = range(len(frame))
    shown[WHERE] = [harmless(place) for place in places]
    return shown


def _where(row: Mapping[Any, Any]) -> str:
    cell = f"{row['feuille']}!{row['cellule']}" if row["cellule"] else ""
    parts = (row["partenaire"], row["ligne"], row.get("pilier", ""), row["fichier"], cell)
    return " · ".join(str(part) for part in parts if part)


def _run(context: Any, definitions: Sequence[Any], frames: Mapping[str, pd.DataFrame], campaign: Campaign) -> list[Any]:
    """The results of every check, in the order of the tables."""
    import great_expectations as gx
    from great_expectations.core.run_identifier import RunIdentifier

    moment = datetime(campaign.end.year, campaign.end.month, campaign.end.day, tzinfo=UTC)
    complete = {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW, WHERE]}
    found = []
    for definition in definitions:
        checkpoint = context.checkpoints.add(
            gx.Checkpoint(name=definition.name, validation_definitions=[definition], result_format=complete)
        )
        outcome = checkpoint.run(
            batch_parameters={"dataframe": frames[definition.name]},
            run_id=RunIdentifier(run_name="audit", run_time=moment),
        )
        found += [one for result in outcome.run_results.values() for one in result.results]
    return found


def _data_docs(context: Any) -> Mapping[str, str]:
    """The pages of the site that the library builds, by path with forward slashes; its pictures and fonts are left."""
    with scratch_folder() as folder:
        store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)}
        site = {"class_name": "SiteBuilder", "show_how_to_buttons": False, "store_backend": store}
        context.add_data_docs_site(site_name="audit", site_config=site)
        context.build_data_docs(site_names=["audit"])
        return {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*.html"))
        }


def _crash_of(info: Any) -> str:
    """What the library says of an expectation that it could not evaluate."""
    known = info if isinstance(info, dict) else {}
    nested = [one for one in known.values() if isinstance(one, dict)]
    messages = [str(one.get("exception_message")) for one in (known, *nested) if one.get("exception_message")]
    return messages[0] if messages else "sans réponse de great_expectations"
