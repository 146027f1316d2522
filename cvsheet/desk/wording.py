"""Sentences of the commands for somebody who has no terminal: the command to type becomes the button to press."""

from __future__ import annotations

import re

from cvsheet.reports.visible import visible
from cvsheet.text.french import typeset

BUTTONS = {
    "check": "Vérifier le contrat",
    "generate": "Préparer",
    "status": "Campagne",
    "status --relances": "Relancer",
    "validate": "Contrôler",
    "consolidate": "Consolider",
    "consolidate --diffusion": "Publier",
    "export": "Exporter",
    "site": "Faire la page",
    "audit": "Auditer",
    "adopt": "Adopter",
}
"""Command -> the name of what does the same on the desk."""
_NAMES = "|".join(dict.fromkeys(one.split()[0] for one in BUTTONS))
_COMMAND = re.compile(rf"cvsheet ({_NAMES})\b((?: (?:--campaign|--format|-p) [\w.+-]*[\w+-]| --[a-z][\w-]*)*)")
_CAMPAIGN = re.compile(r"--campaign (\S+)")


def for_the_desk(line: str) -> str:
    """`line` with buttons in the place of commands, as French typography wants it."""
    return visible(typeset(_COMMAND.sub(_button, line)))


def button(name: str) -> str:
    """The button `name` in a sentence."""
    return typeset(f"« {name} »")


def _button(found: re.Match[str]) -> str:
    command, options = found[1], found[2]
    name = next(
        (name for known, name in reversed(BUTTONS.items()) if _means(known, command, options)), BUTTONS[command]
    )
    campaign = _CAMPAIGN.search(options)
    return button(name) + (f" (campagne {campaign[1].rstrip('.,;')})" if campaign else "")


def _means(known: str, command: str, options: str) -> bool:
    name, _, option = known.partition(" ")
    return name == command and (not option or option in options.split())
