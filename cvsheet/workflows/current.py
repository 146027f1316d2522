"""The campaign at hand: the latest that was sent or received, never one for which nobody was asked anything."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cvsheet.errors import CvsheetError, UsageError
from cvsheet.files.file_names import is_lock, is_trace, sent_as_workbook
from cvsheet.model.framework import Campaign, Framework
from cvsheet.model.groups import grouped
from cvsheet.schema.tables import fold
from cvsheet.text.french import french_date, french_list, typeset
from cvsheet.workflows.folder import ContractFolder
from cvsheet.workflows.tracking import Tracking

NO_CAMPAIGN = "Le classeur du contrat ne contient aucune campagne : ajoutez-en une, feuille « Campagnes »."


def named_campaign(framework: Framework, code: str) -> Campaign:
    """The campaign called `code`, in any case; UsageError, with the nearest one and the whole list."""
    return framework.campaign[known_code(code, framework.campaign, "La campagne", "Campagnes du contrat")]


def known_code(code: str, codes: Iterable[str], noun: str, title: str) -> str:
    """That of `codes` which `code` means, whatever its case and accents; UsageError where it is none of them."""
    known = list(codes)
    if code in known:
        return code
    by_fold = grouped((fold(other), other) for other in known)
    meant = by_fold.get(fold(code), [])
    if len(meant) == 1:
        return meant[0]
    near = meant or [by_fold[one][0] for one in difflib.get_close_matches(fold(code), by_fold, n=1)]
    hint = f" Vouliez-vous dire {' ou '.join(f'« {one} »' for one in near)} ?" if near else ""
    raise UsageError(typeset(f"{noun} « {code} » n’existe pas.{hint} {title} : {', '.join(known) or 'aucun'}."))


def named_partners(framework: Framework, typed: Iterable[str]) -> tuple[str, ...]:
    """The codes of the partners that `typed` means, each once: by code or by name, one or several behind commas, which
    no code holds; UsageError as above."""
    by_name = grouped((fold(partner.name), partner.code) for partner in framework.partners)
    single = [one.strip() for text in typed for one in ([text] if fold(text) in by_name else re.split("[,;]", text))]
    return tuple(dict.fromkeys(_partner(framework, one, by_name.get(fold(one), [])) for one in single if one))


def _partner(framework: Framework, typed: str, called: Sequence[str]) -> str:
    """The code that `typed` means, where the partners `called` so are these."""
    if len(called) == 1 and typed not in framework.partner:
        return called[0]
    return known_code(typed, framework.partner, "Le partenaire", "Partenaires du contrat")


def sent_campaigns(framework: Framework, place: ContractFolder, tracking: Tracking) -> frozenset[str]:
    """The campaigns that were sent: by their rows, or by the workbooks that lie in `envois/` where they have none."""
    return frozenset(code for code in framework.campaign if tracking.sent(code) or holds_workbooks(place.outbox / code))


def holds_workbooks(folder: Path) -> bool:
    """Whether a workbook lies in `folder` itself."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return False
    return any(sent_as_workbook(name) and not is_trace(name) and not is_lock(name) for name in names)


def latest(framework: Framework, codes: Iterable[str]) -> Campaign | None:
    """The one of `codes` that ends last, None where there is none."""
    wanted = {*codes}
    return max((one for one in framework.campaigns if one.code in wanted), key=lambda one: one.end, default=None)


@dataclass(frozen=True, slots=True)
class AtHand:
    """The `campaign` that a command is about, and the `current` one, which it may not be, None where none was sent;
    `limit` is the last day on which a partner may answer."""

    campaign: Campaign
    current: Campaign | None
    limit: date | None

    @property
    def heading(self) -> str:
        """``Campagne en cours : Bilan annuel 2021 (2021), à renvoyer avant le 28/02/2022.``"""
        until = f", à renvoyer avant le {french_date(self.limit)}" if self.limit else ", sans date limite"
        said = f"{self.campaign.title} ({self.campaign.code}){until}."
        if self.campaign == self.current:
            return f"Campagne en cours : {said}"
        if self.current is None:
            return f"Campagne : {said} Elle n’a pas encore été envoyée."
        return f"Campagne : {said} La campagne en cours est {self.current.code}."

    def overdue(self, today: date) -> bool:
        """Whether nobody can answer in time any more."""
        return self.limit is not None and today > self.limit


def at_hand(framework: Framework, known: Iterable[str], code: str | None, today: date) -> AtHand:
    """The campaign called `code`, by default the current one, the latest of those `known` to be sent or received.

    UsageError where there is no such campaign, or none at hand.
    """
    current = latest(framework, known)
    chosen = current if code is None else named_campaign(framework, code)
    if chosen is None:
        first = to_prepare(framework, today).code
        raise UsageError(
            f"Aucune campagne n’a encore été envoyée ni reçue. Pour commencer : cvsheet generate --campaign {first}"
        )
    partners = (partner.code for partner in framework.partners_asked(chosen.code))
    limit = max(filter(None, map(chosen.deadline_for, partners)), default=chosen.deadline)
    return AtHand(chosen, current, limit)


def to_prepare(framework: Framework, today: date) -> Campaign:
    """The campaign to begin with where nothing was sent yet: the first whose deadline is not past, else the first."""
    in_order = sorted(framework.campaigns, key=lambda one: one.end)
    if not in_order:
        raise CvsheetError(NO_CAMPAIGN)
    return next((one for one in in_order if one.deadline is None or one.deadline >= today), in_order[0])


def next_campaign(framework: Framework, campaign: str, known: Container[str]) -> Campaign | None:
    """The first campaign after `campaign` that is none of those `known` to be sent or received; None after the last."""
    end = framework.campaign[campaign].end
    later = (one for one in framework.campaigns if one.end > end and one.code not in known)
    return min(later, key=lambda one: one.end, default=None)


def announced(framework: Framework, tracking: Tracking) -> Framework:
    """The same contract with the days that partners were told since, as its deadlines."""
    campaigns = tuple(
        replace(campaign, announced=days) if (days := _days(tracking, campaign.code)) else campaign
        for campaign in framework.campaigns
    )
    return framework if campaigns == framework.campaigns else replace(framework, campaigns=campaigns)


def _days(tracking: Tracking, campaign: str) -> tuple[tuple[str, date], ...]:
    return tuple(
        (partner, one.until) for (code, partner), one in tracking.rows.items() if code == campaign and one.until
    )


def without_returns(code: str, received: Iterable[str]) -> str:
    """That nothing of `code` has come, and of which campaigns something has."""
    held = [*received]
    if not held:
        return (
            "Aucun retour utilisable : rien à consolider, rien n’a été écrit. Déposez les fichiers des partenaires "
            "dans retours/, puis : cvsheet validate"
        )
    return (
        f"Aucun retour utilisable de la campagne « {code} » : rien à consolider, rien n’a été écrit. Campagnes qui ont "
        f"des retours : {french_list(held)}. Pour celle-là : cvsheet consolidate --campaign {held[-1]}"
    )
