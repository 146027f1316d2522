"""A small framework and long tables written as text, for the tests of consolidation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cvsheet.model.framework import (
    Aggregation,
    Calculation,
    Campaign,
    CampaignType,
    Category,
    ContractSettings,
    Direction,
    Framework,
    Measure,
    Partner,
    Pillar,
    Priority,
    Reference,
)
from cvsheet.model.long_table import LongTable, columns, records

KINDS = {"nd", "ns", "so"}


def measure(code: str, aggregation: str = "somme", **more: object) -> Measure:
    """A typed count of partners A, B and C, broken down by district, unless told otherwise."""
    fields: dict[str, object] = {
        "code": code,
        "indicator": code.partition(".")[0],
        "pillar": "P",
        "priority": "P1",
        "objective": "",
        "indicator_title": f"Indicateur {code}",
        "title": f"Mesure {code}",
        "type": "nombre",
        "unit": "personnes",
        "nature": "flux",
        "direction": Direction.RISE,
        "computed": False,
        "calculation": None,
        "numerator": "",
        "denominator": "",
        "aggregation": Aggregation(aggregation),
        "weight": "",
        "breakdowns": (),
        "producers": ("A", "B", "C"),
        "required": True,
        "headline": True,
    }
    return Measure(**{**fields, **more})  # type: ignore[arg-type]


def share(code: str, numerator: str, denominator: str) -> Measure:
    """A computed share of two measures."""
    return measure(
        code,
        "recalcul",
        type="pourcentage",
        computed=True,
        calculation=Calculation.SHARE,
        numerator=numerator,
        denominator=denominator,
        producers=(),
    )


def evolution(code: str, numerator: str) -> Measure:
    """A computed yearly change of a measure."""
    return measure(
        code,
        "recalcul",
        type="pourcentage",
        computed=True,
        calculation=Calculation.CHANGE,
        numerator=numerator,
        producers=(),
    )


def framework(*measures: Measure, references: dict[str, Reference] | None = None) -> Framework:
    """A contract of one pillar, a baseline campaign 2019 and the yearly ones 2020 and 2021."""
    campaigns = (
        Campaign("REF", "Référence", CampaignType.BASELINE, 2019, date(2019, 1, 1), date(2019, 12, 31)),
        Campaign("2020", "Bilan 2020", CampaignType.YEARLY, 2020, date(2020, 1, 1), date(2020, 12, 31)),
        Campaign("2021", "Bilan 2021", CampaignType.YEARLY, 2021, date(2021, 1, 1), date(2021, 12, 31)),
    )
    return Framework(
        contract=ContractSettings("essai", "Contrat d’essai", date(2019, 1, 1), date(2023, 12, 31)),
        partners=tuple(Partner(code, f"Partenaire {code}") for code in "ABC"),
        campaigns=campaigns,
        pillars=(Pillar("P", "Pilier", "Pilier"),),
        priorities=(Priority("P1", "P", "Priorité"),),
        objectives=(),
        actions=(),
        measures=measures,
        categories=(Category("quartier", "N", "Nord", True), Category("quartier", "S", "Sud", True)),
        references=tuple((references or {}).items()),
    )


def answers(*rows: str) -> pd.DataFrame:
    """A long table: each row is ``campaign partner line answer [rule that sets it aside] [quantity]``."""
    return pd.DataFrame(records_of(rows), columns=[*columns(), "ecart"])


def records_of(rows: Sequence[str]) -> list[dict[str, object]]:
    """The same as dictionaries by column."""
    records: list[dict[str, object]] = []
    for number, text in enumerate(rows):
        campaign, partner, line, answer, *rest = text.split()
        kind = answer if answer in KINDS else ("nombre" if answer.replace(".", "").lstrip("-").isdigit() else "texte")
        records.append(
            {
                **dict.fromkeys(columns(), ""),
                "campagne": campaign,
                "partenaire": partner,
                "ligne": line,
                "grandeur": rest[1] if len(rest) > 1 else "valeur",
                "reponse": kind,
                "nombre": float(answer) if kind == "nombre" else float("nan"),
                "texte": answer if kind == "texte" else "",
                "annee": float("nan"),
                "fichier": f"{partner}.xlsx",
                "feuille": "Pilier",
                "cellule": f"J{number + 5}",
                "ecart": rest[0] if rest and rest[0] != "-" else "",
            }
        )
    return records


@dataclass(frozen=True)
class Framed(LongTable):
    """A long table that is given as a frame, with the column `ecart`."""

    given: pd.DataFrame | None = None

    @property
    def frame(self) -> pd.DataFrame:  # type: ignore[override]
        assert self.given is not None
        return self.given

    def __len__(self) -> int:
        return len(self.frame)

    def records(self, at: Iterable[int] | None = None) -> Iterator[dict[str, object]]:
        return records(self.frame if at is None else self.frame.iloc[list(at)])


def as_table(frame: pd.DataFrame) -> LongTable:
    """`frame`, written as in `answers`, as an assessment holds it."""
    return Framed((), given=frame)
