"""What to type instead of the small words that people put where a number is wanted, and letters that only look right.

None of these words is read as an answer: « néant » may be a zero or a blank, and only the partner knows.
"""

from __future__ import annotations

import re
import unicodedata

from cvsheet.text.numerals import plain

USUAL = "Saisissez un nombre seul, 0 si c’est zéro, ou nd, ns, so. Le reste va en commentaire."
_NUMBERS = (
    "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|cent"
)
_REMEDIES = tuple(
    (re.compile(pattern), remedy)
    for pattern, remedy in (
        (r"neant|aucune?s?|zero|nul(le)?s?|rien|vide|pas de .*|ras|r\.? ?a\.? ?s\.?|rien a signaler|0 ?\(?neant\)?",
         "Saisissez 0 si c’est zéro, nd si vous ne le savez pas."),
        (r"n\.? ?[/.]? ?c\.?|non[ -]com+uni\w*|non conn?ue?s?|inconn?ue?s?|non renseigne\w*|n\.? ?r\.?|nsp|ne sait? pas"
         r"|indisponibles?|pas disponibles?|manquante?s?|donnees? manquantes?",
         "Saisissez nd si la donnée manque, ns si elle est couverte par le secret, so si vous n’êtes pas concerné."),
        (r"n\.? ?[/.]? ?a\.?|non applicable|(?:non|pas) concerne\w*|hors sujet",
         "Saisissez so si la ligne ne vous concerne pas, nd si la donnée n’est pas disponible."),
        (r"confidentiel\w*|non (?:communicable|diffusable|publiable)s?|couvert par le secret.*",
         "Saisissez ns si le chiffre est couvert par le secret statistique."),
        (r"\?+|en attente.*|a (?:venir|completer|preciser|voir|remplir|definir|confirmer)|en cours|x{2,}|todo|tbd"
         r"|bientot",
         "Saisissez nd tant que le chiffre manque, et dites en commentaire quand il viendra."),
        (r"[-\u2010-\u2015\u2212_/\\\\.…*~|]+",
         "Saisissez 0 si c’est zéro, nd si c’est inconnu, so si la ligne est sans objet : un tiret ne dit pas lequel."),
        (r"idem|id\.?|dito|ditto|[\"″〃]+|''|//|meme chose|memes? (?:chiffres?|valeurs?|nombres?).*|inchangee?s?"
         r"|sans changement|comme (?:ci-dessus|l.an dernier|avant)|stable",
         "Répétez le nombre : chaque cellule se lit seule."),
        (r"(?:cf|voir|v|vu|conf|selon|confer)\b\.? ?.*|(?:ci|en) ?-? ?(?:joint|annexe|piece jointe).*|pj\.?|annexe.*",
         "Recopiez ici le nombre que donne ce document : aucune pièce jointe n’est lue."),
        (r"oui|non|x|ok|fait|[✓✔✗✘☑☒]", "Saisissez le nombre : un oui ou une croix ne dit pas combien."),
        (rf"(?:{_NUMBERS})(?:[ -](?:et|{_NUMBERS}))*", "Écrivez le nombre en chiffres."),
    )
)  # fmt: skip
_ALPHABETS = {"CYRILLIC": "cyrillique", "GREEK": "grecque", "FULLWIDTH": "pleine chasse", "ARMENIAN": "arménienne"}
_DIGIT_TWINS = re.compile(r"(?=.*[0-9])[0-9OoIlSB ,.]*[OoIl][0-9OoIlSB ,.]*")


def instead_of(typed: str) -> str:
    """What to type instead of `typed` where a number is wanted."""
    words = plain(typed)
    return next((remedy for pattern, remedy in _REMEDIES if pattern.fullmatch(words)), USUAL)


def lookalikes(typed: str) -> str:
    """A sentence on the letters of `typed` that are not what they look like, with a space before it; else nothing."""
    strange = {letter: name for letter in typed if (name := _alphabet(letter))}
    if strange:
        letters = ", ".join(f"« {letter} » ({name})" for letter, name in strange.items())
        return f" Des lettres d’un autre alphabet ressemblent aux nôtres : {letters}."
    if _DIGIT_TWINS.fullmatch(typed.strip()):
        return " Une lettre (O, l, I) tient la place d’un chiffre (0, 1)."
    return ""


def _alphabet(letter: str) -> str:
    """The alphabet of a letter, or of a digit, that is none of ours."""
    if not letter.isalnum():
        return ""
    return _ALPHABETS.get(unicodedata.name(letter, "").split(" ")[0], "")
