"""The French words by which headings, marks, items and measures are recognised; folded, but those of items."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words before the word that counts in a heading: « Intitulé de l’action ».
SKIPPED_IN_HEADINGS = _set(
    "intitule intitules libelle libelles nom noms titre enonce liste description les le la l de du des d nos "
    "vos principal principaux principale principales grand grands grande grandes"
)
# Words of a column of numbers or codes: « N° », « Code de l’objectif ».
NUMBER_HEADINGS = _set("n no num numero numeros code codes ref id")
# Words of an objective above another one.
STRATEGIC = _set("strategique general global")
# Words after « objectif » where it is a target: « Objectif chiffré ».
TARGET_WORDS = _set("chiffre cible atteindre realise")
# Words of a level with its number: « PRIORITE 3 ».
LABEL_WORDS = _set(
    "pilier axe volet thematique theme domaine priorite orientation enjeu ambition engagement objectif but "
    "finalite action fiche indicateur"
)
# Words after which no item begins, whatever its capital.
LINKS = _set(
    "a à au aux avec ce ces cette d dans de des du en entre et l la le les leur leurs nos notre ou par pour "
    "sans sous sur un une vers via « / & –"
)
# Words that end like infinitives.
NOT_VERBS = _set("Janvier Février Atelier Premier Dernier Quartier Chantier Foyer Métier Avenir Hiver")
# Words that make no code of a pillar, and end no sheet name.
NOT_IN_CODES = _set("les des et de du la le l d en a au aux pour un une sur dans par avec ou")
# Units that count persons: small counts of these are masked when published.
PEOPLE = _set(
    "personne personnes habitant habitants habitante habitantes jeune jeunes femme femmes homme hommes enfant "
    "enfants eleve eleves parent parents beneficiaire beneficiaires demandeur demandeurs salarie salaries "
    "participant participants famille familles menage menages allocataire allocataires adulte adultes senior "
    "seniors adolescent adolescents"
)
# Units that count firms, masked below another threshold.
FIRMS = _set("entreprise entreprises commerce commerces employeur employeurs")
# Words after « par » that name who does it, how, a part of the year or the heading of a breakdown; any other is what
# one divides by: « par habitant ».
NOT_DIVIDED_BY = _set(
    "le la les l un une des du de d leur leurs nos notre votre vos son sa ses ce cette ces chaque plusieurs "
    "certains deux an ans annee mois trimestre semestre semaine campagne exercice saison exemple ailleurs mail "
    "courriel courrier telephone internet voie ecrit type types sexe genre age tranche tranches categorie "
    "categories quartier quartiers commune communes territoire territoires secteur secteurs site sites zone zones "
    "dispositif dispositifs outil outils domaine domaines theme themes thematique thematiques nature statut "
    "niveau objectif objectifs pilier axe priorite bailleur bailleurs partenaire partenaires structure structures "
    "association associations public publics origine motif motifs mode modalite situation csp rapport"
)
