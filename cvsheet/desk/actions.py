"""What can be asked for on the desk: each action is what a command does, and says what the command says.

A new action is its function here and one line in `ACTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from cvsheet.desk.jobs import Done, TellStage
from cvsheet.errors import UsageError
from cvsheet.model.findings import Finding, Severity
from cvsheet.reports.grouping import Cause, counts_of, sections_of, to_settle
from cvsheet.sentences import adopting, checking, sending
from cvsheet.sentences.deadline import heading, is_past, read_day
from cvsheet.sentences.exporting import exported, published
from cvsheet.text.french import french_count

if TYPE_CHECKING:
    from cvsheet import Assessment, AtHand, Contract, Progress

READING, WRITING = "Lecture des retours", "Contrôle et écriture"
REPORT = "constats.html"  # in sorties/
CELLS_NAMED = 5  # of a cause
EXPORTS = {
    "public-csv": "à publier, CSV",
    "public-xlsx": "à publier, Excel",
    "real-csv": "de travail, CSV",
    "real-xlsx": "de travail, Excel",
}
"""What may be exported, masked or not, in which format; the first by default."""
WRITE = "write"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked for: in which campaign, of which partners (none: all), with which new last day as typed, or
    `going_on` without one; `choice` is an option of the action."""

    campaign: str | None = None
    partners: tuple[str, ...] = ()
    before: str = ""
    going_on: bool = False
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One action on a `contract`; `tell` says how far it is, `show` says a path."""

    contract: Contract
    asked: Asked
    tell: TellStage
    show: Callable[[Path], str]

    def at(self, stage: str) -> Contract:
        """The contract, at work on `stage`."""
        self.tell(stage, 0, 0)
        return self.contract.telling(self._progress(stage))

    def read(self) -> Assessment:
        """All returns, judged."""
        judged = self.at(READING).validate()
        self.tell(WRITING, 0, 0)
        return judged

    def _progress(self, stage: str) -> Progress:
        def tick(done: int, total: int) -> None:
            self.tell(stage if done < total else WRITING, done, total)

        return tick

    def settled(self, hand: AtHand) -> date | None:
        """The new last day that partners are given, None where the contract's stays; UsageError where that is past and
        nobody says what to do."""
        today = date.today()
        if self.asked.before:
            day = read_day(self.asked.before)
            if day is None or day < today:
                raise UsageError(f"« {self.asked.before} » n’est pas une date à venir. Rien n’a été écrit.")
            return day
        if self.asked.going_on or hand.limit is None or not hand.overdue(today):
            return None
        raise UsageError(
            f"{is_past(hand, today)} Rien n’a été écrit. Donnez une nouvelle date, ou cochez « Continuer sans nouvelle "
            "date »."
        )


def check(work: Work) -> Done:
    """`cvsheet check`."""
    result = work.at("Lecture du contrat").check()
    errors, warnings = (
        sum(one.severity is grave for one in result.findings) for grave in (Severity.ERROR, Severity.WARNING)
    )
    told = _causes(result.findings)
    end = "À faire : corrigez le classeur du contrat." if errors else "Le classeur du contrat peut servir."
    return Done((f"{to_settle(errors, warnings)}.", *told, end), (work.contract.folder.workbook,))


def prepare(work: Work) -> Done:
    """`cvsheet generate --messages`."""
    place = work.contract.folder
    letters = place.results / "messages"
    work.contract.refuse_targets(folder=letters)
    read = work.read()
    hand = work.contract.to_prepare(work.asked.campaign, read)
    limit = work.settled(hand)
    result = work.at("Classeurs").generate(
        hand.campaign.code, work.asked.partners, before=limit, messages=letters, assessment=read
    )
    lines = [heading(hand, limit), *sending.lost_answers(result)]
    lines += sending.prepared(result, hand.campaign, place, work.show)
    made = [file.path for file in result.files]
    if (written := result.messages) is not None:
        lines += sending.messages(written, letters, work.show)
        messages = [one.message for one in (*written.first, *written.receipts)]
        messages += [one.message for one in written.reminders.reminders]
        made = [*messages, *(one.message for one in written.corrections.files), *made]
    return Done(tuple(lines), (letters, place.outbox / hand.campaign.code, *made))


def remind(work: Work) -> Done:
    """`cvsheet status --relances`."""
    letters = work.contract.folder.results / "relances"
    work.contract.refuse_targets(folder=letters)
    read = work.read()
    hand = work.contract.at_hand(work.asked.campaign, read)
    found = work.contract.status(hand.campaign.code, read)
    if not found.awaited:
        return Done((hand.heading, *sending.nobody_reminded(found)))
    limit = work.settled(hand)
    result = work.contract.remind(letters, hand.campaign.code, read, work.asked.partners, found=found, before=limit)
    lines = (heading(hand, limit), *sending.reminded(result, letters, work.show))
    return Done(lines, (letters, *(one.message for one in result.reminders)) if result.reminders else ())


def validate(work: Work) -> Done:
    """`cvsheet validate --annotate --html`."""
    corrections, page = work.contract.folder.results / "corrections", work.contract.folder.results / REPORT
    work.contract.refuse_targets(html_file=page, folder=corrections)
    every = work.read()
    hand = work.contract.at_hand(work.asked.campaign, every)
    code = hand.campaign.code
    shown = work.contract.of_campaign(code, every)
    lines = [hand.heading, counts_of(shown).sentence, *checking.other_campaigns(every, shown)]
    made: list[Path] = [page]
    work.contract.write_reports(shown, html_file=page)
    if not shown.current:
        lines.append(checking.NO_RETURN)
    elif work.asked.campaign is None and work.contract.is_adopted(code):
        lines.append(checking.closed(code))
    else:
        limit = work.settled(hand)
        result = work.contract.annotate(corrections, every, code, work.asked.partners, before=limit)
        lines += checking.corrected(result, corrections, work.show)
        made += [path for one in result.files for path in (one.workbook, one.message)]
        made += [one.message for one in result.receipts]
    return Done((*lines, checking.after_checking(shown)), tuple(made))


def consolidate(work: Work) -> Done:
    """`cvsheet consolidate`."""
    return _consolidated(work, public=False)


def publish(work: Work) -> Done:
    """`cvsheet consolidate --diffusion`."""
    return _consolidated(work, public=True)


def _consolidated(work: Work, *, public: bool) -> Done:
    read = work.read()
    code, said = _about(work, read)
    result = work.contract.consolidate(code, read)
    lines = [*said, *result.summary, f"Classeur maître : {work.show(result.path)}", result.next_step]
    made = [result.path]
    if public:
        masked = work.contract.publish(result, read)
        lines += [*masked.summary, f"Classeur à publier : {work.show(masked.path)}", masked.next_step]
        made = [masked.path, *made]
    if checking.exit_code(read):
        lines += checking.left_to_settle(read)
    return Done(tuple(lines), tuple(made))


def export(work: Work) -> Done:
    """`cvsheet export`, as `EXPORTS` say."""
    kind, chosen = (work.asked.choice or next(iter(EXPORTS))).split("-")
    read, public = work.read(), kind == "public"
    result = work.contract.export(chosen, read, public=public)
    _, said = _about(work, read)
    lines = (*said, *result.summary, *exported(result.folder, chosen, work.show, public=public))
    return Done(lines, (result.folder, *sorted(path for path in result.folder.iterdir() if path.is_file())))


def site(work: Work) -> Done:
    """`cvsheet site`."""
    read = work.read()
    result = work.contract.site(work.asked.campaign, read)
    return Done(tuple(published(result, work.show)), (result.path,))


def audit(work: Work) -> Done:
    """`cvsheet audit`."""
    from cvsheet import require_audit

    require_audit()
    read = work.read()
    code, said = _about(work, read)
    result = work.at("Audit").audit(code, read)
    index, moved = work.contract.write_audit(result)
    lines = (*said, result.sentence, *_causes(result.own.findings), *checking.beside_audit(read), *moved)
    return Done((*lines, checking.after_audit(result)), (index,))


def adopt(work: Work) -> Done:
    """`cvsheet adopt`: a preview, unless `WRITE` was chosen."""
    contract = work.contract
    writing = work.asked.choice == WRITE
    if writing:
        contract.refuse_held()
    read = work.read()
    hand = contract.to_adopt(work.asked.campaign, read)
    code = hand.campaign.code
    result = contract.adopt(code, read, preview=True)
    lines = [hand.heading]
    made: list[Path] = []
    if result.changes or result.kept or result.held:
        made = [contract.write_adoption(result)]
        lines += [*adopting.adoption(result), f"Détail : {work.show(made[0])}"]
    following = contract.following(code, read)
    if not result.changes:
        return Done((*lines, *adopting.nothing_adopted(result, read, following)))
    if not writing:
        return Done((*lines, "Aperçu : rien n’a été écrit. Pour inscrire ces valeurs, cochez « Inscrire »."), (*made,))
    written = contract.adopt(code, read)
    told = adopting.adopted(written, contract.folder.workbook, work.show)
    return Done((*lines, told, *adopting.after_adoption(result, following)), (contract.folder.workbook, *made))


def _causes(findings: Sequence[Finding]) -> list[str]:
    return [f"- {line}" for section in sections_of(findings) for line in map(_in_a_line, section.causes)]


def _in_a_line(cause: Cause) -> str:
    """A cause with the first of its cells."""
    cells = [spot.where for spot in cause.spots if spot.where]
    more = len(cells) - CELLS_NAMED
    others = f" et {french_count(more, 'autre')}" if more > 0 else ""
    where = f"{', '.join(cells[:CELLS_NAMED])}{others} : " if cells else ""
    return f"{where}{cause.fault} {cause.advice}".strip()


def _about(work: Work, read: Assessment) -> tuple[str | None, tuple[str, ...]]:
    """The code of the campaign that is meant, and what is said first; neither where nothing was sent nor received."""
    hand = work.contract.about(work.asked.campaign, read)
    return (None, ()) if hand is None else (hand.campaign.code, (hand.heading,))


class Group(StrEnum):
    """What an action is for. The values are shown."""

    PARTNERS = "Écrire aux partenaires"  # who are then given a last day
    TOGETHER = "Réunir les réponses"
    PUBLIC = "Diffuser"
    CONTRACT = "Le contrat"


@dataclass(frozen=True, slots=True)
class DeskAction:
    """What can be asked for: its name, what it does, and how; `choices` are what it may be given, with their names."""

    title: str
    purpose: str
    run: Callable[[Work], Done]
    group: Group
    choices: Mapping[str, str] = field(default_factory=dict)

    def offers(self, choice: str) -> bool:
        """Whether `choice` may be given; the fields of other actions in the same form are of no matter."""
        return not self.choices or choice in ("", *self.choices)


ACTIONS: Mapping[str, DeskAction] = MappingProxyType(
    {
        "preparer": DeskAction(
            "Préparer", "un classeur par partenaire, et le message qui lui est dû", prepare, Group.PARTNERS
        ),
        "relancer": DeskAction("Relancer", "un message par partenaire en retard ou incomplet", remind, Group.PARTNERS),
        "controler": DeskAction(
            "Contrôler", "un classeur de correction et un message par retour à corriger", validate, Group.PARTNERS
        ),
        "consolider": DeskAction("Consolider", "le classeur maître", consolidate, Group.TOGETHER),
        "auditer": DeskAction("Auditer", "la campagne jugée comme un tout", audit, Group.TOGETHER),
        "publier": DeskAction("Publier", "le classeur à publier, petits effectifs masqués", publish, Group.PUBLIC),
        "exporter": DeskAction("Exporter", "les données ouvertes", export, Group.PUBLIC, EXPORTS),
        "site": DeskAction("Faire la page", "une page web : graphiques, tableaux, données", site, Group.PUBLIC),
        "verifier": DeskAction("Vérifier le contrat", "codes, listes, règles, producteurs", check, Group.CONTRACT),
        "adopter": DeskAction(
            "Adopter",
            "références et cibles convenues, dans le contrat",
            adopt,
            Group.CONTRACT,
            {WRITE: "Inscrire (sinon, aperçu seulement)"},
        ),
    }
)
"""By the name that stands in addresses."""
