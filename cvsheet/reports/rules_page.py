"""`docs/regles.md`: every rule on one page, made from the rules themselves.

Run ``python -m cvsheet.reports.rules_page docs/regles.md`` after changing a rule.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cvsheet.files.atomic import write_atomically
from cvsheet.judging.engine.catalogue import all_rules
from cvsheet.judging.engine.rule import AT, HEADINGS, AnyRule, Family
from cvsheet.text.french import typeset

INTRODUCTION = typeset("""# Les règles de contrôle

Page produite par `python -m cvsheet.reports.rules_page docs/regles.md` : ne pas la modifier à la main.

- **Erreur** : la réponse est fausse ou illisible. Elle n’entre pas dans les totaux et figure dans la liste des valeurs
  écartées.
- **Avertissement** : la réponse est gardée et signalée ; un commentaire suffit souvent à la confirmer.
- **Info** : ce que cvsheet a compris ou retrouvé, pour mémoire.

Un contrat peut changer la sévérité d’une règle, ou la désactiver : feuille « Sévérités » de son classeur. Celles qui
portent la mention « sévérité fixe » y échappent.

Les règles ATT, que vérifie `cvsheet audit`, jugent la campagne entière sur ce que les autres ont gardé. Elles
n’écartent rien.

Une cause ne donne qu’un constat : une valeur déjà en erreur n’est pas utilisée par les règles suivantes, et la liste
des contrôles non faits le dit. Les codes sont permanents et ne sont jamais réutilisés.
""")


def rules_page() -> str:
    """The page, in Markdown."""
    rules = all_rules()
    families = {family: [rule for rule in rules if rule.family is family] for family in Family}
    parts = [INTRODUCTION, _contents(families)]
    for family, own in families.items():
        if own:
            parts.append(f"{_anchor(family)}\n## {family} · {family.subject}\n")
            parts += [_section(rule) for rule in own]
    return "\n".join(parts)


def _contents(families: Mapping[Family, Sequence[AnyRule]]) -> str:
    """The table of contents: every rule by its fault, under its family."""
    lines = ["## Sommaire", ""]
    for family, rules in families.items():
        if rules:
            lines.append(f"- [{family} · {family.subject}](#{family.lower()})")
            lines += [
                f"  - [{rule.code}](#{rule.code.lower()}) {_escaped(rule.title.removesuffix('.'))}" for rule in rules
            ]
    return "\n".join(lines) + "\n"


def _title(rule: AnyRule) -> str:
    return _escaped(rule.title.removesuffix("."))


def _anchor(name: str) -> str:
    """A place to link to, which no wording changes."""
    return f'<a id="{name.lower()}"></a>\n'


def _section(rule: AnyRule) -> str:
    said = re.sub(rf"\{{{AT}\w+\}}", "", f"{rule.template} {rule.remedy}".strip())
    message = re.sub(r"\{\w+\}", "…", said)
    severity = rule.severity.value.capitalize() + (" · sévérité fixe" if rule.fixed else "")
    lines = [_anchor(rule.code), f"### {rule.code} · {_title(rule)}", "", f"*{severity}*"]
    lines += ["", f"> {_escaped(message)}", ""]
    lines += [f"- **{heading}.** {_escaped(text)}" for heading, text in page_parts(rule)]
    return "\n".join(lines) + "\n"


def page_parts(rule: AnyRule) -> tuple[tuple[str, str], ...]:
    """The headings of a rule's page with their texts, each on one line."""
    body = rule.page.partition("\n")[2]
    pieces = re.split(rf"^({'|'.join(HEADINGS)})\s*:\s*", body, flags=re.MULTILINE)[1:]
    texts = (" ".join(re.split(r"[ \n]+", piece.strip())) for piece in pieces[1::2])
    return tuple((heading, text[:1].upper() + text[1:]) for heading, text in zip(pieces[::2], texts, strict=True))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_<>~\[\]|])", r"\\\1", text)


if __name__ == "__main__":
    write_atomically(Path(sys.argv[1]), rules_page().encode())
