"""The editions published so far, kept on file: a new one is compared with each of them, whatever the format."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from cvsheet.errors import CvsheetError
from cvsheet.figures.action_results import ActionResult, action_results
from cvsheet.figures.consolidation import Consolidation
from cvsheet.figures.disclosure.confidentiality import Secrecy
from cvsheet.figures.disclosure.editions import Edition
from cvsheet.figures.disclosure.figures import figures
from cvsheet.files.atomic import write_atomically
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Framework
from cvsheet.text.french import few, french_list
from cvsheet.workflows.export_folder import PUBLIC_FOLDER, REAL_FOLDER
from cvsheet.workflows.lying_editions import editions_in, mark_of
from cvsheet.workflows.replacing import ARCHIVES

RECORD = "editions-publiees.json"
MOST_NAMED = 8


def published_before(framework: Framework, results: Path, target: Path) -> tuple[Edition, ...]:
    """The former editions of the contract: those on file in `results`, its place for outputs, and those that lie there
    or in `target` and are not on file. CvsheetError where one cannot be read."""
    kept = _on_file(results)
    known = {mark for edition in kept for mark in edition.files}
    return (*kept, *editions_in(framework, (results, results / REAL_FOLDER, results / PUBLIC_FOLDER, target), known))


def _on_file(results: Path) -> tuple[Edition, ...]:
    path = results / ARCHIVES / RECORD
    if not path.is_file():
        return ()
    try:
        return tuple(_read(one) for one in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CvsheetError(
            f"« {ARCHIVES}/{RECORD} », qui garde les chiffres déjà publiés, ne peut pas être lu : rien n’est publié, "
            "faute de comparer. Remettez-le en état ; si rien n’a été diffusé, supprimez-le avec l’édition qui est "
            "là, puis relancez."
        ) from error


def is_on_file(results: Path, content: bytes) -> bool:
    """Whether `content` was published as it is."""
    return any(mark_of(content) in edition.files for edition in _on_file(results))


def edition_of(
    consolidation: Consolidation,
    secrecy: Secrecy,
    contexts: Collection[tuple[str, str]],
    actions: Mapping[str, Iterable[ActionResult]],
) -> Edition:
    """What is published of `contexts` (campaigns with a quantity) and of the `actions` of each campaign."""
    lines = consolidation.framework.line
    asked = {key: value for key, value in figures(consolidation).items() if (key[0], key[2]) in contexts}
    told = {key: value for key, value in asked.items() if not lines[key[1]].measure.computed}
    return Edition(
        {key: value for key, value in told.items() if not secrecy.hides(*key)},
        frozenset(key for key in told if secrecy.hides(*key)),
        {
            (campaign, result.action.code, name): number
            for campaign, results in actions.items()
            for result in results
            for name, number in result.sums.items()
            if isinstance(number, float)
        },
    )


def masked_actions(
    framework: Framework, assessment: Assessment, campaign: str, editions: Sequence[Edition]
) -> tuple[tuple[ActionResult, ...], tuple[str, ...]]:
    """The actions of `campaign` as published, and the codes of those where a former edition hides more."""
    reports, aside = assessment.action_reports, assessment.aside
    alone, masked = (
        tuple(action_results(framework, reports, aside, campaign, masked=True, editions=former))
        for former in ((), editions)
    )
    moved = (one.action.code for one, other in zip(alone, masked, strict=True) if one.masked != other.masked)
    return masked, tuple(moved)


@contextmanager
def remembered(results: Path, former: Sequence[Edition], edition: Edition, content: bytes) -> Iterator[None]:
    """Put `edition`, whose file is `content`, on file beside the `former` ones *before* it is written inside: a kill in
    between leaves it compared with. Where the writing fails, the record is as before."""
    path = results / ARCHIVES / RECORD
    before = path.read_bytes() if path.is_file() else None
    written = json.dumps(
        [*map(_written, _with(former, edition, mark_of(content)))], ensure_ascii=False, separators=(",", ":")
    )
    if written.encode() != before:
        write_atomically(path, written.encode())
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            write_atomically(path, before)
        raise


def _with(former: Sequence[Edition], edition: Edition, mark: str) -> Iterator[Edition]:
    """The `former` editions and `edition`, each once: files that say the same are one edition."""
    for one in former:
        yield replace(one, files=one.files | {mark}) if one == edition else one
    if edition not in former:
        yield replace(edition, files=frozenset({mark}))


def compared_sentences(secrecy: Secrecy, actions: Iterable[str]) -> tuple[str, ...]:
    """What is masked for a former edition, by name, for the coordination alone, and how to lift it."""
    names = [
        f"{line.partition('/')[0]}{f' ({campaign})' if campaign else ''}" for campaign, line, _ in secrecy.compared
    ]
    names = list(dict.fromkeys([*names, *(f"action {action}" for action in actions)]))
    if not names:
        return ()
    return (
        "Masqué aussi, car la différence avec une édition précédente donnerait un petit effectif : "
        f"{french_list(few(names, MOST_NAMED))}. Si aucune n’a été diffusée, supprimez ces éditions et "
        f"{ARCHIVES}/{RECORD}, puis relancez.",
    )


def _written(edition: Edition) -> dict[str, object]:
    masks = [[*key, None] for key in sorted(edition.masked)]
    return {
        "chiffres": [[*key, value] for key, value in sorted(edition.figures.items())] + masks,
        "actions": [[*key, value] for key, value in sorted(edition.actions.items())],
        "fichiers": sorted(edition.files),
    }


def _read(written: Mapping[str, Any]) -> Edition:
    figures = {(campaign, line, quantity): value for campaign, line, quantity, value in written["chiffres"]}
    actions = {(campaign, action, name): value for campaign, action, name, value in written["actions"]}
    return Edition(
        {key: float(value) for key, value in figures.items() if value is not None},
        frozenset(key for key, value in figures.items() if value is None),
        {key: float(value) for key, value in actions.items() if value is not None},
        frozenset(written.get("fichiers", ())),
    )
