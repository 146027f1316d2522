"""What a rule is: a permanent code, a severity, a French template, and the function that finds its fault.

A rule's docstring is its public page (Constat / Pourquoi / Exemple / Correction). Codes are never reused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TypeVar

from cvsheet.model.findings import Fact, Finding, Severity
from cvsheet.text.french import french_exact, french_number, typeset

Function = TypeVar("Function", bound=Callable[..., object])

HEADINGS = ("Constat", "Pourquoi", "Exemple", "Correction")
FAMILIES = {
    "FIC": "le fichier",
    "STR": "sa structure",
    "VAL": "une cellule",
    "COH": "la cohérence d’un envoi",
    "HIS": "l’histoire des campagnes",
    "ENS": "l’ensemble des partenaires",
    "ATT": "la campagne comme jeu de données",
    "REF": "le classeur du contrat",
}
FIXED_FAMILIES = ("FIC", "REF")
UNREADABLE = (*(f"VAL-{number:03}" for number in range(2, 15)), "VAL-024", "VAL-025")
"""The rules on answers that could not be read as what their cell wants."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue. `template` states the fault, `remedy` what to do; both take the finding's facts."""

    code: str
    name: str
    severity: Severity
    template: str
    remedy: str
    page: str

    @property
    def title(self) -> str:
        """The fault in one sentence: the first line of the page."""
        return self.page.partition("\n")[0]

    @property
    def fields(self) -> tuple[str, ...]:
        """The facts that the template and the remedy name, in order."""
        names = (name for _, name, _, _ in Formatter().parse(f"{self.template} {self.remedy}") if name)
        return tuple(dict.fromkeys(names))

    @property
    def fixed(self) -> bool:
        """Whether no contract may change its severity: a file or an answer that cannot be read is never good, whatever
        anyone wishes, nor is a framework from which nothing can be made."""
        return self.severity is Severity.ERROR and (self.code[:3] in FIXED_FAMILIES or self.code in UNREADABLE)

    def message(self, finding: Finding) -> str:
        """What the finding says, in French, with what to do."""
        return f"{self.fault(finding)} {self.advice(finding)}".strip()

    def fault(self, finding: Finding) -> str:
        """What is wrong, in French; and where else the same gesture shows, for a finding that stands for many."""
        fault = self.template.format_map(_shown_facts(finding))
        alike = finding.facts.get("alike")
        if not isinstance(alike, int):
            return fault
        also = f"De même {french_number(alike)} fois dans cette feuille : {finding.facts['places']}."
        return f"{fault} {typeset(also)}"

    def advice(self, finding: Finding) -> str:
        """What to do, in French; empty where there is nothing to do."""
        return self.remedy.format_map(_shown_facts(finding))


_RULES: dict[str, Rule] = {}
_CODES: dict[Callable[..., object], str] = {}
OPTIONAL = ("hint", "instead", "differences")
"""Facts that are whole sentences: an empty one says nothing, not even that it is empty."""
TYPED = "VAL-"  # rules on one cell: its number is shown as it was typed, or it would seem to be right
WHOLE = ("differences",)  # facts that are lists: what they name is cut short already
SHOWN_AT_MOST = 160  # characters of one fact in a sentence: a cell may hold 32 767


def rule(code: str, severity: Severity, template: str, remedy: str = "") -> Callable[[Function], Function]:
    """Register the decorated function as rule `code`; its name is the fault, its docstring the public page."""

    def register(function: Function) -> Function:
        if code in _RULES:
            raise ValueError(f"rule {code} is defined twice")
        page = typeset(re.sub(r"^ {4}", "", (function.__doc__ or "").strip(), flags=re.MULTILINE))
        name = getattr(function, "__name__", code)
        _RULES[code] = Rule(code, name, severity, typeset(template), typeset(remedy), page)
        _CODES[function] = code
        return function

    return register


def find_rule(code: str) -> Rule:
    """The rule called `code`; KeyError where there is none. Import the rule modules first."""
    return _RULES[code]


def rule_of(function: Callable[..., object]) -> Rule:
    """The rule that `function` was registered as; KeyError where it is none."""
    return _RULES[_CODES[function]]


def all_rules() -> tuple[Rule, ...]:
    """Every registered rule, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def shown(value: Fact, number: Callable[[float], str] = french_number) -> str:
    """A fact as it is shown in a sentence."""
    if value is None or value == "":
        return "(vide)"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return number(value)
    return value if len(value) <= SHOWN_AT_MOST else f"{value[:SHOWN_AT_MOST]}…"


class _ShownFacts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "?"  # a report with one word missing is worth more than no report


def _shown_facts(finding: Finding) -> Mapping[str, str]:
    number = french_exact if finding.code.startswith(TYPED) else french_number
    shown_facts = {name: str(value) if name in WHOLE else shown(value, number) for name, value in finding.facts.items()}
    return _ShownFacts(shown_facts | {name: "" for name in OPTIONAL if not finding.facts.get(name)})
