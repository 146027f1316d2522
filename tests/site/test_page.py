"""The page to publish holds the published figures, nothing else, and is a page for everyone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html

from cvsheet.books.kit.charts import PUBLIC_GROUPS
from cvsheet.books.opendata import ExportContent, Format, package_files, tables_of
from cvsheet.books.publication import PublicationContent
from cvsheet.books.publication.detail_sheet import counts_of
from cvsheet.figures.consolidation import Consolidation, aggregate
from cvsheet.figures.disclosure.confidentiality import Secrecy, secrecy
from cvsheet.figures.follow_up import follow_up
from cvsheet.figures.overview import PROVISIONAL
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.framework import Campaign, CampaignType, Direction, Framework, Measure, Priority, Reference
from cvsheet.model.submission import Identity, Submission
from cvsheet.reports.ours import is_our_page, is_our_site
from cvsheet.reports.site import package_in, site_page
from cvsheet.reports.site_rows import PublishedContract
from cvsheet.reports.site_view import site_view
from cvsheet.workflows.site import site
from tests.consolidation.frameworks import answers, as_table, framework, measure
from tests.publication.contracts import random_consolidation
from tests.test_colours import READABLE, contrast

PEOPLE = framework(
    measure("I.M1", diffusion="personnes", breakdowns=("quartier",)),
    measure("J.M1", "moyenne", type="pourcentage", unit="%", definition="Taux relevé en fin d’année."),
    references={
        "I.M1": Reference(40, 2019, "validée", 80, 2023, "proposée"),
        "J.M1": Reference(10, 2019, "validée", 30, 2023, "validée"),
    },
)
WORDED = measure("T.M1", "texte", type="texte", unit="texte", direction=Direction.WATCH)
ANSWERS = ("2020 A I.M1 50", "2020 A I.M1/N 3", "2020 A I.M1/S 47", "2021 A I.M1 nd", "2020 A J.M1 14")


def published(
    consolidation: Consolidation, shown: str, masks: Secrecy | None = None
) -> tuple[PublishedContract, dict[str, bytes]]:
    """What `site` makes its page of."""
    made = consolidation.framework
    content = ExportContent(made, consolidation, masks or secrecy(consolidation), {})
    tables = tables_of(content)
    textual = {
        code: follow_up(consolidation, content.secrecy, line, made.campaign[shown]).situation
        for code, line in made.line.items()
        if line.measure.is_text
    }
    package = {file.name: file.data for file in package_files(content, Format.CSV, tables)}
    return PublishedContract(tables, shown, textual), package


def page_of(made: Framework, *rows: str, shown: str = "2020", **columns: str) -> bytes:
    frame = answers(*rows)
    for column, text in columns.items():
        frame[column] = text
    return site_page(*published(aggregate(made, frame), shown))


def read(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page.decode())


def words(element: html.HtmlElement) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", element.text_content()).strip()


def table(page: bytes, indicator: str) -> list[list[str]]:
    """The cells of an indicator's table, its headings first."""
    rows = read(page).xpath(f"//article[@id='{indicator}']//tr")
    return [[words(cell) for cell in row] for row in rows]


def everything(page: bytes) -> Iterator[str]:
    """All that can be read in a page: its text, and the files that it holds."""
    yield re.sub(r'"data:application/zip[^"]*"', '""', page.decode())
    yield from (content.decode() for content in package_in(page).values())


# The figures.


def test_each_measure_and_category_has_its_published_figures() -> None:
    page = page_of(PEOPLE, *ANSWERS)
    assert table(page, "I") == [
        ["Mesure", "Référence", "2020", "Cible", "Situation"],
        ["Mesure I.M1 personnes", "40", "50", "80proposée", "En bonne voie"],
        ["Nord", "–", "ns", "–", "Secret statistique"],
        ["Sud", "–", "ns", "–", "Secret statistique"],
    ]
    assert table(page, "J")[1] == ["Mesure J.M1", "10 %", "14 %", "30 %", "À surveiller"]


def test_an_answer_that_is_no_number_keeps_its_word() -> None:
    page = page_of(PEOPLE, *ANSWERS, "2021 A J.M1 20", shown="2021")
    assert table(page, "I")[1] == ["Mesure I.M1 personnes", "40", "50", "nd", "80proposée", "Non renseigné"]


def test_what_is_not_settled_is_marked_as_the_publication_marks_it() -> None:
    marks = [words(one) for one in read(page_of(PEOPLE, *ANSWERS)).xpath("//article//td/small | //article//dd/small")]
    assert set(marks) == {"proposée"}


def test_value_baseline_and_target_stand_with_their_day_and_unit() -> None:
    article = read(page_of(PEOPLE, *ANSWERS)).xpath("//article[@id='I']")[0]
    assert [words(one) for one in article.xpath(".//dt | .//dd")] == [
        "Valeur au 31/12/2020", "50 personnes", "Référence au 31/12/2019", "40 personnes",
        "Cible au 31/12/2023", "80 personnes proposée",
    ]  # fmt: skip


def test_definition_source_and_what_is_drawn_are_said() -> None:
    made = replace(PEOPLE, contract=replace(PEOPLE.contract, source="Ville d’essai", licence="Licence Ouverte 2.0"))
    page = read(page_of(made, *ANSWERS))
    article = page.xpath("//article[@id='J']")[0]
    assert "Taux relevé en fin d’année." in words(article)
    assert words(article.xpath(".//figcaption")[0]) == "Mesure J.M1 (%). Source : Ville d’essai"
    assert "Licence : Licence Ouverte 2.0" in words(page)


def test_the_open_data_are_those_of_the_export_byte_for_byte() -> None:
    contract, package = published(aggregate(PEOPLE, answers(*ANSWERS)), "2020")
    page = site_page(contract, package)
    assert package_in(page) == package
    (link,) = read(page).xpath("//a[@download]")
    assert link.get("download") == "essai_donnees.zip" and link.get("href").startswith("data:application/zip;base64,")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.sample(6)
def test_as_many_indicators_stand_where_as_in_the_workbook_to_publish(seed: int) -> None:
    consolidation = random_consolidation(seed)
    judged = consolidation.yearly[-1]
    workbook = PublicationContent(consolidation.framework, consolidation, secrecy(consolidation), judged, ())
    view = site_view(published(consolidation, judged.code)[0])
    everywhere, *counts = counts_of(workbook, workbook.headlines).values()
    assert [one.number for one in view.counts] == counts
    assert sum(counts) == everywhere == sum(len(p.indicators) for pillar in view.pillars for p in pillar.priorities)


def test_the_contract_is_said_in_the_sentence_of_the_workbook() -> None:
    page = read(page_of(PEOPLE, *ANSWERS))
    (lead,) = page.xpath("//p[@class='lead']")
    assert words(lead) == (
        "Au 31/12/2020, sur 2 indicateurs, 1 a atteint sa cible ou est en bonne voie, 1 est à surveiller et aucun "
        "n’est en retard ni en recul."
    )


def test_the_year_before_is_compared_with() -> None:
    rows = ("2020 A J.M1 12.5", "2021 A J.M1 20", "2020 A I.M1 50", "2021 A I.M1 45")
    assert "Par rapport à 2020 : 1 progresse, 1 recule." in words(read(page_of(PEOPLE, *rows, shown="2021")))
    assert "Par rapport à" not in words(read(page_of(PEOPLE, *rows, shown="2020")))


def test_values_are_said_to_change_and_none_is_marked_as_to_be_confirmed() -> None:
    page = words(read(page_of(PEOPLE, *ANSWERS, shown="2021")))
    assert PROVISIONAL in page
    assert "À confirmer" not in page


def test_campaigns_after_the_one_that_is_shown_have_no_column() -> None:
    rows = ("2020 A J.M1 12.5", "2021 A J.M1 20")
    assert table(page_of(PEOPLE, *rows), "J")[0] == ["Mesure", "Référence", "2020", "Cible", "Situation"]


def test_before_there_are_values_baselines_and_targets_are_shown(tmp_path: Path) -> None:
    rows = ("REF A J.M1 12.5 - référence", "REF A J.M1 20 - cible")
    made = replace(PEOPLE, references=(), measures=(*PEOPLE.measures[1:], PEOPLE.measures[0], WORDED))
    received = Submission("A.xlsx", "0" * 64, "xlsx", datetime(2020, 1, 1), Identity("essai", "REF", "A"))
    assessment = Assessment((), (received,), as_table(answers(*rows)), ())
    found = site(made, assessment, None, tmp_path / "page.html", tmp_path)
    assert found.campaign.code == "REF"
    page = found.path.read_bytes()
    assert table(page, "J") == [["Mesure", "Référence", "Cible"], ["Mesure J.M1", "12,5 %", "20 %"]]
    facts = [words(one) for one in read(page).xpath("//article[@id='J']//dl/*")]
    assert facts == ["Référence au 31/12/2019", "12,5 %", "Cible au 31/12/2023", "20 %"]
    assert "3 indicateurs : voici leur situation de départ et leur cible." in words(read(page))
    assert not read(page).xpath("//*[@id='bilan']")


def test_an_indicator_answered_in_words_is_counted_and_its_words_are_not_published() -> None:
    page = page_of(framework(WORDED), "2020 A T.M1 Confidences")
    assert "Confidences" not in "".join(everything(page))
    assert table(page, "T")[1][-1] == "Suivi"
    assert "Aucun chiffre à dessiner" in words(read(page).xpath("//figcaption")[0])
    assert "Un tiret « – » dit qu’il n’y a pas de chiffre" in words(read(page))  # there is an answer


# What is not published.

LARGE = replace(PEOPLE, contract=replace(PEOPLE.contract, secrecy_people=80_000), references=())


def test_no_byte_of_the_page_holds_a_masked_value() -> None:
    page = page_of(LARGE, "2020 A I.M1 170000", "2020 A I.M1/N 73911", "2020 A I.M1/S 96089")
    told = "".join(everything(page))
    assert "170000" in told and "170\u202f000" in told
    for masked in ("73911", "96089"):
        for written in (masked, f"{masked[:2]}\u202f{masked[2:]}", f"{masked[:2]} {masked[2:]}"):
            assert written not in told


def test_no_coordinate_of_a_drawing_depends_on_a_masked_value() -> None:
    """The same page, byte for byte, of two campaigns that differ in what is masked only; one that differs elsewhere is
    another page."""
    made = replace(LARGE, measures=(LARGE.measures[0],), references=(("I.M1", Reference(1000, 2019, "validée", 9000)),))
    one, other, third = (
        page_of(made, f"2020 A I.M1 {masked}", f"2021 A I.M1 {shown}", shown="2021")
        for masked, shown in ((61_234, 90_000), (7_777, 90_000), (61_234, 91_000))
    )
    assert one == other != third
    assert table(one, "I")[1][2] == "ns"


@pytest.mark.parametrize("seed", [0, 1, 4, 10, 29, 35])
def test_nothing_of_the_page_follows_from_what_is_masked(seed: int) -> None:
    """Of contracts at random: other numbers under the same masks, also nobody at all, are the same page, drawings and
    data included. A share of which the denominator is zero has no baseline and nothing is expected of it: not said."""
    consolidation = random_consolidation(seed)
    masks, last = secrecy(consolidation), consolidation.yearly[-1].code
    numbers = {key: one for key, one in consolidation.typed.items() if one.value is not None}
    hidden = {key: one for key, one in numbers.items() if key in masks.hidden}
    pages = {site_page(*published(consolidation, last, masks))}
    for factor, more in ((1, 1), (0, 0)):
        other = {
            key: replace(one, value=factor * one.value + more) for key, one in hidden.items() if one.value is not None
        }
        changed = replace(consolidation, typed={**consolidation.typed, **other})
        pages.add(site_page(*published(changed, last, masks)))
    assert hidden and len(pages) == 1


def test_comments_and_answers_of_partners_are_not_there() -> None:
    rows = [*ANSWERS, "2020 B I.M1 4711", "2020 B I.M1/N 2000", "2020 B I.M1/S 2711"]
    told = "".join(everything(page_of(PEOPLE, *rows, commentaire="Voir avec Mme Durand", source="registre interne")))
    assert "4761" in told
    for private in ("4711", "4 711", "Durand", "registre interne", "A.xlsx"):
        assert private not in told


HOSTILE = "</td></script><img src=x onerror=alert(1)> & \"deux\" 'un' \u202e"


def test_texts_of_the_contract_are_texts_wherever_they_stand() -> None:
    one = measure("I.M1", indicator_title=HOSTILE, title=HOSTILE, unit=HOSTILE, definition=HOSTILE)
    made = replace(
        framework(one),
        contract=replace(PEOPLE.contract, name=HOSTILE, source=HOSTILE, licence=HOSTILE, territory=HOSTILE),
        priorities=(Priority("P1", "P", HOSTILE),),
    )
    page = page_of(made, "2020 A I.M1 5")
    found = read(page)
    assert not found.xpath("//img") and len(found.xpath("//script")) == 1
    assert words(found.xpath("//h4")[0]).startswith("</td></script><img src=x onerror=alert(1)> & \"deux\" 'un'")
    assert "\u202e" not in found.text_content()


# The page.


def test_nothing_is_fetched_and_nothing_may_be() -> None:
    page = page_of(PEOPLE, *ANSWERS)
    found = read(page)
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy and "form-action 'none'" in policy
    assert all(target.startswith(("#", "data:")) for target in found.xpath("//@href | //@src"))
    assert not found.xpath("//@style | //@onclick | //iframe | //object")
    assert b"url(" not in page and b"@import" not in page


def test_links_within_the_page_lead_somewhere_and_every_name_is_one_of_a_kind() -> None:
    found = read(page_of(PEOPLE, *ANSWERS))
    names = found.xpath("//@id")
    assert len(names) == len(set(names))
    assert {target[1:] for target in found.xpath("//a/@href") if target.startswith("#")} <= set(names)
    assert set(found.xpath("//@aria-labelledby | //@for")) <= set(names)


def test_language_landmarks_and_headings_in_order() -> None:
    found = read(page_of(PEOPLE, *ANSWERS))
    assert found.get("lang") == "fr"
    for tag in ("title", "header", "nav", "main", "footer", "h1"):
        assert len(found.xpath(f"//{tag}")) == 1
    levels = [int(one.tag[1]) for one in found.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    assert found.xpath("//body/*")[0].get("href") == "#contenu"


def test_every_table_has_a_caption_of_its_own_and_scopes() -> None:
    found = read(page_of(PEOPLE, *ANSWERS))
    captions = [words(one) for one in found.xpath("//caption")]
    assert len(captions) == len(set(captions)) == len(found.xpath("//table")) == 3
    assert set(found.xpath("//th/@scope")) == {"col", "row"} and not found.xpath("//th[not(@scope)]")


def test_every_drawing_has_a_name_and_its_numbers_in_a_table() -> None:
    for article in read(page_of(PEOPLE, *ANSWERS)).xpath("//article"):
        assert article.xpath(".//svg[@role='img']/@aria-label") == ["Graphique"]
        assert article.xpath(".//figcaption") and article.xpath(".//details//table")


def test_a_drawing_is_that_of_its_indicator() -> None:
    for code, beside in {"I": {"réf. 40", "cible 80", "▲ 50"}, "J": {"réf. 10 %", "cible 30 %", "! 14 %"}}.items():
        (group,) = read(page_of(PEOPLE, *ANSWERS)).xpath(f"//article[@id='{code}']//g[@class='told']")
        assert {words(text) for text in group} == beside


def test_a_situation_is_a_word_with_a_sign_whatever_its_colour() -> None:
    badges = [words(one) for one in read(page_of(PEOPLE, *ANSWERS)).xpath("//span[contains(@class, 'badge')]")]
    assert badges == ["▲ En bonne voie", "! À surveiller"]
    assert len({one.sign for one in PUBLIC_GROUPS}) == len(PUBLIC_GROUPS)


@pytest.mark.parametrize("group", PUBLIC_GROUPS, ids=lambda group: str(group.title))
def test_the_parts_of_a_bar_can_be_read(group: object) -> None:
    assert contrast(group.fill, group.label) >= READABLE  # type: ignore[attr-defined]


def test_it_is_known_again_and_is_no_report() -> None:
    page = page_of(PEOPLE, *ANSWERS)
    assert is_our_site(page) and not is_our_page(page)


@pytest.mark.parametrize("spoil", [lambda page: page.replace(b"base64,", b"base64,!"), lambda page: b"<p>Rien</p>"])
def test_a_page_without_its_data_whole_says_so(spoil: object) -> None:
    with pytest.raises(ValueError, match="open data"):
        package_in(spoil(page_of(PEOPLE, *ANSWERS)))  # type: ignore[operator]


def test_the_same_figures_give_the_same_bytes() -> None:
    assert page_of(PEOPLE, *ANSWERS) == page_of(PEOPLE, *ANSWERS)


# Contracts of other shapes.


def test_two_campaigns_of_one_year_have_a_column_each() -> None:
    half = Campaign("2020-S1", "Semestre", CampaignType.YEARLY, 2020, date(2020, 1, 1), date(2020, 6, 30))
    made = replace(PEOPLE, campaigns=(*PEOPLE.campaigns, half))
    page = page_of(made, *ANSWERS, "2020-S1 A J.M1 11")
    assert table(page, "J")[0] == ["Mesure", "Référence", "2020-S1", "2020", "Cible", "Situation"]
    (drawing,) = read(page).xpath("//article[@id='J']//svg")
    assert {"2019", "12/2020", "2023"} <= {one.text for one in drawing.iter("text")}


@pytest.mark.parametrize(
    ("one", "answer", "shown"),
    [
        (measure("I.M1", type="montant", unit="€ TTC"), "1234567.4", "1 234 567 € TTC"),
        (measure("I.M1", type="montant", unit="€ TTC"), "-5", "−5 € TTC"),
        (measure("I.M1", type="pourcentage", unit="% satisfaits"), "66.66", "66,7 % satisfaits"),
        (measure("I.M1", type="note", unit="note /10"), "7.25", "7,25 note /10"),
        (measure("I.M1", unit=""), "0", "0"),
    ],
)
def test_numbers_are_written_as_people_read_them(one: Measure, answer: str, shown: str) -> None:
    (value,) = read(page_of(framework(one), f"2020 A I.M1 {answer}")).xpath("//article//dd[1]")
    assert words(value) == shown


def test_a_contract_without_any_figure_of_an_indicator_is_a_page_all_the_same() -> None:
    page = page_of(replace(PEOPLE, references=()), "2020 A I.M1 nd")
    assert [words(one) for one in read(page).xpath("//figcaption")][1].startswith("Aucun chiffre à dessiner")


def test_the_embedded_archive_opens_in_any_program() -> None:
    page = page_of(PEOPLE, *ANSWERS)
    from base64 import b64decode

    (address,) = read(page).xpath("//a[@download]/@href")
    with ZipFile(io.BytesIO(b64decode(address.partition("base64,")[2]))) as archive:
        assert archive.testzip() is None and "datapackage.json" in archive.namelist()
