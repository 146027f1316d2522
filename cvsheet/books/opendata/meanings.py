"""What every coded value of the open-data tables means: the table *codes*."""

from __future__ import annotations

from collections.abc import Iterator

from cvsheet.model.framework import Aggregation, Framework
from cvsheet.model.methods import method_of
from cvsheet.schema.tables import load_table

MEANINGS: dict[str, dict[str, str]] = {
    "etat": {
        "publiee": "Le nombre est donné.",
        "ns": "Secret statistique : le nombre existe, il est masqué ou gardé par un partenaire.",
        "nd": "Non disponible : le partenaire n’a pas pu le fournir.",
        "so": "Sans objet.",
        "ecartee": "Une réponse est venue, mais un contrôle l’a écartée ou son poids manque.",
        "absente": "Aucune réponse.",
    },
    "grandeur": {
        "valeur": "Valeur de l’année observée.",
        "référence": "Situation de référence, telle que la campagne l’a recueillie.",
        "cible": "Valeur visée à la fin du contrat, telle que la campagne l’a proposée.",
    },
    "reponse": {
        "nombre": "Un nombre.",
        "texte": "Un texte.",
        "nd": "Non disponible.",
        "ns": "Secret statistique, gardé par le partenaire.",
        "so": "Sans objet.",
        "illisible": "Une saisie que cvsheet n’a pas pu lire comme une réponse.",
    },
    "situation": {
        "Non renseigné": "Aucune valeur.",
        "Suivi": "Observé sans cible ni jugement.",
        "Référence à préciser": "La référence manque.",
        "Cible à préciser": "La cible manque.",
        "Cible incohérente": "La cible va à l’encontre du sens du progrès.",
        "Maintenue": "Référence et cible sont égales, la valeur y est.",
        "Non maintenue": "Référence et cible sont égales, la valeur n’y est plus.",
        "Cible atteinte": "La valeur est à la cible ou la dépasse.",
        "En recul": "La valeur s’éloigne de la cible.",
        "Trop tôt": "Trop peu de temps est écoulé pour juger.",
        "En bonne voie": "Le chemin attendu à cette date est parcouru, ou presque.",
        "À surveiller": "Une partie seulement du chemin attendu est parcourue.",
        "En retard": "Bien moins que le chemin attendu est parcouru.",
        "Secret statistique": "Le chiffre est gardé secret, ou la situation renseignerait sur un chiffre masqué.",
    },
    "statut_du_point": {
        "à préciser": "La valeur reste à arrêter.",
        "proposée": "La valeur est proposée, pas encore convenue.",
        "arbitrée": "La valeur est décidée par la coordination, pas encore inscrite au contrat.",
        "validée": "La valeur est convenue.",
        "calculée": "La valeur est calculée sur d’autres.",
    },
    "type": {
        "nombre": "Dénombrement, en unités entières.",
        "pourcentage": "De 0 à 100.",
        "montant": "Montant, dans l’unité indiquée.",
        "volume": "Volume.",
        "note": "Note d’une enquête.",
        "texte": "Réponse en texte : elle n’est pas publiée.",
        "référence": "Campagne qui recueille la situation de départ et la cible.",
        "annuelle": "Campagne qui recueille la valeur de l’année.",
    },
    "nature": {
        "stock": "État à une date.",
        "flux": "Cumul sur la période observée.",
        "enquête": "Résultat d’une enquête.",
    },
    "sens": {
        "hausse": "Le progrès est une hausse.",
        "baisse": "Le progrès est une baisse.",
        "suivi": "Observé sans jugement.",
    },
    "calcul": {
        "part": "100 × numérateur / dénominateur ; vide si le dénominateur n’est pas positif.",
        "évolution": "Évolution du numérateur depuis un an, en % ; vide si l’ancienne valeur n’est pas positive.",
    },
    "agregation": {word.value: method_of(word).meaning for word in Aggregation},
    "secret": {
        "personnes": "Les petits effectifs de personnes sont masqués à la publication.",
        "entreprises": "Les petits nombres d’entreprises sont masqués à la publication.",
        "publique": "Rien n’est masqué, sauf ce qui donnerait un chiffre masqué.",
    },
    "diffusion": {
        "publiable": "Les petits effectifs sont masqués, et ce qui les donnerait.",
        "non publiable": "Valeurs réelles : ne pas diffuser.",
    },
    "statut": {
        "Non démarrée": "Rien n’est engagé.",
        "En préparation": "L’action se prépare.",
        "En cours": "L’action a commencé.",
        "Réalisée": "L’action est achevée.",
        "Reportée": "L’action est remise à plus tard.",
        "Abandonnée": "L’action ne se fera pas.",
        "nd": "Non disponible : le partenaire n’a pas pu le dire.",
        "ns": "Secret statistique, gardé par le partenaire.",
        "so": "Sans objet.",
    },
    "booleen": {"oui": "Oui.", "non": "Non."},
}
"""Column -> code -> meaning; some columns share theirs, see SHARED."""

SHARED = {
    "reference_statut": "statut_du_point",
    "cible_statut": "statut_du_point",
    "exclusive": "booleen",
    "principale": "booleen",
}


def code_rows(framework: Framework, tables: tuple[str, ...]) -> Iterator[dict[str, object]]:
    """One row per coded value that the schemas of `tables` allow; partners and breakdowns with their names."""
    contract = framework.contract.code
    partners = {one.code: one.name for one in framework.partners}
    breakdowns = {name: framework.breakdown_title(name) for name in framework.breakdown}
    named = {"pilote": partners, "partenaire": partners, "ventilation": breakdowns}
    for table in tables:
        for column in load_table(f"export_{table}").columns:
            words = MEANINGS.get(SHARED.get(column.name, column.name), {})
            for code in column.enum:
                yield _row(contract, table, column.name, code, words[code])
            for code, name in named.get(column.name, {}).items():
                yield _row(contract, table, column.name, code, name)


def _row(contract: str, table: str, column: str, code: str, meaning: str) -> dict[str, object]:
    return {"contrat": contract, "table": table, "colonne": column, "code": code, "signification": meaning}
