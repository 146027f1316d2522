"""The catalogue, fourth part: what is typed in one cell. Nothing else may change, and every finding stands there."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from tests.grid.packages import MAIN, OFFICE, rels

from .contract import ANSWERS, COUNT, MONEY, NORTH, RATE, TRAINING, WORDS
from .editing import Damage, InCell, Place, also, by_hand, by_parts, cell_xml, in_cell, number, place_of, typed
from .verdicts import ALL, Case, Elsewhere, entry, structure

COUNTED, PERCENT, EUROS, TEXT = (COUNT, "valeur"), (RATE, "valeur"), (MONEY, "valeur"), (WORDS, "valeur")
REMARK = (COUNT, "commentaire")
START, STATEMENT, PROGRESS = (TRAINING, "debut"), (TRAINING, "statut"), (TRAINING, "avancement")
ERRORS = (
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "Err:508",
)
FORMULAS = ("'=1+1", '=HYPERLINK("http://x.example";"ici")', "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "\t=1+1")


def text(content: str) -> InCell:
    return lambda place: typed(place, content)


def figure(value: float, like: tuple[str, str] | None = None) -> InCell:
    """A number, in the format of the cell `like`."""
    return lambda place: number(place, value, place_of(*like) if like else None)


def raw(inner: str, kind: str = "") -> InCell:
    """What the cell holds as XML, and its type."""
    return lambda place: cell_xml(place, inner, kind)


def empty(place: Place) -> Damage:
    return cell_xml(place, "")


def in_percent_format(value: float) -> InCell:
    """A number that Excel shows with %."""

    def damage(place: Place) -> Damage:
        def edit(book: Workbook) -> None:
            cell = book[place[0]][place[1]]
            cell.value, cell.number_format = value, "0.0%"

        return by_hand(edit)

    return damage


def day_number(day: date, hours: int = 0) -> float:
    """The serial number of a day in Excel."""
    return (day - date(1899, 12, 30)).days + hours / 24


def external(place: Place) -> Damage:
    """A formula to another workbook on the partner's disk, with its last value."""

    def link(parts: dict[str, bytes]) -> None:
        book = f'<externalBook xmlns:r="{OFFICE}" r:id="rId1"/>'
        parts["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}">{book}</externalLink>'.encode()
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = rels(
            ("rId1", "externalLinkPath", "!file:///C:/prive/compta.xlsx")
        ).encode()
        name = "xl/_rels/workbook.xml.rels"
        added = f'<Relationship Id="rId98" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
        parts[name] = parts[name].replace(b"</Relationships>", f"{added}</Relationships>".encode())
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
            b"</sheets>", b'</sheets><externalReferences><externalReference r:id="rId98"/></externalReferences>'
        )

    return also(cell_xml(place, "<f>[1]Bilan!$B$2</f><v>421</v>"), by_parts(link))


def all_cleared(content: bytes) -> bytes:
    """Every input emptied."""

    def edit(book: Workbook) -> None:
        for code, column in ANSWERS:
            sheet, cell = place_of(code, column)
            book[sheet][cell].value = None

    return by_hand(edit)(content)


NUMBERS = (
    entry("060", "« 1 234,56 » as text", EUROS, text("1 234,56"), "N", "VAL-030", 1234.56),
    entry("061", "« 1 234,56 » with U+00A0", EUROS, text("1\u00a0234,56"), "N", "VAL-030", 1234.56),
    entry("062", "« 1 234,56 » with U+202F", EUROS, text("1\u202f234,56"), "N", "VAL-030", 1234.56),
    entry("064", "« 1,234 »", EUROS, text("1,234"), "E", "VAL-010"),
    entry("065", "« 1000 € »", EUROS, text("1000 €"), "N", "VAL-030", 1000.0),
    entry("066", "« 12 k€ »", EUROS, text("12 k€"), "E", "VAL-011"),
    entry("067", "« (500) »", EUROS, text("(500)"), "N", "VAL-030", -500.0),
    entry("068", "« 500- »", EUROS, text("500-"), "E", "VAL-002"),
    entry("069", "« 10 ou 12 »", COUNTED, text("10 ou 12"), "E", "VAL-008"),
    entry("+", "« 20-25 »", COUNTED, text("20-25"), "E", "VAL-008"),
    entry("070", "« ~1000 »", COUNTED, text("~1000"), "E", "VAL-007"),
    entry("+", "« env. 20 »", COUNTED, text("env. 20"), "E", "VAL-007"),
    entry("+", "« > 5 »", COUNTED, text("> 5"), "E", "VAL-009"),
    entry("071", "« n/a »", COUNTED, text("n/a"), "E", "VAL-002"),
    entry("116", "« ? »", COUNTED, text("?"), "E", "VAL-002"),
    entry("072", "« - »", COUNTED, text("-"), "E", "VAL-002",
              note="never read as zero nor as nd: only the partner knows"),
    entry("073", "0", COUNTED, figure(0.0), "A", "", 0.0),
    entry("+", "« nd » with a comment", COUNTED, text("n.d."), "A", "", "nd"),
    entry("+", "« nd » without a comment", PERCENT, text("nd"), "W", "VAL-019", "nd"),
    entry("+", "« so »", PERCENT, text("S.O."), "A", "", "so"),
    entry("074", "a negative number of persons", COUNTED, figure(-4.0), "E", "VAL-016"),
    entry("075", "over the maximum", COUNTED, figure(100_001.0), "E", "VAL-016"),
    entry("077", "1e300", COUNTED, figure(1e300), "E", "VAL-025"),
    entry("076", "0.1 + 0.2", EUROS, figure(0.1 + 0.2), "A", "", 0.3),
    entry("+", "12,5 persons", COUNTED, figure(12.5), "E", "VAL-015"),
    entry("077b", "1e15", COUNTED, figure(1e15), "E", "VAL-025"),
    entry("077c", "« 1'234.56 »", EUROS, text("1'234.56"), "N", "VAL-030", 1234.56),
    entry("077d", "« 12:30 »", COUNTED, text("12:30"), "E", "VAL-024"),
    entry("077e", "« 12 000 € TTC »", EUROS, text("12 000 € TTC"), "N", "VAL-030", 12000.0),
    entry("077f", "a number in marks of direction", COUNTED, text("\u202a201\u202c"), "N", "STR-038 VAL-030", 201.0),
    entry("077g", "a cyrillic letter in a list", STATEMENT, text("\u0415n cours"), "E", "VAL-014"),
    entry("078", "TRUE in a number", COUNTED, raw("<v>1</v>", "b"), "E", "VAL-004"),
    entry("079", "a date in a number", COUNTED, figure(day_number(date(2021, 4, 3)), START), "E", "VAL-003"),
    entry("080", "20 in a cell that shows 2000 %", PERCENT, in_percent_format(20.0), "E", "VAL-016 VAL-031",
          note="2000 % is over the maximum: the value is set aside and shown as understood"),
    entry("080b", "0,2 where percents are counted", PERCENT, figure(0.2), "W", "VAL-018", 0.2),
    entry("080d", "0,5 as the progress of an action", PROGRESS, figure(0.5), "W", "VAL-018", 0.5),
    entry("080e", "1 as the progress of an action", PROGRESS, figure(1.0), "W", "VAL-018", 1.0),
    entry("080c", "12,5 % in a percentage cell", PERCENT, in_percent_format(0.125), "N", "VAL-031", 12.5),
    entry("081", "« 20 % »", PERCENT, text("20 %"), "N", "VAL-030", 20.0),
    entry("082", "« 0,2 »", EUROS, text("0,2"), "N", "VAL-030", 0.2),
    entry("117", "« à compléter » in a number", COUNTED, text("à compléter"), "E", "VAL-002"),
    entry("100", "check mark in a number", COUNTED, text("✓"), "E", "VAL-002"),
    entry("101", "required answer blank", COUNTED, empty, "W", "VAL-001",
          note="the design: a blank is a kind of answer, asked about and never counted as 0"),
    entry("102", "required answer of spaces", COUNTED, text("   "), "W", "VAL-001", note="as above"),
    entry("103", "required answer of a no-break space", COUNTED, text("\u00a0"), "W", "VAL-001", note="as above"),
)  # fmt: skip
DATES = (
    entry("083", "« 01/02/2021 » as text", START, text("01/02/2021"), "N", "VAL-030", "2021-02-01"),
    entry("085", "« 2021-02-01 » as text", START, text("2021-02-01"), "N", "VAL-030", "2021-02-01"),
    entry("084", "« 1er février 2021 »", START, text("1er février 2021"), "N", "VAL-030", "2021-02-01"),
    entry("086", "« 31/02/2021 »", START, text("31/02/2021"), "E", "VAL-012"),
    entry("087", "« 01/02/21 »", START, text("01/02/21"), "E", "VAL-013", note="two readings are not a date"),
    entry("088", "44228 unformatted", START, figure(44228.0, PROGRESS), "E", "VAL-012",
          note="a bare number may be anything; the date that it would be is not guessed"),
    entry("089", "2021 alone", START, figure(2021.0, PROGRESS), "E", "VAL-012"),
    entry("090", "far from the contract", START, figure(day_number(date(2201, 3, 1))), "W", "VAL-022", "2201-03-01",
          note="*devrait*: nothing is computed from it"),
    entry("090b", "after the campaign", START, figure(day_number(date(2022, 3, 1))), "W", "COH-037", "2022-03-01"),
    entry("090c", "before the contract", START, figure(day_number(date(2018, 3, 1))), "W", "VAL-022", "2018-03-01"),
    entry("091", "with a time", START, figure(day_number(date(2021, 2, 1), 9)), "A", "", "2021-02-01",
          note="the day is what is asked and is what was typed"),
)  # fmt: skip
WORDS_AND_LISTS = (
    entry("094", "list value in another case", STATEMENT, text("EN COURS"), "N", "VAL-030", "En cours"),
    entry("095", "list value with spaces", STATEMENT, text("  En cours "), "A", "", "En cours",
          note="spaces around a word are nothing to report"),
    entry("094b", "list value without accents", STATEMENT, text("En preparation"), "N", "VAL-030", "En préparation"),
    entry("094c", "value that is not in the list", STATEMENT, text("En retard"), "E", "VAL-014"),
    entry("099", "« x » in a list", STATEMENT, text("x"), "E", "VAL-014"),
    entry("117b", "« à compléter » in a text", TEXT, text("à compléter"), "W", "VAL-020", "à compléter",
          note="*devrait*: a text enters no total"),
    entry("106", "32 767 characters", REMARK, text("é" * 32_767), "A", "", "é" * 32_767),
    entry("107", "line breaks and tab in a text", TEXT, text("un\ndeux\ttrois"), "A", "", "un\ndeux\ttrois"),
    entry("113", "decomposed accents", TEXT, text("e\u0301te\u0301"), "A", "", "e\u0301te\u0301"),
    entry("114", "emoji", TEXT, text("Très bien 👍🏽"), "A", "", "Très bien 👍🏽"),
    entry("115", "quotes", TEXT, text("« l’été » \"l'été\""), "A", "", "« l’été » \"l'été\""),
    *(
        entry(id, f"« {formula.strip()} » as text", REMARK, text(formula), "A", "", formula.strip())
        for id, formula in zip(("109", "120", "121", "122", "123", "124"), FORMULAS, strict=True)
    ),
)  # fmt: skip
RUN = "<r><t>{}</t></r><r><rPr>{}</rPr><t>{}</t></r><r><rPr/><t>{}</t></r>"
RAISED, STRUCK = '<vertAlign val="superscript"/>', "<strike/>"


def runs(before: str, look: str, marked: str, after: str = "") -> InCell:
    """A text with a run that looks otherwise."""
    return raw(f"<is>{RUN.format(before, look, marked, after)}</is>", "inlineStr")


LOOKS = (
    entry("+", "a footnote call: 42 and a raised 1", COUNTED, runs("42", RAISED, "1"), "E", "VAL-002"),
    entry("+", "a footnote call at the end of a date", START, runs("15/01/202", RAISED, "1"), "E", "VAL-012"),
    entry("+", "m² in a text answer", TEXT, runs("30 m", RAISED, "2", " bâtis"), "A", "", "30 m² bâtis"),
    entry("+", "12 struck through, then 201", COUNTED, runs("", STRUCK, "12", " 201"), "E", "VAL-002"),
)  # fmt: skip
FORMULAS_AND_ERRORS = (
    entry("125", "formula with its value", COUNTED, raw("<f>400+20</f><v>420</v>"), "N", "VAL-032", 420.0),
    entry("126", "formula never calculated", COUNTED, raw("<f>400+20</f>"), "E", "VAL-006"),
    entry("127", "formula with a stale value", COUNTED, raw("<f>400+20</f><v>7</v>"), "N", "VAL-032", 7.0),
    *(
        entry(f"13{rank:02}", error, COUNTED, raw(f"<v>{error}</v>", "e"), "E", "VAL-005")
        for rank, error in enumerate(ERRORS)
    ),
    entry("1311", "#N/A in a text answer", TEXT, raw("<v>#N/A</v>", "e"), "E", "VAL-005"),
)  # fmt: skip
CASES: tuple[Case, ...] = (
    *NUMBERS,
    *DATES,
    *WORDS_AND_LISTS,
    *LOOKS,
    *FORMULAS_AND_ERRORS,
    structure("140", "formula to C:/prive/compta.xlsx", in_cell(COUNTED, external), "W", "STR-021 VAL-032", 1,
              "the last value is read and said; the path goes no further"),
    structure("167", "all answers emptied", all_cleared, "W", "FIC-035", ALL),
    entry("+", "e-mail address in a comment", REMARK, text("voir prenom.nom@exemple.fr"), "W", "VAL-021",
          "voir prenom.nom@exemple.fr"),
    structure("+", "one category of an exclusive breakdown wrong", in_cell((NORTH, "valeur"), figure(17.0)), "E",
              "COH-001", 3),
)  # fmt: skip

ELSEWHERE = (
    Elsewhere("099", "Oui/OUI/x/VRAI for a yes-no answer", "no yes-no column in partner workbooks"),
    Elsewhere("105", "longer than the maximum length", "no column has one but Excel’s own: row 106"),
)
