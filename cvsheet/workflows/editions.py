"""The editions published so far, kept on file: a new one is compared with each of them, whatever the format."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from cvsheet.consolidation.action_results import ActionResult, action_results
from cvsheet.consolidation.aggregation import Consolidation
from cvsheet.consolidation.confidentiality import Secrecy
from cvsheet.consolidation.editions import Edition
from cvsheet.consolidation.figures import figures
from cvsheet.errors import CvsheetError
from cvsheet.framework import Framework
from cvsheet.french import french_list
from cvsheet.outputs import write_atomically
from cvsheet.rules.assessment import Assessment
from cvsheet.workflows.replacing import ARCHIVES

RECORD = "editions-publiees.json"
MOST_NAMED = 8


def published_before(results: Path) -> tuple[Edition, ...]:
    """The former editions of the contract whose outputs are in `results`; CvsheetError where they cannot be read."""
    path = results / ARCHIVES / RECORD
    if not path.is_file():
        return ()
    try:
        return tuple(_read(one) for one in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CvsheetError(
            f"« {ARCHIVES}/{RECORD} », qui garde les chiffres déjà publiés, ne peut pas être lu : rien n’est publié, "
            "faute de comparer. Remettez-le en état ; si rien n’a été diffusé, supprimez-le, puis relancez."
        ) from error


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


def remember(results: Path, former: Sequence[Edition], edition: Edition) -> None:
    """Add `edition` to the `former` ones on file, unless the same was published before."""
    if edition in former:
        return
    content = json.dumps([_written(one) for one in (*former, edition)], ensure_ascii=False, separators=(",", ":"))
    write_atomically(results / ARCHIVES / RECORD, content.encode())


def compared_sentences(secrecy: Secrecy, actions: Iterable[str]) -> tuple[str, ...]:
    """What is masked for a former edition, by name, for the coordination alone, and how to lift it."""
    names = [
        f"{line.partition('/')[0]}{f' ({campaign})' if campaign else ''}" for campaign, line, _ in secrecy.compared
    ]
    names = list(dict.fromkeys([*names, *(f"action {action}" for action in actions)]))
    if not names:
        return ()
    shown = [*names[:MOST_NAMED], "…"] if len(names) > MOST_NAMED else names
    return (
        "Masqué aussi, car la différence avec une édition précédente donnerait un petit effectif : "
        f"{french_list(shown)}. Si aucune n’a été diffusée, supprimez {ARCHIVES}/{RECORD}, puis relancez.",
    )


def _written(edition: Edition) -> dict[str, object]:
    masks = [[*key, None] for key in sorted(edition.masked)]
    return {
        "chiffres": [[*key, value] for key, value in sorted(edition.figures.items())] + masks,
        "actions": [[*key, value] for key, value in sorted(edition.actions.items())],
    }


def _read(written: Mapping[str, Sequence[tuple[str, str, str, float | None]]]) -> Edition:
    figures = {(campaign, line, quantity): value for campaign, line, quantity, value in written["chiffres"]}
    actions = {(campaign, action, name): value for campaign, action, name, value in written["actions"]}
    return Edition(
        {key: float(value) for key, value in figures.items() if value is not None},
        frozenset(key for key, value in figures.items() if value is None),
        {key: float(value) for key, value in actions.items() if value is not None},
    )
