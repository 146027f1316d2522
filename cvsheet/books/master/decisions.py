"""What the coordination wrote in a master: arbitrations and notes, each with the place that it belongs to.

Read back from the former master before a new one replaces it, and written again at the same rows. A row is known by
its table and key (`primaryKey` of the schema), never by where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from cvsheet.books.master.decision_doubts import Doubt, DoubtfulValue
from cvsheet.figures.contributions import is_reason
from cvsheet.model.records import Scalar
from cvsheet.model.submission import Answer, AnswerKind
from cvsheet.schema.tables import Table

DecisionKey = tuple[str, ...]
CONTRACT_LABEL = "Code du contrat"  # in *Journal*, left of the code of the contract that a master is of
REGISTER_LABEL = "Registre des décisions"  # there too: up to when the master knows what decisions.csv holds
MOMENT = "%Y-%m-%d à %H:%M:%S UTC"  # which no spreadsheet takes for a date, to drop the seconds
BAR = " | "  # between the parts of a key, on *Notes orphelines*
REPORTS = "suivi_actions"
DECISIONS = "decisions"  # the table of arbitrations, whose key is campaign and line
DECIDED = ("arbitre", "motif", "note")  # columns of *Suivi* that belong to one campaign, which their titles name
OUR_SHEETS = (
    "Synthèse", "Bilan", "Par ventilation", "Synthèse détaillée", "Actions", "Conflits", "Décisions",
    "Notes orphelines", "Contributions", "Anomalies", "Réception",
    "Données", "Journal",
)  # fmt: skip
KEYED = (
    "bilan", "suivi", "suivi_actions", "conflits", DECISIONS, "contributions", "anomalies", "reception", "donnees",
    "journal",
)  # fmt: skip
"""The tables of a master whose rows may carry notes."""


class Reason(StrEnum):
    """Why a note stands on *Notes orphelines*, in the words shown there."""

    ROW_GONE = "La ligne n’existe plus."
    OTHER_VERSION = "Autre version de la même note : celle du classeur remplacé est gardée."
    FORMULA = "Formule remplacée par sa dernière valeur."
    COMMENT = "Commentaire de cellule."
    NO_ROW = "Tapé hors des lignes du tableau."
    OVERWRITTEN = "Tapé à la place d’une formule, non repris : pour garder un nombre, arbitrez la ligne."
    ON_SUMMARY = "Tapé dans « Synthèse », dont la liste change : reprenez-le dans « Bilan »."
    CORRECTED = "Corrigé à la main dans « Données », non repris : pour garder ce nombre, arbitrez la ligne."


@dataclass(frozen=True, slots=True)
class Note:
    """One cell that the coordination filled: the column `title` in the row `key` of `table`.

    `origin` says where it was read (file, sheet, cell); `reason` is set where it has no row to stand at.
    """

    table: str
    key: DecisionKey
    title: str
    value: Scalar
    origin: str = ""
    reason: str = ""

    @property
    def place(self) -> tuple[str, DecisionKey, str]:
        """What makes two notes versions of the same one."""
        return self.table, self.key, self.title


@dataclass(frozen=True, slots=True)
class Basis:
    """What an arbitration was decided on: the arbitrated value and the answers at that time, as texts."""

    value: str
    answers: str


@dataclass(frozen=True, slots=True)
class Arbitration:
    """What the coordination decided of a line in a campaign.

    `answer` is a number, or *nd*, *ns*, *so* where no value is to be retained, UNREADABLE where what was typed is
    neither, BLANK where only words stand there. `basis` is empty for a decision that was just typed.
    """

    campaign: str
    line: str
    typed: Scalar = None
    answer: Answer = field(default_factory=lambda: Answer(AnswerKind.BLANK))
    motive: str = ""
    comment: str = ""
    basis: Basis | None = None

    @property
    def says_something(self) -> bool:
        return self.typed is not None or bool(self.motive or self.comment)

    @property
    def written(self) -> Scalar:
        """What stands in *Valeur arbitrée*: a number as a number, a reason in two letters, else what was typed."""
        if self.answer.kind is AnswerKind.NUMBER:
            return self.answer.number
        return self.answer.kind.value if self.decides else self.typed

    @property
    def decides(self) -> bool:
        """Whether it replaces the computed value."""
        return self.answer.kind not in (AnswerKind.BLANK, AnswerKind.UNREADABLE)


class DecisionState(StrEnum):
    """What is to be said of a decision, in the order in which the cases are tried; formulas translate it."""

    WITHOUT_EFFECT = "Sans effet : mesure de texte"
    UNREADABLE = "À retaper : nombre, nd, ns ou so"
    CHANGED = "Réponses changées depuis"
    NO_MOTIVE = "Motif à donner"
    ARBITRATED = "Arbitrée"


State = DecisionState | DoubtfulValue
TO_REVIEW: tuple[State, ...] = (
    DecisionState.WITHOUT_EFFECT,
    DecisionState.UNREADABLE,
    *DoubtfulValue,
    DecisionState.CHANGED,
    DecisionState.NO_MOTIVE,
)


def state_of(
    arbitration: Arbitration, answers: str, doubts: Sequence[Doubt] = (), *, text_only: bool = False
) -> State | None:
    """What is to be said of `arbitration` now that the `answers` are these; None where nothing is decided."""
    if arbitration.typed is None:
        return None
    if text_only:
        return DecisionState.WITHOUT_EFFECT
    if not arbitration.decides:
        return DecisionState.UNREADABLE
    number = arbitration.answer.number
    doubted = next((doubt.says for doubt in doubts if number is not None and doubt.holds(number)), None)
    if doubted:
        return doubted
    if arbitration.basis is not None and arbitration.basis.answers != answers:
        return DecisionState.CHANGED
    return DecisionState.ARBITRATED if arbitration.motive else DecisionState.NO_MOTIVE


def state_formula(
    arbitration: str,
    motive: str,
    written: Mapping[str, str] | None,
    doubts: Sequence[Doubt] = (),
    *,
    text_only: bool,
) -> str:
    """The formula of `state_of`, by the same cases, over the cells of the value and its motive.

    `written` gives the cells of *Décisions* that say what was decided on which answers, where there are any.
    """
    if text_only:
        return f'=IF({arbitration}="","","{DecisionState.WITHOUT_EFFECT}")'
    told = f'IF(TRIM({motive})="","{DecisionState.NO_MOTIVE}","{DecisionState.ARBITRATED}")'
    if written:
        same_value = f"{written['alors']}={arbitration}"
        changed = f'AND({same_value},{written["etabli"]}<>"",{written["etabli"]}<>{written["origine"]})'
        told = f'IF({changed},"{DecisionState.CHANGED}",{told})'
    for doubt in reversed(doubts):
        holds = f"IF(ISNUMBER({arbitration}),{doubt.formula(arbitration)},FALSE)"
        told = f'IF({holds},"{doubt.says}",{told})'
    decides = f"OR(ISNUMBER({arbitration}),{is_reason(arbitration)})"
    return f'=IF({arbitration}="","",IF({decides},{told},"{DecisionState.UNREADABLE}"))'


@dataclass(frozen=True, slots=True)
class Margin:
    """The columns that the coordination added at the right of a table: their titles, and the values by row."""

    titles: tuple[str, ...] = ()
    values: Mapping[DecisionKey, Mapping[str, Scalar]] = field(default_factory=dict)


NO_MARGIN = Margin()


@dataclass(frozen=True)
class Coordination:
    """Everything carried from former masters: `titles` are those of added columns, by sheet and table."""

    arbitrations: Mapping[tuple[str, str], Arbitration] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    titles: tuple[tuple[str, str, str], ...] = ()  # sheet, table, title
    registered: str = ""  # up to when the register is known, as MOMENT writes it

    @property
    def arbitrated(self) -> dict[tuple[str, str], float | None]:
        """What replaces a computed value, by campaign and line; None where no value is to be retained."""
        return {key: one.answer.number for key, one in self.arbitrations.items() if one.decides}

    @cached_property
    def _by_table(self) -> dict[str, dict[DecisionKey, dict[str, Scalar]]]:
        found: dict[str, dict[DecisionKey, dict[str, Scalar]]] = {}
        for note in self.notes:
            if not note.reason:
                found.setdefault(note.table, {}).setdefault(note.key, {})[note.title] = note.value
        return found

    def margin(self, table: str, keys: Iterable[DecisionKey] | None = None, sheet: str = "") -> Margin:
        """The added columns of `table`; with `keys` those that have a note in such a row, or stood in `sheet`."""
        values = self._by_table.get(table, {})
        if keys is not None:
            values = {key: values[key] for key in keys if key in values}
        titles = [title for at, name, title in self.titles if name == table and (keys is None or at == sheet)]
        titles += [note.title for note in self.notes if note.table == table and note.key in values and not note.reason]
        return Margin(tuple(dict.fromkeys(titles)), values)

    def orphans(self, placed: Mapping[str, frozenset[DecisionKey]]) -> tuple[Note, ...]:
        """The notes without a row: those that say why, and those whose row is not among the ones `placed`, by table."""
        return tuple(
            note if note.reason else replace(note, reason=Reason.ROW_GONE)
            for note in self.notes
            if note.reason or note.key not in placed.get(note.table, frozenset())
        )


NOTHING_WRITTEN = Coordination()


def row_key(table: Table, values: Mapping[str, object]) -> DecisionKey:
    """The key of a row of a master's table, from its values by column name.

    The row of an action as a whole says in words how many partners report it: its key is the action's code alone.
    """
    key = tuple(str(values.get(name) or "").strip() for name in table.key)
    if table.name == REPORTS and not values.get("campagne"):
        return (key[0], *[""] * (len(key) - 1))
    return key


def as_text(value: Scalar) -> str:
    """A typed value as text that stays the same through any spreadsheet (15 digits)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return f"{value:.15g}"
