"""Four good returns, two partners in two campaigns, and how to spoil them one cell at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.model.framework import Framework
from cvsheet.model.submission import StructureFact, Submission
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned

A_2021 = """
ligne    | valeur | commentaire
T1.M1    | 30     |
T1.M1/N  | 12     |
T1.M1/S  | 18     |
T1.M1/JD | 20     |
T1.M1/CJ | 15     |
T1.M2    | 25     |
T2.M1    | 45.5   |
T3.M1    | 7      |
T4.M1    | 1000.5 |
T4.M1/J  | 300.2  |
T4.M1/A  | 400.2  |
T4.M1/V  | 300.1  |
T5.M1    | Un bilan |
T6.M1    | 12     |
T6.M2    | 10     |
T6.M3    | 12     |
"""
A_ACTIONS = """
action | statut   | avancement | debut      | fin        | beneficiaires | femmes | commentaire
ACT-1  | En cours | 50         | 2021-01-15 | 2022-06-30 | 20            | 12     | Avance bien
"""
B_2021 = """
ligne    | valeur | commentaire
T1.M1    | 50     |
T1.M1/N  | 20     |
T1.M1/S  | 30     |
T1.M1/JD | 40     |
T1.M1/CJ | 20     |
T1.M2    | 45     |
T3.M1    | 7      |
T7.M1    | 8      |
"""
A_REF = """
ligne    | reference | annee_reference | cible | annee_cible | commentaire
T1.M1    | 24        | 2018            | 40    | 2022        |
T1.M1/N  | 10        | 2018            | 16    | 2022        |
T1.M1/S  | 14        | 2018            | 24    | 2022        |
T1.M1/JD | 16        | 2018            | 25    | 2022        |
T1.M1/CJ | 12        | 2018            | 20    | 2022        |
T1.M2    | 20        | 2018            | 30    | 2022        |
T2.M1    | 43        | 2018            | 60    | 2022        |
T3.M1    | 6         | 2018            | 9     | 2022        |
T4.M1    | 900.5     | 2018            |       |             |
T4.M1/J  | 300.2     | 2018            |       |             |
T4.M1/A  | 300.2     | 2018            |       |             |
T4.M1/V  | 300.1     | 2018            |       |             |
T5.M1    | Un point  |                 |       |             |
T6.M1    | 10        | 2018            |       |             |
T6.M2    | 9         | 2018            |       |             |
T6.M3    | 10        | 2018            |       |             |
"""
B_REF = """
ligne    | reference | annee_reference | cible | annee_cible | commentaire
T1.M1    | 45        | 2018            | 60    | 2022        |
T1.M1/N  | 18        | 2018            | 24    | 2022        |
T1.M1/S  | 27        | 2018            | 36    | 2022        |
T1.M1/JD | 36        | 2018            | 45    | 2022        |
T1.M1/CJ | 18        | 2018            | 25    | 2022        |
T1.M2    | 40        | 2018            | 50    | 2022        |
T3.M1    | 6         | 2018            | 9     | 2022        |
T7.M1    | 7         | 2018            |       |             |
"""

Returns = tuple[Received, ...]
Damage = Callable[[], Returns]


def good() -> Returns:
    """The four good returns as they come in."""
    return tuple(
        Received(submission.file, submission)
        for submission in (
            returned(A_2021, A_ACTIONS),
            returned(A_REF, campaign="REF"),
            returned(B_2021, partner="B"),
            returned(B_REF, partner="B", campaign="REF"),
        )
    )


def judged(received: Returns, framework: Framework = FRAMEWORK) -> Assessment:
    """What the rules say; a crash inside a rule fails the test."""
    assessment = assess(framework, received)
    assert assessment.incidents == ()
    return assessment


def swap(received: Returns, submission: Submission) -> Returns:
    """`received` with `submission` in the place of the file of the same name."""
    return tuple(Received(one.file, submission) if one.file == submission.file else one for one in received)


def retyped(*changes: str, table: str = A_2021, **how: str) -> Damage:
    """Good returns but for some rows of one table: ``"T1.M1/N | 13 |"`` replaces the row of that line."""
    new = {change.partition("|")[0].strip(): change for change in changes}
    lines = [new.get(line.partition("|")[0].strip(), line) for line in table.strip().splitlines()]
    actions = A_ACTIONS if table is A_2021 else ""
    return lambda: swap(good(), returned("\n".join(lines), actions, **how))  # type: ignore[arg-type]


def reported(*rows: str) -> Damage:
    """Good returns but for the actions of A."""
    titles = A_ACTIONS.strip().splitlines()[0]
    return lambda: swap(good(), returned(A_2021, "\n".join([titles, *rows])))


def built(*facts: StructureFact) -> Damage:
    """Good returns but for the structure of A's file."""
    return lambda: swap(good(), returned(A_2021, A_ACTIONS, structure=facts))


def arriving(*others: Received, instead_of: Sequence[str] = ()) -> Damage:
    """Good returns and others, without the files named."""
    return lambda: (*(one for one in good() if one.file not in instead_of), *others)


def of(submission: Submission, **changes: object) -> Received:
    """A received file, changed."""
    changed = replace(submission, **changes)  # type: ignore[arg-type]
    return Received(changed.file, changed)
