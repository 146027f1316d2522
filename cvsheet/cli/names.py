"""The French names of commands, beside the English ones: with or without accents, in any case."""

from __future__ import annotations

import difflib
import unicodedata

import click

from cvsheet.text.french import french_list

FRENCH = {
    "demo": ("démonstration",),
    "init": ("créer", "initialiser"),
    "desk": ("bureau",),
    "import-framework": ("importer",),
    "check": ("vérifier",),
    "generate": ("préparer", "générer"),
    "validate": ("contrôler", "valider"),
    "consolidate": ("consolider",),
    "status": ("état", "statut"),
    "adopt": ("adopter",),
    "audit": ("auditer",),
    "export": ("exporter",),
    "site": ("page",),
    "observatory": ("observatoire",),
    "install": ("installer",),
    "doctor": ("diagnostiquer",),
    "explain": ("expliquer",),
    "rules": ("règles",),
}
"""Command -> its French names, the one that is shown first."""
SHORTCUTS = {"relancer": ("status", "--relances"), "publier": ("consolidate", "--diffusion")}
"""French name -> the command and the option that it stands for."""

ELSEWHERE = {
    "arbitrer": "On arbitre dans le classeur maître, puis : cvsheet consolidate",
    "décider": "On arbitre dans le classeur maître, puis : cvsheet consolidate",
    "corriger": "Pour les classeurs de correction : cvsheet validate --annotate",
    "envoyer": "Pour les classeurs et leurs messages, que vous envoyez : cvsheet generate --messages",
    "aide": "Pour l’aide : cvsheet --help",
}
"""What people type for a step that is no command -> how it is done."""


def plain(name: str) -> str:
    """`name` without accents, in small letters; one letter keeps its case: -c is the campaign, -C the folder."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return bare.lower() if len(bare) > 1 else bare


_ELSEWHERE = {plain(name): told for name, told in ELSEWHERE.items()}
_ENGLISH = {plain(name): command for command, names in FRENCH.items() for name in names}


class BilingualGroup(click.Group):
    """A group whose commands answer to both names, listed in the order of a campaign, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, *rest = args
        called = self.known_as(name)
        if plain(name) in SHORTCUTS:
            rest = [*SHORTCUTS[plain(name)][1:], *rest]
        if called not in self.commands and not name.startswith("-"):
            raise click.UsageError(self._unknown(name), ctx)
        return super().resolve_command(ctx, [called if called in self.commands else name, *rest])

    def known_as(self, name: str) -> str:
        """The command that is called `name`, in French or English; `name` itself, folded, where there is none."""
        called = plain(name)
        called = SHORTCUTS[called][0] if called in SHORTCUTS else called
        return called if called in self.commands else _ENGLISH.get(called, called)

    def _unknown(self, name: str) -> str:
        if told := _ELSEWHERE.get(plain(name)):
            return f"La commande « {name} » n’existe pas. {told}"
        known = {one: command for one, command in _ENGLISH.items() if command in self.commands}
        known |= {one: one for one in (*self.commands, *SHORTCUTS)}
        near = dict.fromkeys(known[one] for one in difflib.get_close_matches(plain(name), known))
        hint = f" Vouliez-vous dire {' ou '.join(f'« {one} »' for one in near)} ?" if near else ""
        return f"La commande « {name} » n’existe pas.{hint}"

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command under both names."""
        rows = [
            (", ".join((name, *FRENCH.get(name, ())[:1])), command.get_short_help_str(formatter.width))
            for name, command in self.commands.items()
        ]
        with formatter.section("Commandes"):
            formatter.write_dl(rows)
        shortcuts = [f"{name} = {' '.join(words)}" for name, words in SHORTCUTS.items() if words[0] in self.commands]
        if shortcuts:
            formatter.write_paragraph()
            formatter.write_text(f"Aussi : {french_list(shortcuts)}. Les accents et les majuscules ne comptent pas.")
