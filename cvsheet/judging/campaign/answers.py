"""The table *réponses*: every answer of the audited campaign that counts, with the names that it may bear."""

from __future__ import annotations

from collections.abc import Mapping

from cvsheet.judging.campaign.subject import PLACE, AuditTable, Subject
from cvsheet.model.framework import Framework
from cvsheet.model.submission import AnswerKind

NAME = "reponses"


def answers_table(subject: Subject) -> AuditTable:
    """The long table of the campaign without what is set aside."""
    frame = subject.assessment.frame
    kept = frame[frame["campagne"].eq(subject.campaign.code) & frame["ecart"].eq("")].reset_index(drop=True)
    origin = kept["fichier"] + " · " + kept["feuille"] + "!" + kept["cellule"]
    traced = kept["fichier"].ne("") & kept["feuille"].ne("") & kept["cellule"].ne("")
    needed = kept["reponse"].isin([AnswerKind.NUMBER.value, AnswerKind.TEXT.value])
    columns = [*PLACE, "grandeur"]
    return AuditTable(
        NAME,
        kept[columns].assign(
            demande=[f"{who} {line}" for who, line in zip(kept["partenaire"], kept["ligne"], strict=True)],
            origine=origin.where(traced | ~needed, None),
        ),
    )


def names_in_contract(framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """What stands for each ``{name}`` in ``attentes.json``."""
    return {
        "campagnes": tuple(framework.campaign),
        "demandes": tuple(
            f"{partner} {line.code}" for partner in framework.partner for line in framework.lines_for(partner)
        ),
    }
