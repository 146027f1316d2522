"""The report on a terminal: at 80 columns, without colour, and nothing that a partner typed acts on it."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cvsheet.cli.main import execute
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.reports.console import print_assessment, print_findings
from cvsheet.reports.visible import visible
from tests.conftest import ROOT
from tests.rules.good import good, judged, reported, retyped
from tests.rules.small import FRAMEWORK


def printed(assessment: Assessment, *, quiet: bool = False, colour: bool = False) -> str:
    out = io.StringIO()
    system = "standard" if colour else None
    console = Console(file=out, width=80, highlight=False, color_system=system, force_terminal=colour)
    print_assessment(assessment, quiet=quiet, console=console)
    return out.getvalue()


def plain(text: str) -> str:
    """`text` with ordinary spaces and without the terminal's padding."""
    return "\n".join(line.rstrip() for line in re.sub("[\u00a0\u202f]", " ", text).splitlines())


def unknown_partner(cell: str, column: str) -> Finding:
    facts = {"column": column, "unknown": "PE", "hint": " Vouliez-vous dire « PRE » ?"}
    return Finding("REF-021", Severity.ERROR, Place("c.xlsx", "Emploi", cell), f"L-{cell}", facts=facts)


def test_what_is_said_of_many_cells_is_said_once_with_all_of_them() -> None:
    """A partner that was renamed is one cause for every line that names it."""
    out = io.StringIO()
    findings = [unknown_partner(f"M{row}", "Producteurs") for row in range(5, 17)] + [unknown_partner("N5", "Pilote")]
    print_findings(findings, console=Console(file=out, width=80, highlight=False, color_system=None))
    text = out.getvalue()
    assert plain(text).count("n’existe pas (« Producteurs »)") == 1
    assert "12 endroits : Emploi!M5 (L-M5)" in " ".join(plain(text).split())
    assert "- Emploi!N5 (L-N5) : Le partenaire « PE »" in plain(text)
    assert not any(line.rstrip().endswith("«") for line in text.splitlines())


def test_the_whole_report_of_a_small_campaign() -> None:
    damaged = retyped("T1.M1/N | 14 |", "T2.M1 | approximate!env. 45 |", "T3.M1 | converted!7 ans → 7 |")()
    assert plain(printed(judged(damaged))) == (
        "A · 2021 · A-2021.xlsx\n"
        "  ERREUR COH-001 : Le total (K5) vaut 30, mais les modalités de « quartier »\n"
        "  (K6:K7) font 32 (Nord 14 + Sud 18) : écart de 2.\n"
        "    Emploi!K5 (T1.M1)\n"
        "    → Corrigez le total ou la modalité fausse.\n"
        "  ERREUR VAL-007 : « env. 45 » est une valeur approchée.\n"
        "    Emploi!K11 (T2.M1)\n"
        "    → Saisissez le nombre seul et notez « estimation » en commentaire, ou\n"
        "    saisissez nd.\n"
        "  INFO VAL-030 : « 7 ans » a été lu 7.\n"
        "    Emploi!K12 (T3.M1)\n"
        "\n"
        "Contrôles non faits\n"
        "    COH-010 · A-2021.xlsx : règle R1 : la réponse à T1.M1 est à corriger d’abord\n"
        "    COH-013 · A-2021.xlsx : règle R4 : la réponse à T1.M1 est à corriger d’abord\n"
        "\n"
        "4 fichiers reçus, 4 pris en compte. 2 erreurs à corriger, 0 avertissement à\n"
        "confirmer, 66 cellules bonnes."
    )


def test_a_good_campaign_is_one_line() -> None:
    text = plain(printed(judged(good()))).replace("\n", " ")
    assert (
        text
        == "4 fichiers reçus, 4 pris en compte. 0 erreur à corriger, 0 avertissement à confirmer, 70 cellules bonnes."
    )


def test_quiet_prints_errors_only() -> None:
    assert printed(judged(good()), quiet=True) == ""
    text = printed(judged(retyped("T2.M1 | approximate!env. 45 |", "T5.M1 | ??? |")()), quiet=True)
    assert "VAL-007" in text and "VAL-020" not in text and "bonne" not in text


def test_colour_only_repeats_the_words() -> None:
    assessment = judged(retyped("T2.M1 | approximate!env. 45 |")())
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", printed(assessment, colour=True))
    assert coloured == printed(assessment)


def test_incidents_are_shown_apart() -> None:
    text = printed(assess(FRAMEWORK, (*good(), Received("x.xlsx", incident="lecture impossible"))))
    assert "Incidents" in text and "x.xlsx : lecture impossible" in plain(text)


HOSTILE = (
    "[bold red]x[/]",
    "\x1b]0;titre\x07",
    "\x1b[2J",
    "a\r\nb",
    "\u202egnp.exe",
    "[link=http://x]y[/link]",
    "\x9b2J",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_partner_typed_is_shown_and_never_obeyed(text: str) -> None:
    finding = Finding("VAL-007", Severity.ERROR, Place(text, text, "K5"), text, text, text, {"typed": text})
    out = io.StringIO()
    print_findings([finding], console=Console(file=out, width=400, force_terminal=True, color_system=None))
    assert out.getvalue().count(visible(text)) >= 3
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out.getvalue().replace("\n", ""))


@given(st.text())
def test_nothing_visible_can_act(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert shown == text or not text.isprintable()


def test_french_stays_as_it_is() -> None:
    assert visible("l’été à 12\u00a0% — «\u00a0œuf\u00a0»") == "l’été à 12\u00a0% — «\u00a0œuf\u00a0»"


def test_many_cells_are_counted_not_listed() -> None:
    found = [
        Finding("VAL-019", Severity.WARNING, Place("a.xlsx", f"Emploi {row}", "K5"), f"L{row}", "A", "2021")
        for row in range(5, 45)
    ]
    out = io.StringIO()
    print_findings(found, console=Console(file=out, width=80))
    assert "40 endroits : " in plain(out.getvalue()) and "et 32 autres" in plain(out.getvalue()).replace("\n    ", " ")


def test_no_line_is_broken_at_a_no_break_space() -> None:
    found = Finding(
        "VAL-018", Severity.WARNING, Place("a.xlsx", "Emploi", "K5"), "L1", facts={"value": 0.45, "hundredfold": 45.0}
    )
    for width in range(40, 90):
        out = io.StringIO()
        print_findings([found], console=Console(file=out, width=width))
        assert "0,45\u00a0% paraît" in out.getvalue().replace("\n  ", " ")
        assert max(map(len, out.getvalue().splitlines())) <= width


def test_action_reports_are_named_by_their_action() -> None:
    text = printed(judged(reported("ACT-1 | Réalisée | 80 | | | 20 | 12 |")()))
    assert "Actions!F5 (ACT-1)" in text


@pytest.mark.parametrize(("options", "cells", "hidden"), [([], 8, True), (["--tout"], 89, False)])
def test_check_lists_every_cell_where_it_is_asked_to(
    options: list[str], cells: int, hidden: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """The 89 actions of the template have no pilot."""
    assert execute(["check", str(ROOT / "workbook" / "contrat_ville_template.xlsx"), *options]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert len(re.findall(r"![A-Z]+[0-9]+\s\([A-Z]+-[0-9]-[0-9]-A[0-9]+\)", said)) == cells
    assert ("check --tout" in said) is hidden
