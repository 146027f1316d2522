"""FIC-004 to FIC-012 and FIC-046 to FIC-051: files that are something else than a workbook. Part of `refusals`."""

from __future__ import annotations

from collections.abc import Sequence

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.rule import SHOWN_AT_MOST, rule
from cvsheet.model.findings import Severity

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
    "Le fichier est une archive zip et non un classeur. {hint}",
    "Extrayez-en les classeurs dans « retours/ », puis retirez l’archive.",
)
def plain_zip(reason: Refusal) -> bool:
    """Le fichier est une archive.

    Constat : l’archive ne contient pas les parties d’un classeur ; les classeurs qu’elle renferme sont nommés.
    Pourquoi : cvsheet n’extrait jamais une archive, par sécurité.
    Exemple : « reponses.zip » contenant trois classeurs. Aucune relance n’est écrite pour le partenaire que leurs noms
        désignent : sa réponse est là.
    Correction : extrayez les classeurs et déposez-les dans le dossier des retours.
    """
    return reason is Refusal.PLAIN_ZIP


@rule("FIC-011", Severity.ERROR, "Le fichier est {what} et non un classeur.", RESEND)
def other_document(reason: Refusal) -> bool:
    """Le fichier est un document d’une autre sorte.

    Constat : le contenu est celui d’un texte, d’une présentation, d’une image, d’une archive. À côté des classeurs et
        sans nom de partenaire, c’est une simple INFO (FIC-021) ; avec le code d’un partenaire dans son nom, un
        AVERTISSEMENT.
    Pourquoi : seuls les classeurs .xlsx et .ods portent les réponses.
    Exemple : une photo de l’écran, ou un document Word renommé en .xlsx.
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


@rule("FIC-046", Severity.ERROR, "Le fichier est un texte libre et non un classeur.", RESEND)
def prose(reason: Refusal) -> bool:
    """Le fichier est un texte.

    Constat : le contenu est du texte, sans colonnes.
    Pourquoi : seuls les classeurs .xlsx et .ods portent les réponses.
    Exemple : « Nous n’avons pas ces données » enregistré sous le nom du classeur.
    Correction : reprenez le classeur envoyé ; « nd » y dit qu’une donnée n’est pas disponible.
    """
    return reason is Refusal.PROSE


@rule(
    "FIC-047",
    Severity.ERROR,
    "Le fichier est un classeur enregistré en un seul texte XML ({what}), qui n’est pas lu.",
    "Ouvrez-le, enregistrez-le au format « Classeur Excel (.xlsx) » ou « .ods », puis déposez-le à sa place.",
)
def flat_workbook(reason: Refusal) -> bool:
    """Le fichier est un classeur « à plat ».

    Constat : le contenu est un classeur OpenDocument en un seul fichier XML (.fods), ou un classeur XML d’Excel 2003.
    Pourquoi : seuls les formats .xlsx et .ods sont lus.
    Exemple : « Enregistrer sous… Feuille de calcul XML OpenDocument plate » dans LibreOffice.
    Correction : ouvrez-le et enregistrez-le en .ods ou en .xlsx ; rien n’est à retaper.
    """
    return reason is Refusal.FLAT_XML


@rule(
    "FIC-048",
    Severity.ERROR,
    "Le fichier est un document Numbers (ou d’un autre programme d’Apple), qui n’est pas lu.",
    "Dans Numbers : Fichier > Exporter vers > Excel. Renvoyez le fichier .xlsx obtenu.",
)
def numbers_document(reason: Refusal) -> bool:
    """Le fichier vient de Numbers.

    Constat : le contenu est celui d’un document d’Apple (Numbers, Pages ou Keynote).
    Pourquoi : seuls les formats .xlsx et .ods sont lus.
    Exemple : le classeur rempli sur un Mac ou une tablette, puis envoyé tel quel.
    Correction : exportez-le vers Excel ; rien n’est à retaper.
    """
    return reason is Refusal.NUMBERS


@rule(
    "FIC-049",
    Severity.ERROR,
    "Ce fichier n’est qu’un raccourci vers un document resté ailleurs (Google Drive, OneDrive, site) : il ne contient "
    "aucune réponse.",
    "Ouvrez le lien, téléchargez le classeur (Fichier > Télécharger > .xlsx ou .ods) et déposez-le à la place.",
)
def shortcut(reason: Refusal) -> bool:
    """Le fichier est un raccourci.

    Constat : le contenu est une adresse : .gsheet, .url, .lnk, .webloc, .desktop, ou un texte qui n’est qu’un lien.
    Pourquoi : cvsheet ne va rien chercher sur le réseau.
    Exemple : « CAF 2021.gsheet » copié d’un dossier Google Drive. Aucune relance n’est écrite au partenaire que son nom
        désigne : sa réponse est au bout du lien.
    Correction : téléchargez le classeur et déposez-le dans « retours/ ».
    """
    return reason is Refusal.SHORTCUT


@rule(
    "FIC-050",
    Severity.ERROR,
    "C’est un message enregistré et non un classeur. {hint}",
    "S’il porte un classeur, enregistrez-le dans « retours/ » ; sinon, demandez-le à qui l’a envoyé. Puis retirez le "
    "message.",
)
def saved_mail(reason: Refusal) -> bool:
    """Un message a été déposé parmi les retours.

    Constat : le contenu est celui d’un courriel (.eml, .msg) ; ses pièces jointes sont nommées. Sans classeur ni
        archive parmi elles, c’est un AVERTISSEMENT.
    Pourquoi : cvsheet n’ouvre aucun message ; la réponse qu’il contient n’est dans aucun total.
    Exemple : le message du partenaire, glissé d’Outlook dans « retours/ » au lieu de sa pièce jointe. Le partenaire n’y
        est pour rien : aucune relance n’est écrite pour lui.
    Correction : enregistrez la pièce jointe dans « retours/ ».
    """
    return reason is Refusal.EMAIL


@rule(
    "FIC-051",
    Severity.ERROR,
    "Le fichier est un classeur resté sous la forme de lettres (base64), comme les messageries les transportent.",
    "Enregistrez à nouveau la pièce jointe depuis la messagerie, ou demandez au partenaire de la renvoyer.",
)
def encoded_workbook(reason: Refusal) -> bool:
    """Le fichier est un classeur encodé en base64.

    Constat : le contenu est une suite de lettres qui, décodée, commence comme un classeur.
    Pourquoi : une messagerie ou un formulaire a gardé la pièce jointe telle qu’elle a voyagé.
    Exemple : un fichier qui commence par « UEsDBBQ ».
    Correction : enregistrez à nouveau la pièce jointe.
    """
    return reason is Refusal.BASE64


_WHAT = {
    "image": "une image",
    "sound or video": "un son ou une vidéo",
    "Word": "un document Word",
    "PowerPoint": "une présentation",
    "RTF": "un texte (RTF)",
    "OpenDocument": "un document OpenDocument sans tableur",
    "archive": "une archive",
    "XML": "un fichier XML",
    "fods": "OpenDocument « plat »",
}
_WHAT_BY_REASON = {
    Refusal.EMPTY: "vide",
    Refusal.PROSE: "texte",
    Refusal.HTML: "page web",
    Refusal.PDF: "PDF",
    Refusal.PLAIN_ZIP: "archive zip",
    Refusal.UNKNOWN: "contenu non reconnu",
}
_SHOWN_INSIDE = 5


def what_it_is(refusal: UnreadableFile) -> str:
    """What a file that is not read is, in a few French words."""
    detail = refusal.detail
    words = next((words for start, words in _WHAT.items() if detail.startswith(start)), "un document d’un autre type")
    return _WHAT_BY_REASON.get(refusal.reason, detail if detail.startswith("XML Excel") else words)


def what_is_inside(refusal: UnreadableFile) -> str:
    """``Pièces jointes : « a.xlsx », « b.pdf ».``"""
    is_mail = refusal.reason is Refusal.EMAIL
    if not refusal.names:
        return "Il n’a pas de pièce jointe reconnue." if is_mail else ""
    heading = "Pièces jointes" if is_mail else "Elle contient"
    told = (f"{heading} : {_some_of(refusal.names, count)}." for count in range(_SHOWN_INSIDE, 1, -1))
    whole = (words for words in told if len(words) <= SHOWN_AT_MOST)
    return next(whole, f"{heading} : {_some_of(refusal.names, 1)}.")


def _some_of(names: Sequence[str], count: int) -> str:
    """The first of `names`, and how many others there are."""
    listed = ", ".join(f"« {name} »" for name in names[:count])
    more = len(names) - count
    return f"{listed} et {more} autre{'s' if more > 1 else ''}" if more > 0 else listed
