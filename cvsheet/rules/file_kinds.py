"""FIC-004 to FIC-012: files that are something else than a workbook that can be read. Part of `file_refusals`."""

from __future__ import annotations

from collections.abc import Callable

from cvsheet.errors import Refusal
from cvsheet.findings import Severity
from cvsheet.rules.catalogue import rule

RESEND = "Enregistrez le classeur reçu au format « Classeur Excel (.xlsx) » ou « .ods », puis renvoyez-le."


@rule(
    "FIC-004",
    Severity.ERROR,
    "Le fichier est protégé par un mot de passe : il n’a pas pu être ouvert.",
    "Enregistrez-le sans mot de passe (Fichier > Informations > Protéger le classeur), puis renvoyez-le.",
)
def password_protected(reason: Refusal) -> bool:
    """Le classeur demande un mot de passe à l’ouverture.

    Constat : le contenu est chiffré.
    Pourquoi : cvsheet ne demande et ne garde jamais de mot de passe.
    Exemple : un classeur « chiffré avec mot de passe » dans Excel.
    Correction : retirez le mot de passe et renvoyez le fichier par un canal sûr si besoin.
    """
    return reason is Refusal.ENCRYPTED


@rule("FIC-005", Severity.ERROR, "Le fichier est au format Excel 97-2003 (.xls), qui n’est pas lu.", RESEND)
def legacy_xls(reason: Refusal) -> bool:
    """Le classeur est dans l’ancien format .xls.

    Constat : le contenu est celui d’Excel 97-2003, quel que soit le nom du fichier.
    Pourquoi : ce format ne garde pas tout ce que le classeur envoyé contient.
    Exemple : « Enregistrer sous… Classeur Excel 97-2003 ».
    Correction : ouvrez-le et enregistrez-le en .xlsx.
    """
    return reason is Refusal.LEGACY_XLS


@rule("FIC-006", Severity.ERROR, "Le fichier est au format binaire d’Excel (.xlsb), qui n’est pas lu.", RESEND)
def binary_xlsb(reason: Refusal) -> bool:
    """Le classeur est au format binaire .xlsb.

    Constat : le contenu est un classeur binaire.
    Pourquoi : seuls les formats ouverts .xlsx et .ods sont lus.
    Exemple : « Enregistrer sous… Classeur Excel binaire ».
    Correction : enregistrez-le en .xlsx.
    """
    return reason is Refusal.BINARY_XLSB


@rule("FIC-007", Severity.ERROR, "Le fichier est un texte (CSV) et non un classeur.", RESEND)
def plain_csv(reason: Refusal) -> bool:
    """Le fichier est un texte séparé par des virgules ou des points-virgules.

    Constat : le contenu est du texte, même si le nom finit par .xlsx.
    Pourquoi : un CSV ne garde qu’une feuille et perd l’identité du classeur.
    Exemple : « Enregistrer sous… CSV ».
    Correction : reprenez le classeur envoyé et renvoyez-le en .xlsx ou .ods.
    """
    return reason is Refusal.CSV


@rule(
    "FIC-025",
    Severity.WARNING,
    "C’est une table de données ouvertes produite par cvsheet, pas un retour : rien n’y est lu.",
    "Retirez-la du dossier des retours : elle y a été mise par mégarde.",
)
def open_data_table(reason: Refusal) -> bool:
    """Une table de données ouvertes se trouve parmi les retours.

    Constat : le fichier CSV a les colonnes d’une table écrite par « cvsheet export ».
    Pourquoi : ses chiffres viennent déjà des retours.
    Exemple : « valeurs.csv » déposé dans « retours/ ».
    Correction : retirez-la de ce dossier.
    """
    return reason is Refusal.OPEN_DATA


@rule("FIC-008", Severity.ERROR, "Le fichier est une page web et non un classeur.", RESEND)
def web_page(reason: Refusal) -> bool:
    """Le fichier est une page web.

    Constat : le contenu est du HTML.
    Pourquoi : un lien de partage enregistré à la place du fichier donne la page de connexion, pas les réponses.
    Exemple : la page d’un drive, renommée en .xls.
    Correction : téléchargez le classeur lui-même, puis renvoyez-le.
    """
    return reason is Refusal.HTML


@rule("FIC-009", Severity.ERROR, "Le fichier est un PDF et non un classeur.", RESEND)
def pdf_file(reason: Refusal) -> bool:
    """Le fichier est un PDF.

    Constat : le contenu est un document PDF.
    Pourquoi : un PDF est une image des réponses : les chiffres ne peuvent pas en être repris sûrement.
    Exemple : le classeur imprimé en PDF.
    Correction : renvoyez le classeur lui-même.
    """
    return reason is Refusal.PDF


@rule(
    "FIC-010",
    Severity.ERROR,
    "Le fichier est une archive zip qui n’est pas un classeur.",
    "Extrayez le classeur de l’archive, puis déposez-le seul.",
)
def plain_zip(reason: Refusal) -> bool:
    """Le fichier est une archive.

    Constat : l’archive ne contient pas les parties d’un classeur.
    Pourquoi : cvsheet n’extrait jamais une archive, par sécurité.
    Exemple : « reponses.zip » contenant trois classeurs.
    Correction : extrayez les classeurs et déposez-les dans le dossier des retours.
    """
    return reason is Refusal.PLAIN_ZIP


@rule("FIC-011", Severity.ERROR, "Le fichier est un document d’un autre type et non un classeur.", RESEND)
def other_document(reason: Refusal) -> bool:
    """Le fichier est un document d’une autre sorte.

    Constat : le contenu est celui d’un texte, d’une présentation, d’une image ou d’un classeur Numbers.
    Pourquoi : seuls les classeurs .xlsx et .ods portent les réponses.
    Exemple : un tableau Numbers ou un document Word renommé en .xlsx.
    Correction : renvoyez le classeur envoyé par la coordination, rempli.
    """
    return reason is Refusal.OTHER_DOCUMENT


@rule("FIC-012", Severity.ERROR, "Le contenu du fichier n’est pas reconnu.", RESEND)
def unknown_content(reason: Refusal) -> bool:
    """Le contenu du fichier n’est celui d’aucun format connu.

    Constat : ni classeur, ni document reconnaissable.
    Pourquoi : il n’y a rien qui puisse être lu.
    Exemple : un fichier abîmé pendant un transfert.
    Correction : faites renvoyer le classeur.
    """
    return reason is Refusal.UNKNOWN


OTHER_KINDS: tuple[Callable[[Refusal], bool], ...] = (
    password_protected,
    legacy_xls,
    binary_xlsb,
    plain_csv,
    open_data_table,
    web_page,
    pdf_file,
    plain_zip,
    other_document,
    unknown_content,
)
