"""The groups of situations that the first page counts, and its charts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from cvsheet.books.kit.book import Book
from cvsheet.books.kit.style import FAIR, GOOD, INK, NEUTRAL, PAPER, POOR
from cvsheet.figures.follow_up import SECRET_SITUATION
from cvsheet.figures.progress import Situation
from cvsheet.text.french import NO_BREAK_SPACE

NAME, DETAIL_SHEET = "Synthèse", "Synthèse détaillée"
KINDS = {GOOD: "good", FAIR: "warning", POOR: "error", NEUTRAL: "info"}
Size = tuple[int, int]  # width and height in pixels
BARS: Size = (1215, 330)
RING: Size = (560, 330)
FIRST_COUNT = 2  # column of the first group


@dataclass(frozen=True, slots=True)
class SituationGroup:
    """Situations counted together: `sign` stands beside the title and the counts, `look` are ink and paper of the
    heading, `fill` and `label` colours in charts."""

    title: str
    sign: str
    situations: tuple[str, ...]
    look: tuple[str, str]
    fill: str
    label: str = PAPER

    @property
    def heading(self) -> str:
        """The title with its sign: ``▲ En bonne voie``."""
        return f"{self.sign}{NO_BREAK_SPACE}{self.title}"

    @property
    def kind(self) -> str:
        """The class of style sheets that gives a page the look."""
        return KINDS[self.look]


UNMEASURED = (
    Situation.NOT_FILLED,
    Situation.NO_BASELINE,
    Situation.NO_TARGET,
    Situation.WRONG_TARGET,
    SECRET_SITUATION,
)
GROUPS = (
    SituationGroup("Atteinte", "✔", (Situation.REACHED, Situation.HELD), GOOD, "#0B3C7D"),
    SituationGroup("En bonne voie", "▲", (Situation.ON_TRACK,), GOOD, "#4F9BD9", INK),
    SituationGroup("Trop tôt", "…", (Situation.TOO_EARLY,), NEUTRAL, "#BDBDBD", INK),
    SituationGroup("À surveiller", "!", (Situation.TO_WATCH,), FAIR, "#F2C230", INK),
    SituationGroup("En retard", "▼", (Situation.LATE,), POOR, "#E37622", INK),
    SituationGroup("En recul", "✖", (Situation.BACKWARDS, Situation.NOT_HELD), POOR, "#8A1C1C"),
    SituationGroup("Suivi", "○", (Situation.WATCHED,), NEUTRAL, "#66767F"),
    SituationGroup("Non mesurable", "?", UNMEASURED, NEUTRAL, "#EEF0F3", INK),
)
"""Every situation is in one of them. Signs and words say what colours say."""
SECRET = SituationGroup("Secret", "■", (SECRET_SITUATION,), NEUTRAL, "#9AA5B5", INK)
PUBLIC_GROUPS = (
    *(
        replace(group, situations=tuple(one for one in group.situations if one not in SECRET.situations))
        for group in GROUPS
    ),
    SECRET,
)
"""The same for what is published, where what is secret is counted apart."""


def add_bars(book: Book, sheet: Worksheet, row: int, pillars: tuple[int, int], size: Size = BARS) -> None:
    """Bars for the pillars in rows `pillars` (first, last); the row above them holds the titles of the groups."""
    sheet.insert_chart(
        row,
        0,
        _bars(book, sheet.get_name(), pillars, size),
        _placed("Barres empilées : indicateurs par situation et pilier."),
    )


def add_ring(
    book: Book,
    sheet: Worksheet,
    place: tuple[int, int],
    pillars: tuple[int, int],
    size: Size = RING,
    left: int = 0,
    *,
    labels: int,
) -> None:
    """A ring for the total, which stands below the rows `pillars`, at the cell `place` and `left` pixels beside it; the
    row `labels` holds what is said of each group."""
    ring = _ring(book, sheet.get_name(), (pillars[1] + 1, labels), size)
    sheet.insert_chart(*place, ring, _placed("Anneau : indicateurs par situation, ensemble du contrat.", left))


def _placed(description: str, left: int = 0) -> dict[str, object]:
    return {"x_offset": left, "y_offset": 6, "object_position": 1, "description": description}


def _bars(book: Book, name: str, pillars: tuple[int, int], size: Size) -> Chart:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = pillars
    for column, group in enumerate(GROUPS, start=FIRST_COUNT):
        chart.add_series(
            {
                "name": group.heading,
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "fill": {"color": group.fill},
                "border": {"color": PAPER, "width": 0.75},
                "gap": 45,
                "data_labels": _labels(group),
            }
        )
    chart.set_title(_title("Situation des indicateurs par pilier"))
    chart.set_legend({"position": "bottom", "font": {"size": 10, "color": INK}})
    chart.set_y_axis(
        {"reverse": True, "num_font": {"size": 11, "color": INK}, "line": {"none": True}, "major_tick_mark": "none"}
    )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return _framed(chart, size)


def _ring(book: Book, name: str, rows: tuple[int, int], size: Size) -> Chart:
    total, labels = rows
    chart = book.workbook.add_chart({"type": "doughnut"})
    last = FIRST_COUNT + len(GROUPS) - 1
    chart.add_series(
        {
            "name": "Ensemble",
            "categories": [name, labels, FIRST_COUNT, labels, last],
            "values": [name, total, FIRST_COUNT, total, last],
            "points": [{"fill": {"color": group.fill}, "border": {"color": PAPER}} for group in GROUPS],
            "data_labels": {
                "category": True,
                "font": {"color": INK, "bold": True, "size": 11},
                "custom": [{"font": {"color": group.label, "bold": True, "size": 11}} for group in GROUPS],
            },
        }
    )
    chart.set_title(_title("Ensemble du contrat"))
    chart.set_hole_size(55)
    chart.set_legend({"none": True})
    chart.show_hidden_data()  # the row of labels
    return _framed(chart, size)


def _labels(group: SituationGroup) -> dict[str, object]:
    """Counts inside the shapes, with the sign; none for zero."""
    return {
        "value": True,
        "num_format": f'"{group.sign}"\\ 0;;',
        "font": {"color": group.label, "bold": True, "size": 11},
    }


def _title(words: str) -> dict[str, object]:
    return {"name": words, "name_font": {"size": 13, "color": INK}, "overlay": False}


def _framed(chart: Chart, size: Size) -> Chart:
    chart.set_size({"width": size[0], "height": size[1]})
    chart.set_chartarea({"border": {"none": True}})
    return chart
