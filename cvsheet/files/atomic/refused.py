"""Why the system refused to write, in French."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "vous n’y avez pas accès en écriture",
    errno.EPERM: "vous n’y avez pas accès en écriture",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOENT: "le dossier n’existe pas et n’a pas pu être créé",
    errno.ENOTDIR: "un fichier porte déjà le nom d’un dossier du chemin",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "un dossier porte déjà ce nom",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre espace sur le disque est plein",
    errno.ENAMETOOLONG: "le nom est trop long",
}


def reason(error: OSError) -> str:
    """Why, in French; a number where the system says something rare."""
    return _REASONS.get(error.errno or 0, f"le système l’a refusé (erreur {error.errno})")
