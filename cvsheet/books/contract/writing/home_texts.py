"""The sentences of the sheet *Accueil*."""

from __future__ import annotations

PURPOSE = (
    "Ce classeur décrit le contrat : objectifs, actions, indicateurs, qui fournit chaque valeur et quand. "
    "cvsheet en tire les classeurs des partenaires, puis contrôle et réunit leurs réponses."
)
STEPS = (
    (
        "1. Vérifier le cadre",
        "Feuilles « Contrat », « Partenaires » et « Campagnes » : dates, courriels, dates limites de retour.",
    ),
    (
        "2. Relire l’arbre",
        "Feuilles « Piliers », « Priorités » et « Objectifs » : chaque ligne nomme celle dont elle dépend.",
    ),
    (
        "3. Compléter le suivi",
        "Feuille « Actions » : un pilote par action. Une feuille par pilier : les producteurs de chaque mesure, "
        "les questions à trancher.",
    ),
    (
        "4. Contrôler",
        "Commande « cvsheet check » : elle liste ce qui manque ou se contredit, avec la feuille et la cellule.",
    ),
    ("5. Envoyer", "Commande « cvsheet generate --campaign {campaign} » : un classeur par partenaire."),
    (
        "6. Contrôler les retours",
        "Déposez les fichiers reçus dans « retours », puis « cvsheet validate » : ce qui est à corriger, et par qui. "
        "« cvsheet status » : qui relancer.",
    ),
    ("7. Consolider", "Commande « cvsheet consolidate » : le classeur maître, dans « sorties »."),
    (
        "8. Arbitrer",
        "Dans le maître, feuille « Conflits » : une valeur arbitrée et son motif par désaccord. Consolidez à nouveau.",
    ),
    (
        "9. Reprendre les références",
        "Après la campagne de référence, « cvsheet adopt » inscrit ici les références et les cibles convenues.",
    ),
    (
        "10. Publier",
        "« cvsheet consolidate --diffusion » et « cvsheet export --diffusion » : sans les petits effectifs.",
    ),
)
HABITS = (
    (
        "Ajouter une ligne",
        "Tapez dans une ligne jaune pâle au bas du tableau, ou insérez une ligne. Les listes déroulantes suivent.",
    ),
    (
        "Ajouter un pilier",
        "Une ligne dans « Piliers », puis une copie d’une feuille de pilier dont vous remplacez les lignes.",
    ),
    (
        "Ce qui est permis",
        "Trier, filtrer, colorer, déplacer ou renommer les feuilles, ajouter des colonnes à droite : rien ne se perd.",
    ),
    ("Ce qui ne l’est pas", "Changer les titres des colonnes : c’est par eux que cvsheet retrouve les tableaux."),
    (
        "Colonnes repliées",
        "[+] au-dessus d’un titre montre les colonnes qui le précisent ; « 2 », en haut à gauche, les montre toutes.",
    ),
    (
        "Couleurs",
        "Titre jaune : à remplir obligatoirement. Titre bleu : facultatif. Un code en double s’affiche en rouge.",
    ),
)
CONTENTS = {
    "Points à décider": "Ce que la reprise du document d’origine laisse à trancher.",
    "Pilotage": "Lancer cvsheet depuis Excel : action, campagne, partenaires ; ce qui a été fait et les liens.",
    "Contrat": "Nom, dates, contact, seuils de calcul et de secret.",
    "Listes": "Les choix des listes déroulantes. À ne pas modifier.",
}
PILLAR_TITLES = (
    "Pilier",
    "Intitulé du pilier",
    "Actions",
    "Sans pilote",
    "Mesures",
    "Références à préciser",
    "Cibles à préciser",
    "Sans producteur",
    "Questions à trancher",
)
