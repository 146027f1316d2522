"""The columns of a sheet: those of a schema, with the one of campaigns once for each."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from cvsheet.model.framework import Campaign
from cvsheet.model.submission import Quantity
from cvsheet.schema.tables import Column, load_table

CAMPAIGNS = "campagnes"  # the schema's column that stands once per yearly campaign


@dataclass(frozen=True, slots=True)
class Spread:
    """A column of a master sheet: a schema column, or the one of a campaign. `judged` ends the title of what the
    coordination decides on that campaign."""

    column: Column
    campaign: str = ""
    quantity: Quantity = Quantity.VALUE
    judged: str = ""

    @property
    def title(self) -> str:
        if not self.campaign:
            return f"{self.column.title} {self.judged}".rstrip()
        return f"{self.quantity.value.capitalize()} {self.campaign}"


def spread_columns(
    table: str,
    campaigns: Sequence[Campaign] = (),
    judged: str = "",
    decided: Container[str] = (),
    *,
    quantities: Callable[[Campaign], Sequence[Quantity]] = lambda _: (Quantity.VALUE,),
) -> tuple[Spread, ...]:
    """The columns of `table`, with its campaign column once for each of the `quantities` of a campaign; those `decided`
    are named by `judged`."""
    found: list[Spread] = []
    for column in load_table(table).columns:
        if column.name == CAMPAIGNS:
            found += [
                Spread(column, campaign.code, quantity) for campaign in campaigns for quantity in quantities(campaign)
            ]
        else:
            found.append(Spread(column, judged=judged if column.name in decided else ""))
    return tuple(found)
