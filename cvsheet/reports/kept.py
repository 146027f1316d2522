"""What is said of a workbook that a person had saved and that is kept, under its date, before it is replaced."""

from __future__ import annotations

from pathlib import Path

from cvsheet.text.french import french_count


def kept_sentence(path: Path, kept: Path) -> str:
    """What is said of a kept copy, in French."""
    return f"« {path.name} » avait été modifié : l’ancien est gardé tel quel dans {kept.parent.name}/{kept.name}"


def answers_sentence(path: Path, kept: Path, answers: int) -> str:
    """What is said of a copy that holds answers, and how they are taken into account, in French."""
    where = "/".join(kept.parts[-4:])  # envois, the campaign, archives
    return (
        f"« {path.name} » contenait {french_count(answers, 'réponse')} : rien n’est perdu, l’ancien classeur est gardé "
        f"dans {where}. Pour prendre ces réponses en compte, copiez ce fichier dans retours/, puis : cvsheet validate"
    )
