"""The words of the first sheet: instructions, legend, meaning of each word of *Contrôle*."""

from __future__ import annotations

from cvsheet.books.partner.writing.checks import Word
from cvsheet.model.framework import Campaign, CampaignType, ContractSettings

CELLS = (
    ("input", "À remplir", "Cellule à remplir."),
    ("locked", "Protégée", "Cellule à lire : rien à y taper."),
)
REASONS = (
    ("nd", "Donnée non disponible. Dites pourquoi en commentaire."),
    ("ns", "Secret statistique : l’effectif est trop petit pour être communiqué."),
    ("so", "Sans objet : la ligne ne vous concerne pas."),
)
_YEARLY_WORDS = {
    Word.TO_FILL: "La réponse est attendue.",
    Word.OPTIONAL: "La réponse est utile, mais pas obligatoire.",
    Word.OK: "Rien à signaler.",
    Word.UNREADABLE: "Tapez un nombre, ou nd, ns, so ; pour une date, jj/mm/aaaa.",
    Word.OUT_OF_BOUNDS: "Le nombre est impossible : trop petit ou trop grand.",
    Word.NOT_WHOLE: "On compte des unités : le nombre est sans décimale.",
    Word.SUM: "Les modalités ne font pas le total : corrigez l’un ou l’autre.",
    Word.ABOVE: "Une modalité dépasse son total : corrigez l’un ou l’autre.",
    Word.COMMENT: "La valeur surprend, ou vaut nd : expliquez-la en commentaire.",
}
_BASELINE_WORDS = {
    Word.YEAR: "Indiquez l’année de la valeur de référence.",
    Word.YEARS: "L’année de la cible suit celle de la référence.",
    Word.TARGET_MISSING: "Proposez une cible, ou tapez nd ou so.",
    Word.TARGET: "La cible va à l’inverse du progrès attendu.",
}
_ONLY_YEARLY_WORDS = {
    Word.CHANGE: "La valeur s’écarte beaucoup de la précédente : corrigez-la, ou expliquez-la en commentaire.",
    Word.INCOMPLETE: "Donnez l’intitulé et le statut de l’action ajoutée.",
    Word.PROGRESS: "Réalisée veut dire 100 %, non démarrée veut dire 0 %.",
    Word.DATES: "La fin précède le début.",
    Word.WOMEN: "Il y a plus de femmes que de bénéficiaires.",
}


def control_words(campaign: Campaign) -> tuple[tuple[Word, str], ...]:
    """Each word that *Contrôle* may show in `campaign`, with what it asks for."""
    yearly = campaign.type is CampaignType.YEARLY
    return tuple((_YEARLY_WORDS | (_ONLY_YEARLY_WORDS if yearly else _BASELINE_WORDS)).items())


def instructions(contract: ContractSettings, campaign: Campaign) -> tuple[str, ...]:
    """Five lines, each short enough for the width of a page."""
    fill = (
        "Dans « Valeur », tapez un nombre ; 0 si c’est zéro. Une cellule vide veut dire « pas encore répondu »."
        if campaign.type is CampaignType.YEARLY
        else "Donnez la dernière valeur connue avant le contrat, son année, la cible proposée et la source."
    )
    send = f" à {contract.email}" if contract.email else " à la coordination"
    return (
        "Ouvrez chaque feuille de la liste ci-dessous et remplissez les cellules à fond jaune pâle.",
        fill,
        "Vous n’avez pas le chiffre ? Tapez nd, ns ou so (voir la légende), sans rien inventer.",
        "« Contrôle » vous répond pendant la saisie. Dans les commentaires, ne nommez personne.",
        f"Enregistrez sans changer de format, puis renvoyez le classeur{send}.",
    )
