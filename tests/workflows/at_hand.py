"""A small contract of two partners and three campaigns around a day of one's choice, and the prompt in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import cvsheet
from cvsheet.books.contract.reading.csv_folder import read_csv_folder
from cvsheet.books.contract.writing import canonical_workbook
from cvsheet.cli.main import execute
from cvsheet.demo.mistakes import Mistake
from cvsheet.demo.returns import drop_into, good_return, spoilt_return
from cvsheet.model.framework import Framework
from tests.test_any_contract import TABLES

PARTNERS = """
code,nom,courriel
ASSO-1,"L’Association d’à côté, « Là-bas » & Cie",asso@ville.example
Ville-2,La Ville,
"""
INDICATORS = TABLES["indicateurs"].replace(",somme,âge,ASSO-1,0,,10", ",somme,âge,ASSO-1;Ville-2,0,,10")


@cache
def _workbook(campaigns: str) -> bytes:
    """The small contract with these campaigns."""
    tables = {**TABLES, "partenaires": PARTNERS, "indicateurs": INDICATORS, "campagnes": campaigns}
    with TemporaryDirectory() as source:
        for name, text in tables.items():
            rows = [line.strip() for line in text.strip().splitlines()]
            Path(source, f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        return canonical_workbook(read_csv_folder(Path(source)))


@dataclass
class Folder:
    """A contract folder; the last days of `R`, `A1` and `A2` are so many days from today."""

    root: Path
    days: dict[str, int | None] = field(default_factory=lambda: {"R": -300, "A1": 20, "A2": 200})

    def make(self) -> Folder:
        """Write its workbook, in place of a former one."""
        self.root.mkdir(exist_ok=True)
        (self.root / "contrat.xlsx").write_bytes(_workbook(self._campaigns()))
        (self.root / "retours").mkdir(exist_ok=True)
        return self

    def _campaigns(self) -> str:
        rows = ["code,intitule,type,annee,debut,fin,limite"]
        for number, (code, title) in enumerate((("R", "Départ"), ("A1", "Première année"), ("A2", "Deuxième année"))):
            kind = "annuelle" if number else "référence"
            end = date(2024 + number, 12, 31)
            limit = self.limit(code)
            rows.append(f"{code},{title},{kind},{end.year},{end.replace(month=1, day=1)},{end},{limit or ''}")
        return "\n".join(rows)

    def limit(self, code: str) -> date | None:
        days = self.days[code]
        return None if days is None else date.today() + timedelta(days=days)

    @property
    def contract(self) -> cvsheet.Contract:
        return cvsheet.open_contract(self.root)

    @property
    def framework(self) -> Framework:
        return self.contract.framework

    def answer(self, campaign: str, partner: str, *mistakes: Mistake) -> None:
        """The partner's return, good but for the mistakes."""
        made = (
            spoilt_return(self.framework, campaign, partner, mistakes)
            if mistakes
            else good_return(self.framework, campaign, partner)
        )
        drop_into(self.root / "retours" / campaign, (made,))

    def run(self, *arguments: str) -> int:
        return execute([*arguments, "-C", str(self.root)])

    def on(self, day: date) -> cvsheet.Contract:
        return replace(self.contract, today=day)
