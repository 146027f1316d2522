"""The HTML page says all that was found, message first, and accounts for every file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.assess import assess
from cvsheet.judging.engine.assessment import Assessment, Ignored, Received
from cvsheet.judging.engine.rule import HEADINGS
from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.reports.html import html_report
from cvsheet.reports.html_view import view_of
from tests.reports.pages import elements, texts
from tests.rules.good import A_2021, A_ACTIONS, arriving, good, judged, of, retyped
from tests.rules.small import FRAMEWORK
from tests.rules.tables import returned
from tests.words import plain

SPOILT = retyped("T1.M1/N | 14 |", "T2.M1 | approximate!env. 45 |", "T3.M1 | converted!7 ans → 7 |")
MIXED = arriving(
    Received("x.xlsx", refusal=UnreadableFile(Refusal.PDF)),
    Received("~$A-2021.xlsx", refusal=UnreadableFile(Refusal.LOCK_FILE)),
    Received(".DS_Store", ignored=Ignored.HIDDEN),
    of(returned(A_2021.replace("45.5", "120 "), A_ACTIONS, file="A-2021 (2).xlsx"), saved_at=datetime(2023, 1, 1, 9)),
    of(returned(A_2021, file="autre.xlsx"), identity=None),
)


def page(assessment: Assessment) -> bytes:
    return html_report(assessment, FRAMEWORK)


def found(*findings: Finding) -> Assessment:
    return replace(judged(good()), findings=findings)


def test_the_summary_sentence_comes_first() -> None:
    (lead,) = texts(page(judged(SPOILT())), "p", "lead")
    assert plain(lead) == "2 erreurs à corriger, 0 avertissement à confirmer, 66 cellules bonnes."


def test_each_partner_has_its_counts() -> None:
    html = page(judged(SPOILT()))
    rows = [plain(text) for text in texts(html, "tr")]
    assert "Association A A À corriger 7 sur 8 2 0 15/01/2022" in rows
    assert "Bailleur B B Bon 6 sur 6 0 0 15/01/2022" in rows


def test_a_cause_says_what_is_wrong_then_what_to_do_then_where() -> None:
    article = next(text for text in texts(page(judged(SPOILT())), "article", "error") if "quartier" in text)
    assert plain(article) == (
        "Erreur Le total (K5) vaut 30, mais les modalités de « quartier » (K6:K7) font 32 (Nord 14 + Sud 18) : "
        "écart de 2. À faire : Corrigez le total ou la modalité fausse. "
        "Cellule Emploi!K5 Ligne T1.M1 Mesure Trouvé 30 Attendu 32 Écart 2 "
        "Règle COH-001 : pourquoi, exemple, correction"
    )


def test_cells_of_one_cause_stand_in_one_table() -> None:
    cells = [
        Finding(
            "VAL-016",
            Severity.ERROR,
            Place("A-2021.xlsx", "Emploi", f"K{row}"),
            "T2.M1",
            "A",
            "2021",
            {"value": 100.5 + row, "bounds": "de 0 à 100"},
        )
        for row in range(5, 25)
    ]
    html = page(found(*cells))
    assert [text for text in texts(html, "h4") if "De même 19 fois dans cette feuille : K6:K24." in plain(text)]
    assert "Les 20 cellules, une par une" in texts(html, "summary")
    rows = [text for text in texts(html, "tr") if text.startswith("Emploi!K")]
    assert len(rows) == 20
    assert rows[0] == "Emploi!K5 T2.M1 Mesure 105,5 de 0 à 100"  # no column repeats what the heading and these say


def test_what_calls_for_nothing_is_folded() -> None:
    html = page(judged(SPOILT()))
    (infos,) = texts(html, "details", "infos")
    assert "« 7 ans » a été lu 7" in plain(infos)


def test_all_allowed_values_are_given_where_the_sentence_would_cut_them() -> None:
    choices = ", ".join(f"choix numéro {number}" for number in range(20))
    finding = Finding("VAL-014", Severity.ERROR, Place("A-2021.xlsx", "Emploi", "K5"), "T2.M1")
    (advice,) = texts(page(found(replace(finding, facts={"typed": "autre", "allowed": choices}))), "p", "advice")
    assert advice.endswith(f"({choices}).") and "…" not in advice


def test_each_rule_named_has_its_page_and_each_link_its_target() -> None:
    html = page(judged(SPOILT()))
    rules = texts(html, "article", "rule")
    assert [rule.split()[0] for rule in rules] == ["COH-001", "COH-010", "COH-013", "VAL-007", "VAL-030"]
    assert all(heading in rule for rule in rules for heading in HEADINGS)
    targets = [element.attributes["id"] for element in elements(html) if "id" in element.attributes]
    links = {element.attributes["href"] for element in elements(html) if "href" in element.attributes}
    assert len(targets) == len(set(targets))
    assert links <= {f"#{target}" for target in targets}


def test_rules_that_could_not_judge_are_listed_with_the_reason() -> None:
    rows = [plain(text) for text in texts(page(judged(SPOILT())), "tr")]
    assert "COH-010 A-2021.xlsx règle R1 : la réponse à T1.M1 est à corriger d’abord" in rows


def test_incidents_are_shown_apart() -> None:
    received = (*good(), Received("panne.xlsx", incident="lecture impossible"))
    (incidents,) = texts(page(assess(FRAMEWORK, received)), "ul", "incidents")
    assert plain(incidents) == "panne.xlsx : lecture impossible"


def test_the_receipt_accounts_for_every_file() -> None:
    assessment = judged(MIXED())
    (receipt,) = texts(page(assessment), "table", "receipts")
    for fate in (
        "A-2021.xlsx " + returned(A_2021, A_ACTIONS).sha256 + " 15/01/2022 23 réponses 1 info "
        "Remplacé par « A-2021 (2).xlsx »",
        "01/01/2023 à 09:00 23 réponses 1 erreur Pris en compte",
        "x.xlsx – – 1 erreur Refusé. Le fichier est un PDF et non un classeur.",
        "~$A-2021.xlsx – – 1 info Laissé de côté. Fichier temporaire d’Excel, ignoré.",
        ".DS_Store – – 1 info Laissé de côté. Fichier caché, ignoré.",
        "Non pris en compte. Ce classeur n’est pas un classeur envoyé par la coordination.",
    ):
        assert fate in plain(receipt)


def test_a_campaign_without_a_remark_is_folded_but_for_the_latest() -> None:
    folds = {element.text: "open" in element.attributes for element in elements(page(judged(good())))
             if element.attributes.get("class") == "campaign"}  # fmt: skip
    assert [(text[:10], opened) for text, opened in folds.items()] == [("Bilan 2021", True), ("Référence ", False)]


def test_nothing_received_makes_a_page_too() -> None:
    assert "Aucun fichier reçu." in texts(page(judged(())), "p")


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert page(judged(MIXED())) == page(judged(MIXED()))


def test_what_the_tables_of_partners_leave_out_is_counted_beside_them() -> None:
    found = judged(good())
    assert view_of(found, FRAMEWORK).beside == ""
    between = Finding("ENS-001", Severity.WARNING, partner="A", campaign="2021")
    view = view_of(replace(found, findings=(*found.findings, between)), FRAMEWORK)
    assert plain(view.beside) == "1 avertissement"
