"""What a rule is: one object with its permanent code, its sentences, what it looks at, and the function that judges.

A rule's docstring is its public page (Constat / Pourquoi / Exemple / Correction). Codes are never reused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypedDict, TypeVar, Unpack

from cvsheet.files.addresses import cell_ranges
from cvsheet.model.findings import Fact, Finding, Place, Severity
from cvsheet.text.french import french_exact, french_figure, french_number, typeset

if TYPE_CHECKING:
    from cvsheet.figures.conflicts import Dispute

Given = TypeVar("Given")
Said = TypeVar("Said")

HEADINGS = ("Constat", "Pourquoi", "Exemple", "Correction")
OPTIONAL = ("hint", "instead", "differences")
"""Facts that are whole sentences: an empty one says nothing, not even that it is empty."""
WHOLE = ("differences",)  # facts that are lists: what they name is cut short already
AT, THE = "at_", "the_"
"""Begin what a template says of a `Named`: ``Le total{at_total} vaut {total}``, ``{the_left} vaut {left_value}``."""
SHOWN_AT_MOST = 160  # characters of one fact in a sentence: a cell may hold 32 767


class LooksAt(StrEnum):
    """What a rule looks at: the name of the room where it stands, under `cvsheet.judging`."""

    FILE = "files"
    STRUCTURE = "structure"
    CELL = "cells"
    RETURN = "returns"
    PARTNERS = "partners"
    CAMPAIGN = "campaign"
    CONTRACT = "contract"


OF_ONE_RETURN = (LooksAt.STRUCTURE, LooksAt.CELL, LooksAt.RETURN)
"""What one partner filled in."""
NEVER_GOOD = (LooksAt.FILE, LooksAt.CONTRACT)
"""What is never good where a rule calls it an ERROR: a file that is not read, a contract from which nothing is made."""


class Family(StrEnum):
    """The letters that begin a code, in the order of the public page."""

    FIC = "FIC"
    STR = "STR"
    VAL = "VAL"
    COH = "COH"
    HIS = "HIS"
    ENS = "ENS"
    ATT = "ATT"
    REF = "REF"

    @property
    def subject(self) -> str:
        """What its rules look at, in French."""
        return _FAMILIES[self][0]

    @property
    def looks_at(self) -> LooksAt:
        return _FAMILIES[self][1]


_FAMILIES: Mapping[Family, tuple[str, LooksAt]] = {
    Family.FIC: ("le fichier", LooksAt.FILE),
    Family.STR: ("sa structure", LooksAt.STRUCTURE),
    Family.VAL: ("une cellule", LooksAt.CELL),
    Family.COH: ("la cohérence d’un envoi", LooksAt.RETURN),
    Family.HIS: ("l’histoire des campagnes", LooksAt.RETURN),
    Family.ENS: ("l’ensemble des partenaires", LooksAt.PARTNERS),
    Family.ATT: ("la campagne comme jeu de données", LooksAt.CAMPAIGN),
    Family.REF: ("le classeur du contrat", LooksAt.CONTRACT),
}


@dataclass(frozen=True, eq=False)
class Rule(Generic[Given, Said]):
    """One rule of the catalogue. `template` states the fault, `remedy` what to do; both take the finding's facts.

    `correction` is what to do instead in a correction workbook, which has its sheets, rows and columns back; where it
    is empty, the remedy holds there too. `covers` are rules whose finding at the same place this one says better.
    `unreadable`: the answer could not be read as what its cell wants. `beside`: it speaks of what stands beside an
    answer (its comment, its year, a target), and leaves the answer itself as it was. `needs_former`: it compares with
    an earlier campaign. `dispute`: its findings wait for a decision between partners. `judge` looks at something
    and says what it found: call the rule itself.
    """

    code: str
    severity: Severity
    template: str
    remedy: str
    page: str
    judge: Callable[[Given], Said]
    correction: str = ""
    covers: tuple[AnyRule, ...] = ()
    unreadable: bool = False
    beside: bool = False
    needs_former: bool = False
    dispute: Dispute | None = None

    def __call__(self, given: Given) -> Said:
        return self.judge(given)

    @property
    def name(self) -> str:
        """The fault, as the function that finds it is called."""
        return self.judge.__name__

    @property
    def family(self) -> Family:
        return Family(self.code.partition("-")[0])

    @property
    def looks_at(self) -> LooksAt:
        return self.family.looks_at

    @property
    def title(self) -> str:
        """The fault in one sentence: the first line of the page."""
        return self.page.partition("\n")[0]

    @property
    def fields(self) -> tuple[str, ...]:
        """The facts that the template and the remedy name, in order."""
        names = (name for _, name, _, _ in Formatter().parse(f"{self.template} {self.remedy}") if name)
        return tuple(dict.fromkeys(name.removeprefix(THE) for name in names if not name.startswith(AT)))

    @property
    def fixed(self) -> bool:
        """Whether no contract may change its severity: a file or an answer that cannot be read is never good, whatever
        anyone wishes, nor is a framework from which nothing can be made."""
        return self.severity is Severity.ERROR and (self.unreadable or self.looks_at in NEVER_GOOD)

    def message(self, finding: Finding) -> str:
        """What the finding says, in French, with what to do."""
        return f"{self.fault(finding)} {self.advice(finding)}".strip()

    def fault(self, finding: Finding) -> str:
        """What is wrong, in French; and where else the same gesture shows, for a finding that stands for many."""
        fault = self.template.format_map(self._shown_facts(finding))
        alike = finding.facts.get("alike")
        if not isinstance(alike, int):
            return fault
        also = f"De même {french_number(alike)} fois dans cette feuille : {finding.facts['places']}."
        return f"{fault} {typeset(also)}"

    def advice(self, finding: Finding) -> str:
        """What to do, in French; empty where there is nothing to do."""
        return self.remedy.format_map(self._shown_facts(finding))

    def advice_in_correction(self, finding: Finding) -> str:
        """What the partner does about `finding` in the correction workbook; empty where there is nothing to do."""
        return typeset(self.correction or self.advice(finding))

    def _shown_facts(self, finding: Finding) -> Mapping[str, str]:
        """Numbers of one cell are shown as typed, or they would seem right; of others, no two that differ as one."""
        number = french_exact if self.looks_at is LooksAt.CELL else french_figure
        facts = {name: str(value) if name in WHOLE else shown(value, number) for name, value in finding.facts.items()}
        named = {name: _in_brackets(one.places, finding.place) for name, one in finding.named.items()}
        at = {f"{AT}{name}": cells for name, cells in named.items()}
        the = {f"{THE}{name}": f"{_quoted(one.title)}{named[name]}" for name, one in finding.named.items() if one.title}
        return _ShownFacts(facts | at | the | {name: "" for name in OPTIONAL if not finding.facts.get(name)})


AnyRule: TypeAlias = Rule[Any, Any]


class More(TypedDict, total=False):
    """What a rule may say of itself beside its sentences: the fields of `Rule` of these names."""

    correction: str
    covers: tuple[AnyRule, ...]
    unreadable: bool
    beside: bool
    needs_former: bool
    dispute: Dispute


def rule(
    code: str, severity: Severity, template: str, remedy: str = "", **more: Unpack[More]
) -> Callable[[Callable[[Given], Said]], Rule[Given, Said]]:
    """The decorated function becomes rule `code`; its name is the fault, its docstring the public page."""

    def made(judge: Callable[[Given], Said]) -> Rule[Given, Said]:
        page = typeset(re.sub(r"^ {4}", "", (judge.__doc__ or "").strip(), flags=re.MULTILINE))
        return Rule(code, severity, typeset(template), typeset(remedy), page, judge, **more)

    return made


def shown(value: Fact, number: Callable[[float], str] = french_number) -> str:
    """A fact as it is shown in a sentence."""
    if value is None or value == "":
        return "(vide)"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return number(value)
    return value if len(value) <= SHOWN_AT_MOST else f"{value[:SHOWN_AT_MOST]}…"


def _quoted(title: str) -> str:
    return f"«\N{NO-BREAK SPACE}{shown(title)}\N{NO-BREAK SPACE}»"


def _in_brackets(places: Sequence[Place], beside: Place) -> str:
    """`` (K10:K12)``, with the sheet where it is not that of the finding; nothing where no cell is known."""
    by_sheet: dict[str, list[str]] = {}
    for place in places:
        if place.cell and place.file == beside.file:
            by_sheet.setdefault(place.sheet, []).append(place.cell)
    told = (
        f"{'' if sheet == beside.sheet else f'{sheet}!'}{', '.join(cell_ranges(cells))}"
        for sheet, cells in by_sheet.items()
    )
    return f" ({' ; '.join(told)})" if by_sheet else ""


class _ShownFacts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        if name.startswith(AT):
            return ""
        if name.startswith(THE):
            return self[name.removeprefix(THE)]
        return "?"  # a report with one word missing is worth more than no report
