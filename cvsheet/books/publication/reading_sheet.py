"""*Lecture*: what the published figures are, which ones are masked and how, who may use them."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book, put_text
from cvsheet.books.kit.heights import height_of
from cvsheet.books.kit.page import set_widths, write_section, write_titles
from cvsheet.books.kit.style import TABLE_TAB
from cvsheet.books.publication.content import PublicationContent
from cvsheet.figures.overview import PROVISIONAL
from cvsheet.model.framework import ContractSettings
from cvsheet.text.french import french_count, french_date, french_number, typeset

SHEET = "Lecture"
LABEL_WIDTH, TEXT_WIDTH = 26, 96
WIDER = 1.12  # 11 point text takes that much more room than the 10 point text that heights are reckoned for

NO_MASK = "Aucun chiffre n’est masqué."
SITUATIONS = (
    ("Cible atteinte, Maintenue", "La valeur est à la cible ou la dépasse."),
    ("En bonne voie", "Au moins {on_track} % du chemin attendu à cette date est parcouru."),
    ("À surveiller", "De {watch} à {on_track} % du chemin attendu."),
    ("En retard", "Moins de {watch} % du chemin attendu."),
    ("En recul, Non maintenue", "La valeur s’éloigne de la cible."),
    ("Trop tôt", "Moins de {early} % de la durée est écoulée : rien n’est encore prononcé."),
    ("Suivi", "Observé sans cible ni jugement."),
    ("Secret statistique", "La situation renseignerait sur un chiffre masqué : elle n’est pas montrée."),
)
WORDS = (
    ("ns", "Secret statistique : le chiffre existe, il est masqué."),
    ("nd", "Non disponible : le partenaire n’a pas pu le fournir."),
    ("so", "Sans objet."),
    ("case vide", "Aucune réponse. Ce n’est jamais un zéro."),
    ("0", "Un vrai zéro. Il reste, sauf dans une ventilation masquée."),
)


def write_reading_sheet(book: Book, content: PublicationContent) -> Worksheet:
    """The last sheet, in five short sections."""
    contract, judged = content.framework.contract, content.campaign
    sheet = book.sheet(SHEET, landscape=False, tab_color=TABLE_TAB)
    set_widths(sheet, (LABEL_WIDTH, TEXT_WIDTH))
    subtitle = f"{contract.name} · {judged.title}, valeurs au {french_date(judged.end)}"
    write_titles(book, sheet, SHEET, subtitle, 34)
    row = _section(book, sheet, 3, "Ce que contient ce classeur", _contents())
    row = _section(book, sheet, row, "Chiffres masqués", _masks(content))
    row = _section(book, sheet, row, "Ce que disent les cases", WORDS)
    row = _section(book, sheet, row, "Ce que disent les situations", _situations(contract))
    _section(book, sheet, row, "Source et droits", _rights(contract))
    sheet.fit_to_pages(1, 1)
    return sheet


def _section(book: Book, sheet: Worksheet, row: int, title: str, texts: tuple[tuple[str, str], ...]) -> int:
    """A title and its labelled sentences from `row` on; the row where the next section starts."""
    write_section(book, sheet, row, title, 2)
    for at, (label, text) in enumerate(texts, start=row + 1):
        shown = typeset(text)
        put_text(sheet, at, 0, label, book.style("paragraph", bold=True, valign="vcenter"))
        put_text(sheet, at, 1, shown, book.style("paragraph", valign="vcenter"))
        height = height_of([(shown, TEXT_WIDTH / WIDER), (label, LABEL_WIDTH / WIDER)])
        sheet.set_row(at, WIDER * height + 3)
    return row + len(texts) + 2


def _contents() -> tuple[tuple[str, str], ...]:
    return (
        ("Synthèse", "Combien d’indicateurs en sont où, par pilier et par priorité."),
        ("Piliers", "Référence, cible et valeurs de chaque mesure et de ses modalités, progression, situation."),
        ("Actions", "État, budget et bénéficiaires des actions du contrat."),
        ("Provisoire", PROVISIONAL),
        ("N’y sont pas", "Les réponses de chaque partenaire, les textes libres, les commentaires."),
    )


def _masks(content: PublicationContent) -> tuple[tuple[str, str], ...]:
    """The rule and the thresholds. Why a figure is masked, and how many are for each reason, would tell what it is."""
    contract, masks = content.framework.contract, content.masks + content.masked_beneficiaries
    return (
        (
            "La règle",
            "Un chiffre masqué porte « ns ». Un petit effectif masque toute sa ventilation, un petit total tout ce "
            "qu’il totalise, puis ce qui s’en déduirait : parts, évolutions, chiffres liés par une règle du contrat.",
        ),
        (
            "Ce qui est garanti",
            "À partir de ce seul classeur, un petit effectif donné et masqué peut encore être n’importe quel nombre "
            "de 1 jusqu’au seuil non compris.",
        ),
        (
            "Les seuils",
            f"Personnes : {contract.secrecy_people}. Entreprises : {contract.secrecy_companies}. En dessous, un "
            "effectif non nul est masqué. Les cibles sont des objectifs : elles ne comptent personne.",
        ),
        ("Dans ce classeur", f"{french_count(masks, 'chiffre masqué', 'chiffres masqués')}." if masks else NO_MASK),
    )


def _situations(contract: ContractSettings) -> tuple[tuple[str, str], ...]:
    numbers = {
        "on_track": french_number(contract.on_track_from),
        "watch": french_number(contract.watch_from),
        "early": french_number(contract.too_early_until),
    }
    return tuple((word, text.format(**numbers)) for word, text in SITUATIONS)


def _rights(contract: ContractSettings) -> tuple[tuple[str, str], ...]:
    rows = (
        ("Source", contract.source or "à préciser"),
        ("Licence", contract.licence or "à préciser"),
        ("Coordination", " · ".join(part for part in (contract.coordinator, contract.email) if part)),
    )
    return tuple((label, text) for label, text in rows if text)
