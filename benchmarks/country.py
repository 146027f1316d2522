"""Many small contracts, no two alike, and what an observatory of them costs.

python -m benchmarks.country FOLDER --contracts 200 2000     # makes them in FOLDER, then measures
python -m benchmarks.country FOLDER --contracts 200 --partners 20

Each contract has its own code (some of digits, some like years), its own breakdowns and campaigns, `--partners`
partners and their returns. For each size: seconds on the clock and of processor, and the memory of the command and of
the largest of its workers, for a first run, one where nothing has changed and one where one contract has.
"""

from __future__ import annotations

import argparse
import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from cvsheet.demo.returns import drop_into, good_return
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.template import make_template

YEARS = range(2021, 2025)
BREAKDOWNS: Mapping[str, tuple[str, ...]] = {
    "âge": ("0-17", "18-64", "65+"),
    "sexe": ("01", "02"),
    "quartier": ("Nord", "Sud", "Est", "Ouest"),
    "qpv": ("2A", "2B"),
}
BREAKDOWN = ("ventilation", "code", "intitule", "exclusive")
INDICATOR = {"pilier": "P", "priorite": "P1", "nature": "flux", "sens": "hausse", "saisie": "saisie", "minimum": 0,
             "alerte_min": 0, "obligatoire": "oui", "principale": "oui", "annee_reference": 2020,
             "statut_reference": "validée", "annee_cible": 2026, "statut_cible": "validée"}  # fmt: skip
SETTINGS = {"debut": "2020-01-01", "fin": "2026-12-31", "seuil_bonne_voie": 95, "seuil_surveiller": 75,
            "seuil_trop_tot": 10, "seuil_secret": 11, "seuil_secret_entreprises": 3, "variation_forte": 50,
            "variation_minimum": 10}  # fmt: skip


@dataclass(frozen=True)
class SmallContract:
    """A contract of one pillar and three indicators: a count, a rate with decimals, an amount. `partners` answer the
    count, the first of them the others."""

    code: str
    name: str = "Contrat d’essai"
    breakdowns: tuple[str, ...] = ("âge",)
    years: tuple[int, ...] = (2024,)
    partners: int = 2
    identity: str = ""
    campaign: str = "A{year}"  # how campaigns are called

    @property
    def campaigns(self) -> tuple[str, ...]:
        return tuple(self.campaign.format(year=year) for year in self.years)

    @property
    def codes(self) -> tuple[str, ...]:
        """The partners."""
        return tuple(f"P{number:02}" for number in range(1, self.partners + 1))

    @property
    def tables(self) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """The tables of its canonical workbook."""
        together, first = ";".join(self.codes), self.codes[0]
        asked = ";".join(self.breakdowns)
        return {
            "contrat": [self._settings],
            "partenaires": [{"code": code, "nom": f"Partenaire {code}"} for code in self.codes],
            "campagnes": [
                {"code": code, "intitule": f"Bilan {year}", "type": "annuelle", "annee": year,
                 "debut": f"{year}-01-01", "fin": f"{year}-12-31", "limite": f"{year + 1}-02-28"}
                for code, year in zip(self.campaigns, self.years, strict=True)
            ],
            "piliers": [{"code": "P", "intitule": "Vivre ensemble", "feuille": "Pilier"}],
            "priorites": [{"code": "P1", "pilier": "P", "intitule": "Accueillir"}],
            "indicateurs": [
                self._indicator("I1", together, 500, type="nombre", unite="personnes", agregation="somme",
                                ventilations=asked, diffusion="personnes"),
                self._indicator("I2", first, 100, type="pourcentage", unite="%", agregation="source unique",
                                ventilations="", diffusion="publique"),
                self._indicator("I3", first, 9000, type="montant", unite="€", agregation="source unique",
                                ventilations="", diffusion="publique"),
            ],
            "ventilations": [
                dict(zip(BREAKDOWN, (name, code, f"{name} {code}", "oui"), strict=True))
                for name in self.breakdowns
                for code in BREAKDOWNS[name]
            ],
        }  # fmt: skip

    @property
    def _settings(self) -> Mapping[str, object]:
        own = {"code": self.code, "nom": self.name, "territoire": f"Territoire de {self.code}"}
        return {**own, **SETTINGS, **({"identifiant": self.identity} if self.identity else {})}

    def _indicator(self, code: str, producers: str, most: int, **more: str) -> Mapping[str, object]:
        named = {"code": f"{code}.M1", "indicateur": code, "libelle_indicateur": f"Indicateur {code}",
                 "mesure": f"Mesure {code}", "producteurs": producers, "alerte_max": most,
                 "reference": most // 4, "cible": most // 2}  # fmt: skip
        return {**INDICATOR, **named, **more}


def write_contract(contract: SmallContract, folder: Path) -> ContractFolder:
    """A contract folder with its workbook, as `init` and a coordinator make it."""
    place = ContractFolder(folder)
    place.inbox.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as source:
        for name, rows in contract.tables.items():
            with (Path(source) / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(
                    stream, [*rows[0]] if rows else ["ventilation", "code", "intitule", "exclusive"]
                )
                writer.writeheader()
                writer.writerows(rows)
        make_template(Path(source), place.workbook)
    return place


def fill(place: ContractFolder, seed: int = 0) -> None:
    """A good return of every partner in every campaign."""
    framework = load_framework(place.workbook)
    for campaign in framework.campaigns:
        partners = [one.code for one in framework.partners_asked(campaign.code)]
        drop_into(
            place.inbox / campaign.code, tuple(good_return(framework, campaign.code, one, seed) for one in partners)
        )


def contract_number(number: int, partners: int) -> SmallContract:
    """One of a country: what it asks, and how it calls things, differs from the next one's."""
    names = (*BREAKDOWNS,)
    return SmallContract(
        code=(f"ville-{number}", f"{number:05}", f"Ville_{number}", f"{2000 + number}")[number % 4],
        name=f"Contrat de ville n° {number}",
        breakdowns=tuple(dict.fromkeys((names[number % 4], names[(number // 4) % 4]))),
        years=tuple(YEARS)[number % 3 : number % 3 + 2],
        partners=partners,
        campaign=("{year}", "A{year}", "bilan-{year}")[number % 3],
    )


def _make(folder: Path, partners: int, number: int) -> None:
    target = folder / f"{number:05}"
    if not target.exists():
        beside = folder / f".{number:05}"
        shutil.rmtree(beside, ignore_errors=True)
        fill(write_contract(contract_number(number, partners), beside), seed=number)
        beside.rename(target)


def make_country(folder: Path, count: int, partners: int) -> None:
    """The contract folders 0 to `count` in `folder`; those that are there stay."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for _ in pool.map(partial(_make, folder, partners), range(count), chunksize=10):
            pass


def _run(folders: Sequence[Path], output: Path) -> tuple[float, float, int, int]:
    """Seconds on the clock and of processor, peak memory in bytes of the command and of the largest of its workers."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "import cvsheet\n"
        "if __name__ == '__main__':\n"
        "    cvsheet.observatory([Path(one) for one in sys.stdin.read().split('\\0')], Path(sys.argv[1]), jobs=0)\n"
        "    print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(script)
        file.flush()
        before, start = _processor(), time.perf_counter()
        command = [sys.executable, file.name, str(output)]
        done = subprocess.run(command, input="\0".join(map(str, folders)), text=True, capture_output=True, check=True)
        taken, used = time.perf_counter() - start, _processor() - before
    own, largest = (int(one) * 1024 for one in done.stdout.split())
    return taken, used, own, largest


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(folder: Path, count: int) -> Iterator[str]:
    """A row of the table for each run over `count` contracts of `folder`, spread over all that are there."""
    there = sorted(path for path in folder.iterdir() if path.name.isdigit())
    folders = there[:: len(there) // count][:count]
    changed = next(folders[0].glob("retours/*/*.xlsx"))  # is there, then is not
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "observatoire"
        for title in ("première fois", "rien de changé", "un contrat changé"):
            aside = changed.with_name("aside.tmp")
            if title == "un contrat changé":
                changed.rename(aside)
            try:
                taken, used, own, largest = _run(folders, output)
            finally:
                if aside.exists():
                    aside.rename(changed)
            yield (
                f"| {count} | {title} | {taken:.0f} | {used:.0f} | {1000 * used / count:.0f} | {own >> 20} "
                f"| {largest >> 20} |"
            )
        files = list(output.rglob("*.parquet"))
        yield f"| {count} | {len(files)} fichiers, {sum(one.stat().st_size for one in files) >> 20} Mo | | | | | |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--contracts", type=int, nargs="+", default=[200])
    parser.add_argument("--partners", type=int, default=5)
    options = parser.parse_args()
    make_country(options.folder, max(options.contracts), options.partners)
    print("| contrats | exécution | s | s de processeur | ms par contrat | Mo | Mo, plus gros processus de lecture |")
    print("|---|---|---|---|---|---|---|")
    for count in options.contracts:
        for line in measure(options.folder, count):
            print(line, flush=True)


if __name__ == "__main__":
    main()
