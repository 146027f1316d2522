"""`cvsheet explain` and `cvsheet rules`."""

from __future__ import annotations

import click


@click.command(options_metavar="[OPTIONS]")
@click.argument("code", metavar="CODE")
def explain(code: str) -> None:
    """Afficher la page d’une règle.

    Exemple : cvsheet explain COH-001
    """
    from cvsheet.errors import UsageError
    from cvsheet.judging.engine.catalogue import all_rules

    rules = {rule.code: rule for rule in all_rules()}
    rule = rules.get(code.strip().upper())
    if rule is None:
        raise UsageError(f"La règle « {code} » n’existe pas. Pour les voir toutes : cvsheet rules")
    click.echo(f"{rule.code} · {rule.severity.value.upper()}\n\n{rule.page}")


@click.command(options_metavar="[OPTIONS]")
def rules() -> None:
    """Lister toutes les règles de contrôle.

    Exemple : cvsheet rules
    """
    from cvsheet.judging.engine.catalogue import all_rules
    from cvsheet.judging.engine.rule import Family

    order = list(Family)
    for rule in sorted(all_rules(), key=lambda one: (order.index(one.family), one.code)):
        click.echo(f"{rule.code}  {rule.severity.value:<14} {rule.title}")
