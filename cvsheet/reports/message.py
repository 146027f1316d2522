"""The message that goes with a correction workbook: short, polite, what is blocking first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.findings import Finding, Severity, counts_by_severity
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Identity
from cvsheet.reports.draft import Attachment, closing, draft
from cvsheet.reports.grouping import Cause, sections_of
from cvsheet.text.french import NO_BREAK_SPACE, french_count, french_date, quoted, typeset

CAUSES_SHOWN = 5  # per severity: the workbook has them all
PLACES_SHOWN = 4  # per cause
LONGEST_LABEL = 80  # characters of what a cell is about


def correction_message(
    framework: Framework,
    identity: Identity,
    received: str,
    findings: Sequence[Finding],
    workbook: Attachment,
    others: Sequence[str] = (),
    today: date | None = None,
) -> bytes:
    """The .eml file for the partner of `identity`, who sent the file called `received` and `others` that complete it.

    `findings` have their place in the correction `workbook`, which is attached. `today` tells whether the deadline is
    past.
    """
    partner = framework.partner[identity.partner]
    lines = _lines(framework, identity, [received, *others], findings, today)
    return draft(framework.contract, partner, _subject(framework, identity, findings), lines, workbook)


def _subject(framework: Framework, identity: Identity, findings: Sequence[Finding]) -> str:
    campaign = framework.campaign[identity.campaign]
    errors, warnings, _ = counts_by_severity(findings)
    what = f"{_corrections(errors)} à apporter" if errors else _confirmations(warnings)
    return f"{framework.contract.name} – {campaign.title} : {what}"


def _lines(
    framework: Framework,
    identity: Identity,
    received: Sequence[str],
    findings: Sequence[Finding],
    today: date | None,
) -> Iterator[str]:
    campaign = framework.campaign[identity.campaign]
    yield "Bonjour,"
    yield ""
    yield typeset(f"Merci pour votre envoi {quoted(received)} ({campaign.title}). {_request(findings)}")
    for title, severity in (("À corriger", Severity.ERROR), ("À confirmer", Severity.WARNING)):
        causes = _causes(findings, severity)
        if causes:
            yield ""
            yield typeset(f"{title} :")
            yield from _listed(causes, framework)
    yield ""
    yield typeset(
        "Tout est dans le classeur joint, avec vos réponses : ouvrez la feuille « À corriger », suivez les liens vers "
        "les cellules colorées, enregistrez, puis renvoyez ce classeur en réponse à ce message."
    )
    limit = campaign.deadline_for(identity.partner)
    if limit is not None:
        yield ""
        yield typeset(_until(limit, today))
    yield from closing(framework.contract)


def _until(limit: date, today: date | None) -> str:
    if today is None:
        return f"Merci de le renvoyer pour le {french_date(limit)}, ou dès que possible si cette date est passée."
    when = "dès que possible" if today > limit else f"pour le {french_date(limit)}"
    return f"Merci de le renvoyer {when}."


def _request(findings: Sequence[Finding]) -> str:
    errors, warnings, _ = counts_by_severity(findings)
    if not errors:
        return f"Vos réponses sont bien prises en compte ; il reste {_confirmations(warnings)}."
    more = f", et {_confirmations(warnings)}" if warnings else ""
    return f"Il reste {_corrections(errors)} à apporter pour que tout entre dans les totaux{more}."


def _corrections(count: int) -> str:
    return french_count(count, "correction")


def _confirmations(count: int) -> str:
    return french_count(count, "point à confirmer", "points à confirmer")


def _causes(findings: Sequence[Finding], severity: Severity) -> tuple[Cause, ...]:
    sections = sections_of(finding for finding in findings if finding.severity is severity)
    return tuple(cause for section in sections for cause in section.causes)


def _listed(causes: Sequence[Cause], framework: Framework) -> Iterator[str]:
    for cause in causes[:CAUSES_SHOWN]:
        advices = {find_rule(spot.finding.code).advice_in_correction(spot.finding) for spot in cause.spots}
        advice = f" {advices.pop()}" if len(advices) == 1 else ""
        yield f"- {_places(cause, framework)}{typeset(cause.fault)}{advice}"
    more = len(causes) - CAUSES_SHOWN
    if more > 0:
        yield f"- … et {french_count(more, 'autre point', 'autres points')} dans le classeur joint."


def _places(cause: Cause, framework: Framework) -> str:
    """``Emploi K12 (Bénéficiaires – Nord), Emploi K14 (Heures) et 3 autres : ``"""
    names = list(dict.fromkeys(name for spot in cause.spots if (name := _place(spot.finding, framework))))
    more = len(names) - PLACES_SHOWN
    listed = ", ".join(names[:PLACES_SHOWN]) + (f" et {french_count(more, 'autre')}" if more > 0 else "")
    return f"{listed}{NO_BREAK_SPACE}: " if listed else ""


def _place(finding: Finding, framework: Framework) -> str:
    """The cell, and what it is about."""
    place = " ".join(part for part in (finding.place.sheet, finding.place.cell) if part)
    label = textwrap.shorten(framework.label_of(finding.line), LONGEST_LABEL, placeholder="…")
    return f"{place} ({label})" if place and label else place or label
