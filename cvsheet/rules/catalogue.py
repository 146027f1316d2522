"""What a rule is: a permanent code, a severity, a French template, and the function that finds its fault.

A rule's docstring is its public page (Constat / Pourquoi / Exemple / Correction). Codes are never reused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from cvsheet.findings import Fact, Finding, Severity
from cvsheet.french import french_number

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


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue. `template` states the fault, `remedy` what to do; both take the finding's facts."""

    code: str
    name: str
    severity: Severity
    template: str
    remedy: str
    page: str

    def message(self, finding: Finding) -> str:
        """What the finding says, in French, with what to do."""
        facts = {name: shown(value) for name, value in finding.facts.items()}
        return f"{self.template} {self.remedy}".strip().format_map(facts)


_RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, template: str, remedy: str = "") -> Callable[[Function], Function]:
    """Register the decorated function as rule `code`; its name is the fault, its docstring the public page."""

    def register(function: Function) -> Function:
        if code in _RULES:
            raise ValueError(f"rule {code} is defined twice")
        page = re.sub(r"^ {4}", "", (function.__doc__ or "").strip(), flags=re.MULTILINE)
        _RULES[code] = Rule(code, getattr(function, "__name__", code), severity, template, remedy, page)
        return function

    return register


def find_rule(code: str) -> Rule:
    """The rule called `code`; KeyError where there is none. Import the rule modules first."""
    return _RULES[code]


def all_rules() -> tuple[Rule, ...]:
    """Every registered rule, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def shown(value: Fact) -> str:
    """A fact as it is shown in a sentence."""
    if value is None:
        return "(vide)"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return french_number(value)
    return value
