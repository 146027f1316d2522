"""What the published page shows, in the order in which it shows it: texts and drawings, made from published figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cvsheet.books.kit.charts import PUBLIC_GROUPS, SituationGroup
from cvsheet.books.kit.first_page import TROUBLE, WATCHED, WELL
from cvsheet.figures.overview import ADVANCE, DECLINE, LEVEL, TO_CONFIRM, Counted, compared, headline, move
from cvsheet.model.entities import CampaignType
from cvsheet.model.groups import grouped
from cvsheet.reports.site_indicator import SiteIndicator, indicator_of, slot_of
from cvsheet.reports.site_rows import PublishedContract, PublishedLine, text_of
from cvsheet.text.french import french_count, french_date, french_part, typeset

EXPLAINED = (("progression", "situation"), ("valeurs", "etat"))  # tables and columns of codes


@dataclass(frozen=True, slots=True)
class StandingCount:
    """How many indicators stand in the group of situations number `slot`."""

    slot: int
    number: int

    @property
    def group(self) -> SituationGroup:
        return PUBLIC_GROUPS[self.slot]


@dataclass(frozen=True, slots=True)
class SitePriority:
    """A priority with its indicators."""

    title: str
    counts: tuple[StandingCount, ...]
    indicators: tuple[SiteIndicator, ...]


@dataclass(frozen=True, slots=True)
class SitePillar:
    """A pillar with its priorities."""

    anchor: str
    title: str
    counts: tuple[StandingCount, ...]
    priorities: tuple[SitePriority, ...]


@dataclass(frozen=True)
class SiteView:
    """The whole page. `headings` are those of the columns of figures, `key` says what the words in them mean."""

    published: PublishedContract
    sentence: str
    change: str
    headings: tuple[str, ...]
    counts: tuple[StandingCount, ...]
    pillars: tuple[SitePillar, ...]
    key: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return text_of(self.published.contract, "nom")

    @property
    def facts(self) -> str:
        """Where, from when to when, how much of the time is gone."""
        row, when = self.published.contract, self.published.when
        place = f"{text_of(row, 'territoire')} · " if row["territoire"] else ""
        return typeset(
            f"{place}{self.published.campaign.title} · durée écoulée : {french_part(when.elapsed)} (du "
            f"{french_date(when.start)} au {french_date(when.end)})"
        )

    @property
    def source(self) -> str:
        """Where the figures are from."""
        return typeset(f"Source : {text_of(self.published.contract, 'source') or 'partenaires du contrat'}")

    @property
    def masks(self) -> str:
        """What is masked, and from which number on it is not."""
        row = self.published.contract
        return typeset(
            f"Un chiffre masqué porte « ns » (secret statistique) : un effectif sous {row['seuil_personnes']} "
            f"personnes ou {row['seuil_entreprises']} entreprises, ou ce qui le donnerait. Un tiret « – » dit "
            "qu’il n’y a pas de chiffre : ce n’est jamais un zéro. Sur les graphiques, la ligne en tirets, de la "
            "référence (rond vide) à la cible (losange), est le chemin attendu."
        )

    @property
    def licence(self) -> str:
        return text_of(self.published.contract, "licence")

    @property
    def standings(self) -> tuple[StandingCount, ...]:
        """The groups that any indicator is in, the others would be empty columns."""
        return tuple(one for one in self.counts if one.number)

    @property
    def judged(self) -> bool:
        """Whether values of a year are shown, by which indicators can stand anywhere."""
        return self.published.campaign.type is CampaignType.YEARLY

    @property
    def figures(self) -> int:
        """How many columns of figures the tables have."""
        return len(self.published.columns) + 2

    @property
    def numbers(self) -> list[int]:
        """The counts that bars show, each once."""
        return sorted({one.number for pillar in self.pillars for one in pillar.counts if one.number})


def site_view(published: PublishedContract) -> SiteView:
    """What is shown of a contract."""
    columns = tuple(one.code for one in published.columns)
    return SiteView(
        published,
        _sentence(published),
        _change(published),
        ("Référence", *columns, "Cible", *(("Situation",) if columns else ())),
        counts_of(published.headlines),
        tuple(_pillars(published)),
        tuple(_key(published)),
    )


def counts_of(lines: Sequence[PublishedLine]) -> tuple[StandingCount, ...]:
    """How many of the indicators that `lines` stand for are in each group."""
    found = Counter(slot_of(line.situation) for line in lines)
    return tuple(StandingCount(slot, found[slot]) for slot in range(len(PUBLIC_GROUPS)))


def _sentence(published: PublishedContract) -> str:
    """The contract in one sentence."""
    counts = counts_of(published.headlines)
    everything = len(published.headlines)
    day = french_date(published.campaign.end)
    if published.campaign.type is CampaignType.BASELINE:
        many = french_count(everything, "indicateur")
        return typeset(f"Au {day}, le contrat a {many} : voici leur situation de départ et leur cible.")
    well, watched, trouble = (
        sum(one.number for one in counts if one.group.title in titles) for titles in (WELL, WATCHED, TROUBLE)
    )
    numbers = (everything, well, watched, trouble, everything - well - watched - trouble)
    return headline(day, *(Counted("", number) for number in numbers)).text


def _change(published: PublishedContract) -> str:
    """Which way the indicators moved in a year; empty where there is no year before."""
    former = published.former
    if former is None:
        return ""
    words = Counter(
        move(line.values[published.shown].value, line.values[former.code].value, line.direction, doubt=False)
        for line in published.headlines
    )
    moves = {word: Counted("", words[word]) for word in (ADVANCE, LEVEL, DECLINE, TO_CONFIRM)}
    return compared(former.code, moves, Counted("", words[""])).text


def _key(published: PublishedContract) -> Iterator[tuple[str, str]]:
    """What the situations and the words that stand for figures mean, those that occur: the open data say it."""
    figures = [figure for line in published.lines for figure in (line.baseline, line.target, *line.values.values())]
    occurring = {line.situation for line in published.lines} | {figure.word for figure in figures}
    for row in published.tables["codes"]:
        code = text_of(row, "code")
        if (text_of(row, "table"), text_of(row, "colonne")) in EXPLAINED and code in occurring:
            yield code, text_of(row, "signification")


def _pillars(published: PublishedContract) -> Iterator[SitePillar]:
    by_pillar = grouped((line.text("pilier"), line) for line in published.headlines).values()
    for number, lines in enumerate(by_pillar, start=1):
        priorities = tuple(
            SitePriority(
                f"{own[0].text('priorite')} {own[0].text('priorite_intitule')}",
                counts_of(own),
                tuple(indicator_of(published, line) for line in own),
            )
            for own in grouped((line.text("priorite"), line) for line in lines).values()
        )
        yield SitePillar(f"pilier-{number}", lines[0].text("pilier_intitule"), counts_of(lines), priorities)
