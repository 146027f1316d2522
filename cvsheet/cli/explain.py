"""`cvsheet explain` and `cvsheet rules`."""

from __future__ import annotations

import click

import cvsheet


@click.command(options_metavar="[OPTIONS]")
@click.argument("code", metavar="CODE")
def explain(code: str) -> None:
    """Afficher la page d’une règle.

    Exemple : cvsheet explain COH-001
    """
    known = {_letters(rule.code): rule for rule in cvsheet.rules()}
    rule = known.get(_letters(code))
    if rule is None:
        raise cvsheet.UsageError(f"La règle « {code} » n’existe pas. Pour les voir toutes : cvsheet rules")
    click.echo(f"{rule.code} · {rule.severity.value.upper()}\n\n{rule.page}")


def _letters(code: str) -> str:
    """A code in any case, with or without its dash."""
    return "".join(char for char in code.upper() if char.isalnum())


@click.command(options_metavar="[OPTIONS]")
def rules() -> None:
    """Lister toutes les règles de contrôle.

    Exemple : cvsheet rules
    """
    for rule in cvsheet.rules():
        click.echo(f"{rule.code}  {rule.severity.value:<14} {rule.title}")
