"""FIC-001 to FIC-024: files that are not read, each with its own sentence. First step after `receive`.

Those that are something else than a readable workbook stand in `kinds`. Each rule is a
predicate on the reason why a file was not read; exactly one holds for every reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.files.file_names import sent_as_workbook
from cvsheet.judging.engine.assessment import Ignored, Received
from cvsheet.judging.engine.catalogue import rules_of
from cvsheet.judging.engine.rule import Rule, rule
from cvsheet.judging.engine.ruling import Ruling, found
from cvsheet.judging.files import kinds
from cvsheet.judging.files.kinds import RESEND, what_is_inside, what_it_is
from cvsheet.judging.files.strays import all_strays, many_strays
from cvsheet.judging.files.unusable import Names
from cvsheet.model.findings import Fact, Place, Severity
from cvsheet.model.framework import Framework
from cvsheet.text.french import typeset


@rule(
    "FIC-001",
    Severity.ERROR,
    "Le fichier ou le dossier n’a pas pu être ouvert : il n’existe pas, ou son accès est fermé.",
    "Vérifiez son chemin et vos droits ; s’il est ouvert dans un autre programme, fermez-le, puis relancez.",
)
def file_missing(reason: Refusal) -> bool:
    """Le fichier ne peut pas être ouvert.

    Constat : aucun fichier ordinaire ne se trouve à l’adresse indiquée, ou le système refuse de l’ouvrir ; de même
        d’un dossier parmi les retours.
    Pourquoi : sans fichier, il n’y a rien à contrôler.
    Exemple : « retours/2021/caf.xlsx » alors que le fichier s’appelle « CAF.xlsx ».
    Correction : vérifiez le nom, le dossier et vos droits d’accès.
    """
    return reason is Refusal.MISSING


@rule(
    "FIC-002",
    Severity.ERROR,
    "Le fichier est vide (0 octet).",
    "La copie ou la synchronisation n’est sans doute pas finie : redemandez le fichier ou attendez, puis relancez.",
)
def empty_file(reason: Refusal) -> bool:
    """Le fichier ne contient rien.

    Constat : le fichier fait 0 octet.
    Pourquoi : un dossier partagé crée parfois le fichier avant d’en recevoir le contenu.
    Exemple : une pièce jointe dont l’enregistrement a été interrompu.
    Correction : attendez la fin de la synchronisation ou faites renvoyer le fichier.
    """
    return reason is Refusal.EMPTY


@rule("FIC-003", Severity.INFO, "Fichier temporaire d’Excel, ignoré.", "Un classeur est ouvert : fermez-le.")
def lock_file(reason: Refusal) -> bool:
    """Un fichier temporaire d’Excel se trouve dans le dossier.

    Constat : le nom commence par « ~$ ».
    Pourquoi : Excel crée ce fichier tant qu’un classeur est ouvert ; il ne contient aucune réponse.
    Exemple : « ~$caf.xlsx ».
    Correction : fermez le classeur ; le fichier disparaît seul.
    """
    return reason is Refusal.LOCK_FILE


@rule("FIC-013", Severity.ERROR, "Le fichier est incomplet : sa fin manque.", "Faites renvoyer le fichier.")
def truncated_file(reason: Refusal) -> bool:
    """Le fichier s’arrête avant sa fin.

    Constat : le classeur est coupé.
    Pourquoi : l’envoi ou la copie a été interrompu ; une partie des réponses est perdue.
    Exemple : une pièce jointe de 12 Ko au lieu de 40.
    Correction : faites renvoyer le fichier.
    """
    return reason is Refusal.TRUNCATED


@rule(
    "FIC-014",
    Severity.ERROR,
    "Le classeur est endommagé.",
    "Ouvrez-le, acceptez la réparation, vérifiez vos réponses, enregistrez-le en .xlsx et renvoyez-le.",
)
def damaged_file(reason: Refusal) -> bool:
    """Le classeur est endommagé.

    Constat : une partie du fichier est illisible ou manque.
    Pourquoi : lire à moitié un fichier endommagé ferait passer des réponses perdues pour des blancs.
    Exemple : une clé USB retirée pendant l’enregistrement.
    Correction : ouvrez-le dans Excel ou LibreOffice, laissez-le le réparer, contrôlez et renvoyez.
    """
    return reason is Refusal.DAMAGED


@rule("FIC-015", Severity.ERROR, "Le classeur contient deux fois la même partie interne.", RESEND)
def ambiguous_parts(reason: Refusal) -> bool:
    """Le classeur contient deux versions de la même partie.

    Constat : une partie interne du fichier y figure deux fois.
    Pourquoi : deux programmes y liraient deux fichiers différents.
    Exemple : un fichier fabriqué par un outil défectueux.
    Correction : ouvrez-le, vérifiez les réponses et enregistrez-le à nouveau.
    """
    return reason is Refusal.AMBIGUOUS


@rule("FIC-016", Severity.ERROR, "Le classeur contient une déclaration interdite (DOCTYPE) : il n’est pas lu.", RESEND)
def forbidden_doctype(reason: Refusal) -> bool:
    """Le classeur contient une déclaration interdite.

    Constat : une partie interne contient un DOCTYPE.
    Pourquoi : aucun tableur n’en écrit ; c’est un moyen connu d’attaque.
    Exemple : un fichier modifié à la main.
    Correction : repartez du classeur envoyé par la coordination.
    """
    return reason is Refusal.DTD


@rule(
    "FIC-017",
    Severity.ERROR,
    "Le fichier est trop volumineux pour être un retour.",
    "Retirez les images et les feuilles ajoutées, puis renvoyez-le.",
)
def too_large(reason: Refusal) -> bool:
    """Le fichier dépasse la taille admise.

    Constat : le fichier, ou ce qu’il contient une fois décompressé, dépasse la limite.
    Pourquoi : un retour pèse quelques dizaines de kilo-octets ; au-delà, ce n’en est pas un.
    Exemple : un classeur dans lequel des photos ont été collées.
    Correction : retirez ce qui a été ajouté.
    """
    return reason is Refusal.TOO_LARGE


@rule("FIC-018", Severity.ERROR, "Le fichier ressemble à une archive piégée : il n’est pas ouvert.", RESEND)
def zip_bomb(reason: Refusal) -> bool:
    """Le fichier se décompresse en un volume démesuré.

    Constat : le taux de compression ou le nombre de parties dépasse la limite.
    Pourquoi : un tel fichier bloquerait la machine.
    Exemple : 1 Mo qui se décompresse en 1 Go.
    Correction : repartez du classeur envoyé par la coordination.
    """
    return reason is Refusal.BOMB


@rule(
    "FIC-019",
    Severity.ERROR,
    "Une feuille contient beaucoup trop de cellules.",
    "Supprimez les lignes et colonnes ajoutées au-delà du tableau, puis renvoyez le classeur.",
)
def too_many_cells(reason: Refusal) -> bool:
    """Une feuille dépasse les dimensions admises.

    Constat : le nombre de cellules remplies, de fusions ou de répétitions dépasse la limite, atteinte à la ligne
        indiquée. Une cellule égarée très loin du tableau ou une colonne entière fusionnée n’empêchent pas la lecture.
    Pourquoi : un retour compte quelques milliers de cellules.
    Exemple : une base de données de 500 000 lignes collée dans le classeur.
    Correction : supprimez ce qui a été ajouté.
    """
    return reason is Refusal.GEOMETRY


@rule("FIC-020", Severity.INFO, "Fichier caché, ignoré.")
def hidden_file(reason: Ignored) -> bool:
    """Un fichier caché se trouve dans le dossier.

    Constat : le nom commence par un point, ou c’est un fichier que le système range de lui-même.
    Pourquoi : le système ou LibreOffice crée de tels fichiers ; ils ne contiennent aucune réponse.
    Exemple : « .DS_Store », « Thumbs.db », « desktop.ini ».
    Correction : rien à faire.
    """
    return reason is Ignored.HIDDEN


@rule(
    "FIC-021",
    Severity.INFO,
    "Ce fichier n’est pas un classeur ({what}) : il n’a pas été lu.",
    "Si c’est la réponse d’un partenaire, demandez-lui le classeur envoyé, rempli dans Excel ou LibreOffice.",
)
def not_a_workbook_name(reason: Ignored) -> bool:
    """Un fichier du dossier n’est pas un classeur.

    Constat : son contenu est celui d’une lettre, d’une image, d’un PDF… et son nom n’est celui ni d’un classeur, ni
        d’un partenaire. Le contenu décide : un classeur est lu sous n’importe quel nom (« caf.xlsx.txt », « caf »).
    Pourquoi : un dossier de retours contient souvent des courriers ; mais une réponse peut s’y cacher.
    Exemple : « courrier.docx », « tableau.jpg ».
    Correction : si c’est une réponse, demandez le classeur.
    """
    return reason is Ignored.NOT_A_WORKBOOK


@rule("FIC-022", Severity.INFO, "Ce lien mène hors du dossier : il n’a pas été suivi.")
def link_outside(reason: Ignored) -> bool:
    """Un lien symbolique mène hors du dossier contrôlé.

    Constat : la cible du lien n’est pas dans le dossier.
    Pourquoi : seuls les fichiers déposés dans le dossier sont lus, par sécurité.
    Exemple : un lien vers un disque réseau.
    Correction : copiez le fichier dans le dossier.
    """
    return reason is Ignored.LINK_OUTSIDE


@rule(
    "FIC-023",
    Severity.ERROR,
    "La lecture du fichier a été arrêtée : elle prenait trop de temps.",
    "Supprimez ce qui a été ajouté au classeur, puis renvoyez-le ; ou repartez du classeur envoyé.",
)
def endless_reading(reason: Refusal) -> bool:
    """Le fichier demande trop de temps.

    Constat : au bout de 30 secondes de calcul, le fichier n’était pas lu. Les autres fichiers l’ont été.
    Pourquoi : un retour se lit en une fraction de seconde ; un seul fichier ne doit pas bloquer les autres.
    Exemple : un classeur où une feuille entière a été collée des dizaines de fois.
    Correction : repartez du classeur envoyé par la coordination et recopiez-y les réponses.
    """
    return reason is Refusal.HANGS


@rule(
    "FIC-024",
    Severity.ERROR,
    "Le fichier fait échouer la lecture : il n’a pas été lu.",
    "Ouvrez-le, vérifiez vos réponses, enregistrez-le sous un nouveau nom en .xlsx et renvoyez-le.",
)
def deadly_reading(reason: Refusal) -> bool:
    """Le fichier fait échouer la lecture.

    Constat : le programme qui lisait ce fichier s’est arrêté net. Les autres fichiers ont été lus.
    Pourquoi : un fichier mal formé peut faire tomber une bibliothèque de lecture ; il ne doit pas emporter les autres.
    Exemple : un classeur fabriqué par un outil défectueux.
    Correction : enregistrez-le à nouveau depuis Excel ou LibreOffice.
    """
    return reason is Refusal.CRASHES


REFUSED: tuple[Rule[Refusal, bool], ...] = (
    file_missing,
    empty_file,
    lock_file,
    *rules_of(kinds),
    truncated_file,
    damaged_file,
    ambiguous_parts,
    forbidden_doctype,
    too_large,
    zip_bomb,
    too_many_cells,
    endless_reading,
    deadly_reading,
)
IGNORED: tuple[Rule[Ignored, bool], ...] = (hidden_file, not_a_workbook_name, link_outside)


def unread_files(received: tuple[Received, ...], framework: Framework | None = None) -> Iterator[Ruling]:
    """One finding per file that was not read, incidents aside; one for all that lies beside the returns, where it is
    much."""
    names = Names(framework) if framework is not None else None
    beside: list[Ruling] = []  # documents, pictures: one of them may be an answer
    for one in received:
        if one.ignored is None:
            yield from _refused(one, one.refusal, _severity(one.refusal)) if one.refusal is not None else ()
            continue
        severity = _as_an_answer(names, one.file, one.refusal) if names and one.refusal else None
        if severity is not None and one.refusal is not None:
            yield from _refused(one, one.refusal, severity)
        elif one.ignored is Ignored.HIDDEN:
            yield _noted(one)
        else:
            beside.append(_noted(one))
    yield from [all_strays(beside)] if many_strays(beside) else beside


def _refused(one: Received, refusal: UnreadableFile, severity: Severity | None) -> Iterator[Ruling]:
    judge = next(judge for judge in REFUSED if judge(refusal.reason))
    facts: dict[str, Fact] = {"reason": refusal.reason.value, "detail": refusal.detail}
    more = {"what": what_it_is(refusal), "hint": typeset(what_is_inside(refusal))}
    facts |= {name: more[name] for name in judge.fields if name in more}
    ruling = found(judge, Place(one.file, refusal.sheet, refusal.cell), facts=facts)
    yield ruling.as_severe_as(severity) if severity else ruling


def _severity(refusal: UnreadableFile) -> Severity | None:
    """A message holds an answer only where something is attached that may be one; None for what the rule says."""
    is_letter = refusal.reason is Refusal.EMAIL and not any(map(sent_as_workbook, refusal.names))
    return Severity.WARNING if is_letter else None


def _as_an_answer(names: Names, file: str, refusal: UnreadableFile) -> Severity | None:
    """How grave it is that a document was not read: its name is that of a workbook sent, or names a partner."""
    if names.stem(file):
        return Severity.ERROR
    may_answer = refusal.reason not in (Refusal.PROSE, Refusal.UNKNOWN, Refusal.EMPTY)
    return Severity.WARNING if may_answer and names.partner(file) else None


def _noted(one: Received) -> Ruling:
    assert one.ignored is not None, "only what is ignored is noted"
    judge = next(judge for judge in IGNORED if judge(one.ignored))
    facts: dict[str, Fact] = {"reason": one.ignored.value}
    if one.ignored is Ignored.NOT_A_WORKBOOK:
        facts["what"] = what_it_is(one.refusal) if one.refusal is not None else "contenu non reconnu"
    return found(judge, Place(one.file), facts=facts)
