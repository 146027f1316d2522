"""FIC-030 to FIC-039 and FIC-045: whose file it is. What passes here may count; the others are left out whole."""

from __future__ import annotations

from dataclasses import dataclass

from cvsheet.judging.engine.rule import Rule, rule
from cvsheet.judging.engine.ruling import Ruling, found
from cvsheet.model.findings import Fact, Place, Severity
from cvsheet.model.framework import Framework
from cvsheet.model.submission import Identity, StructureKind, Submission

LOOKALIKES = (
    StructureKind.IDENTITY_MISSING,
    StructureKind.CANONICAL_WORKBOOK,
    StructureKind.MASTER_WORKBOOK,
    StructureKind.RESULTS_WORKBOOK,
)
"""What a workbook may be that has no identity; noticed of no other."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that says whose it is, before the framework of the contract."""

    framework: Framework
    submission: Submission

    @property
    def identity(self) -> Identity:
        return self.submission.identity or Identity("", "", "")


@rule(
    "FIC-030",
    Severity.ERROR,
    "Ce classeur n’est pas un classeur envoyé par la coordination.",
    "Reprenez le classeur envoyé et recopiez-y vos réponses.",
)
def not_ours(claim: Claim) -> bool:
    """Le classeur n’est pas un classeur de cvsheet.

    Constat : ni identité, ni ligne du contrat n’ont été trouvées dans le fichier.
    Pourquoi : on ne sait pas à quelles lignes attribuer les chiffres.
    Exemple : le tableau de bord interne du partenaire.
    Correction : recopiez les réponses dans le classeur envoyé.
    """
    return claim.submission.identity is None and not any(_has(claim, kind) for kind in LOOKALIKES)


@rule(
    "FIC-037",
    Severity.ERROR,
    "Le classeur contient des lignes de ce contrat ({count}), mais son identité a été effacée.",
    "Recopiez les réponses dans le classeur envoyé par la coordination, puis renvoyez celui-ci.",
)
def identity_erased(claim: Claim) -> bool:
    """L’identité du classeur a été effacée.

    Constat : le classeur contient des codes de lignes du contrat, mais ni la feuille interne, ni la mention « Réf.
        cvsheet » de la première feuille.
    Pourquoi : sans identité, on ne sait pas à qui attribuer les chiffres.
    Exemple : la première feuille supprimée, puis le classeur passé par un outil qui retire les feuilles masquées.
    Correction : recopiez les réponses dans le classeur d’origine ; la mention « Réf. cvsheet » seule suffit.
    """
    return _has(claim, StructureKind.IDENTITY_MISSING)


@rule(
    "FIC-038",
    Severity.WARNING,
    "C’est un classeur du contrat (partenaires, campagnes, indicateurs…), pas un retour : rien n’y est lu.",
    "Retirez-le du dossier des retours : il y a été mis par mégarde.",
)
def canonical_among_returns(claim: Claim) -> bool:
    """Un classeur du contrat se trouve parmi les retours.

    Constat : le fichier contient les tableaux du classeur du contrat (« contrat.xlsx » ou l’une de ses sauvegardes).
    Pourquoi : ce n’est la réponse de personne ; aucune réponse n’est perdue.
    Exemple : « contrat.xlsx » déposé dans « retours/ ».
    Correction : retirez-le de ce dossier.
    """
    return _has(claim, StructureKind.CANONICAL_WORKBOOK)


@rule(
    "FIC-039",
    Severity.WARNING,
    "C’est un classeur maître produit par cvsheet, pas un retour : rien n’y est lu.",
    "Retirez-le du dossier des retours : il y a été mis par mégarde.",
)
def master_among_returns(claim: Claim) -> bool:
    """Un classeur maître se trouve parmi les retours.

    Constat : le fichier contient les feuilles d’un classeur maître (Données, Journal, Réception…).
    Pourquoi : ses chiffres viennent déjà des retours ; les lire à nouveau les compterait deux fois.
    Exemple : un classeur maître de 2021 déposé dans « retours/ ».
    Correction : retirez-le de ce dossier.
    """
    return _has(claim, StructureKind.MASTER_WORKBOOK)


@rule(
    "FIC-045",
    Severity.WARNING,
    "C’est un classeur de résultats produit par cvsheet (à publier, ou données ouvertes), pas un retour : rien n’y est "
    "lu.",
    "Retirez-le du dossier des retours : il y a été mis par mégarde.",
)
def results_among_returns(claim: Claim) -> bool:
    """Un classeur de résultats se trouve parmi les retours.

    Constat : le fichier contient les valeurs retenues et les situations calculées par cvsheet, ou les tables de
        « cvsheet export ».
    Pourquoi : ses chiffres viennent déjà des retours ; ceux d’un classeur à publier sont en partie masqués.
    Exemple : le classeur « …_diffusion.xlsx » déposé dans « retours/ ».
    Correction : retirez-le de ce dossier.
    """
    return _has(claim, StructureKind.RESULTS_WORKBOOK)


@rule(
    "FIC-031",
    Severity.ERROR,
    "Ce classeur est celui d’un autre contrat (« {contract} »).",
    "Le contrat suivi ici est « {expected} » : déposez le fichier dans le dossier de son contrat.",
)
def other_contract(claim: Claim) -> bool:
    """Le classeur appartient à un autre contrat.

    Constat : le code ou l’identifiant du contrat inscrit dans le fichier n’est pas celui du dossier.
    Pourquoi : les mêmes codes de lignes peuvent exister dans deux contrats et ne pas vouloir dire la même chose.
    Exemple : un partenaire qui répond à deux villes et se trompe de pièce jointe.
    Correction : redemandez le bon fichier.
    """
    return not claim.framework.contract.owns(claim.identity.contract)


@rule(
    "FIC-032",
    Severity.ERROR,
    "La campagne « {campaign} » n’existe pas dans ce contrat.",
    "Campagnes connues : {expected}. Renvoyez le classeur de la campagne en cours.",
)
def unknown_campaign(claim: Claim) -> bool:
    """Le classeur appartient à une campagne inconnue.

    Constat : le code de campagne inscrit dans le fichier n’est pas dans la feuille « Campagnes ».
    Pourquoi : un chiffre sans campagne n’a pas de date.
    Exemple : la campagne a changé de code depuis l’envoi.
    Correction : renvoyez le classeur de la campagne en cours, ou rétablissez la campagne dans la feuille « Campagnes ».
    """
    return claim.identity.campaign not in claim.framework.campaign


@rule(
    "FIC-033",
    Severity.ERROR,
    "Le partenaire « {partner} » n’existe pas dans ce contrat.",
    "Ajoutez-le dans la feuille « Partenaires », ou faites renvoyer le classeur du bon partenaire.",
)
def unknown_partner(claim: Claim) -> bool:
    """Le classeur appartient à un partenaire inconnu.

    Constat : le code de partenaire inscrit dans le fichier n’est pas dans la feuille « Partenaires ».
    Pourquoi : un chiffre sans auteur ne peut pas être vérifié.
    Exemple : le partenaire a changé de code depuis l’envoi.
    Correction : rétablissez le code dans la feuille « Partenaires » ou renvoyez un classeur à jour.
    """
    return claim.identity.partner not in claim.framework.partner


@rule(
    "FIC-036",
    Severity.ERROR,
    "Le fichier porte deux identités différentes : {old} et {new}.",
    "Vérifiez de qui il vient, puis faites remplir le classeur de ce partenaire.",
)
def identity_conflict(claim: Claim) -> bool:
    """Le fichier porte deux identités.

    Constat : la feuille interne et la mention « Réf. cvsheet » ne disent pas la même chose.
    Pourquoi : des feuilles de deux partenaires ont sans doute été mélangées ; rien n’est repris avant vérification.
    Exemple : la première feuille du classeur d’un autre partenaire, collée par-dessus.
    Correction : repartez du classeur du bon partenaire.
    """
    return _has(claim, StructureKind.IDENTITY_CONFLICT)


@rule(
    "FIC-034",
    Severity.INFO,
    "Le classeur a été produit avec une version antérieure du contrat.",
    "Les réponses aux lignes toujours connues sont reprises.",
)
def older_framework(claim: Claim) -> bool:
    """Le classeur date d’avant une modification du classeur du contrat.

    Constat : l’empreinte du contrat inscrite dans le fichier n’est pas celle d’aujourd’hui.
    Pourquoi : la coordination a modifié une ligne, un libellé ou un réglage depuis l’envoi.
    Exemple : une modalité ajoutée en cours de campagne.
    Correction : rien à faire ; si des lignes ont été ajoutées, envoyez le nouveau classeur au partenaire.
    """
    version = claim.identity.version
    return bool(version) and not claim.framework.is_version_of(version, claim.identity.campaign)


@rule(
    "FIC-035",
    Severity.WARNING,
    "Le classeur est revenu vide : aucune réponse n’y est saisie.",
    "Demandez le fichier rempli ; si le partenaire n’a aucune donnée, qu’il saisisse « nd ».",
    correction="Remplissez ce classeur, puis renvoyez-le ; si vous n’avez aucune donnée, saisissez nd.",
)
def nothing_filled(claim: Claim) -> bool:
    """Le classeur est revenu sans aucune réponse.

    Constat : aucune cellule de saisie n’est remplie.
    Pourquoi : le mauvais fichier a sans doute été joint ; un blanc n’est ni un zéro ni un « nd ».
    Exemple : le classeur d’origine renvoyé à la place de la copie remplie.
    Correction : redemandez le fichier rempli.
    """
    return not has_answers(claim.submission)


LEFT_OUT: tuple[Rule[Claim, bool], ...] = (
    not_ours,
    identity_erased,
    canonical_among_returns,
    master_among_returns,
    results_among_returns,
    other_contract,
    unknown_campaign,
    unknown_partner,
    identity_conflict,
)


def left_out(claim: Claim) -> Ruling | None:
    """Why the file does not count at all: the first reason that holds, None where it may count."""
    for judge in LEFT_OUT:
        if judge(claim):
            return _found(judge, claim)
    return None


def remarks(claim: Claim) -> list[Ruling]:
    """What is to be said of a file that counts, as a whole."""
    return [_found(judge, claim) for judge in (older_framework, nothing_filled) if judge(claim)]


def has_answers(submission: Submission) -> bool:
    """Whether anything at all was typed in the input cells."""
    return bool(submission.filled_cells) or any(seen.comment for seen in submission.observations)


def _has(claim: Claim, kind: StructureKind) -> bool:
    return any(fact.kind is kind for fact in claim.submission.structure)


def _found(judge: Rule[Claim, bool], claim: Claim) -> Ruling:
    identity = claim.identity
    return found(
        judge,
        Place(claim.submission.file),
        partner=identity.partner,
        campaign=identity.campaign,
        facts=_facts(judge, claim),
    )


def _facts(judge: Rule[Claim, bool], claim: Claim) -> dict[str, Fact]:
    """The facts that the sentence of `judge` names."""
    framework, identity = claim.framework, claim.identity
    if judge is other_contract:
        return {"contract": identity.contract, "expected": framework.contract.key}
    if judge is unknown_campaign:
        return {"campaign": identity.campaign, "expected": ", ".join(framework.campaign)}
    if judge is unknown_partner:
        return {"partner": identity.partner}
    noticed: dict[Rule[Claim, bool], StructureKind] = {
        identity_conflict: StructureKind.IDENTITY_CONFLICT,
        identity_erased: StructureKind.IDENTITY_MISSING,
    }
    for fact in claim.submission.structure if judge in noticed else ():
        if fact.kind is noticed[judge]:
            return dict(fact.facts)
    return {}
