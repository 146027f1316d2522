"""Nothing that a partner writes ever acts: not in the master, not in the JSON report, not on the terminal."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rich.console import Console

from cvsheet.books.partner.writing import partner_workbook
from cvsheet.files.grid import open_grid
from cvsheet.judging.engine.assessment import Assessment
from cvsheet.model.submission import Submission
from cvsheet.reports.console import print_assessment
from cvsheet.reports.json_report import json_report
from cvsheet.workflows.consolidate import consolidate
from cvsheet.workflows.validate import validate
from tests.catalogue.contract import CAMPAIGN, FRAMEWORK, PARTNER, WORDS, good_return
from tests.catalogue.editing import also, cell_xml, place_of, typed
from tests.catalogue.entries import COUNTED, external
from tests.examples import examples

from .hostile import MARK, SEEDS, hostile_return, marked

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXT_ELEMENTS = {f"{SHEET}t", f"{SHEET}v"}  # shared strings, and the stored results of our own formulas
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TEXTS = st.lists(
    st.lists(st.one_of(st.sampled_from(SEEDS[:-1]), st.text(max_size=8)), min_size=1, max_size=3).map("".join),
    min_size=1,
    max_size=12,
).map(lambda texts: ["".join(char for char in text if char in "\t\n\r\x1b" or char >= " ") for text in texts])


def delivered(folder: Path, texts: list[str], name: str = "retour.xlsx") -> tuple[Assessment, bytes]:
    """The assessment of a hostile return, and the master made of it."""
    inbox = folder / "retours"
    inbox.mkdir(exist_ok=True)
    (inbox / name).write_bytes(hostile_return(texts))
    assessment = validate(FRAMEWORK, [inbox], folder)
    assert assessment.incidents == ()
    assert len(assessment.current) == 1
    return assessment, consolidate(FRAMEWORK, assessment, CAMPAIGN, folder / "maitre.xlsx").path.read_bytes()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shapes(content: bytes) -> set[str]:
    """The formulas of a workbook without their row numbers."""
    sheets = (data for name, data in parts(content).items() if name.startswith("xl/worksheets/sheet"))
    found = (element.text or "" for data in sheets for element in etree.fromstring(data).iter(f"{SHEET}f"))
    return {re.sub(r"\d+", "0", formula) for formula in found}


@cache
def harmless_shapes() -> frozenset[str]:
    """The formulas of the master where the same cells hold plain words: some that no rule asks about, and some that the
    partner has to confirm, which is said where the value is repeated."""
    with TemporaryDirectory() as folder:
        masters = [delivered(Path(folder), [words])[1] for words in ("des mots", "voir prenom.nom@exemple.fr")]
    return frozenset().union(*map(shapes, masters))


def assert_harmless(master: bytes) -> None:
    """No formula but our own, and text only where text belongs."""
    assert shapes(master) <= harmless_shapes()
    assert_text_only(master)


def assert_text_only(master: bytes) -> None:
    """No link or relationship but our own; a partner's text stands in text elements only."""
    for name, data in parts(master).items():
        assert MARK not in name
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        for element in etree.fromstring(data).iter(etree.Element):
            assert not (MARK in (element.text or "") and element.tag not in TEXT_ELEMENTS), (name, element.tag)
            assert not any(MARK in value for value in element.attrib.values()), (name, element.attrib)
            assert element.get("TargetMode") != "External", (name, element.attrib)
            if element.tag == f"{SHEET}hyperlink":
                assert element.get("location"), (name, element.attrib)
                assert [key for key in element.attrib if key.endswith("}id")] == []


def texts_of(submission: Submission) -> set[str]:
    """The comments and texts that the master repeats."""
    found = {seen.comment for seen in submission.observations} | {
        seen.entry.answer.text for seen in submission.observations
    }
    for report in submission.actions:
        found |= {report.title, report.entries["commentaire"].answer.text}
    return {text for text in found if MARK in text}


def assert_printable(assessment: Assessment) -> None:
    """The terminal shows signs where control characters stood, and takes no markup for its own."""
    for width, color in ((80, None), (200, "truecolor")):
        out = io.StringIO()
        console = Console(file=out, width=width, force_terminal=color is not None, color_system=color, highlight=False)
        print_assessment(assessment, console=console)
        text = re.sub("\x1b\\[[0-9;]*m", "", out.getvalue()) if color else out.getvalue()
        assert CONTROL.search(text) is None
        assert "\x1b]8" not in out.getvalue()


def assert_plain_json(assessment: Assessment) -> None:
    report = json_report(assessment).decode()
    assert CONTROL.search(report) is None
    assert MARK in report
    json.loads(report)


def test_every_hostile_text_as_an_answer(tmp_path: Path) -> None:
    """Answers are repeated by formulas too, whose stored results no library escapes."""
    lines = {f"HAB-P2-I{rank:02}.M1": marked(text) for rank, text in enumerate(SEEDS, start=10)}
    words = FRAMEWORK.measure[WORDS]
    framework = replace(FRAMEWORK, measures=tuple(replace(words, code=code, title=code) for code in lines))
    cells = {(code, "valeur"): text for code, text in lines.items()}
    cells |= {(code, "commentaire"): text for code, text in zip(lines, reversed(lines.values()), strict=True)}
    (tmp_path / "retour.xlsx").write_bytes(partner_workbook(framework, CAMPAIGN, PARTNER, prefill=cells))
    assessment = validate(framework, [tmp_path], tmp_path)
    master = consolidate(framework, assessment, CAMPAIGN, tmp_path / "maitre.xlsx").path.read_bytes()
    assert_text_only(master)
    grid = open_grid(tmp_path / "maitre.xlsx")
    results = {cell.value for sheet in grid.sheets for cell in sheet.cells() if cell.formula is not None}
    answers = {seen.entry.answer.text for seen in assessment.current[0].observations}
    assert len(answers) >= len(SEEDS) - 2  # some differ by spaces only
    assert answers - results == set()


def test_the_longest_texts_that_cells_hold_stop_nothing(tmp_path: Path) -> None:
    """Several of them side by side are longer than a cell: cut there, whole in *Données*."""
    longest = "é" * 32_767
    path = tmp_path / "retour.xlsx"
    path.write_bytes(
        also(typed(place_of(WORDS, "valeur"), longest), typed(place_of(WORDS, "commentaire"), longest))(good_return())
    )
    consolidate(FRAMEWORK, validate(FRAMEWORK, [path], tmp_path), CAMPAIGN, tmp_path / "maitre.xlsx")
    data = next(sheet for sheet in open_grid(tmp_path / "maitre.xlsx").sheets if sheet.name == "Données")
    assert sum(cell.value == longest for cell in data.cells()) >= 2


@pytest.mark.parametrize("start", range(0, len(SEEDS), 5))
@pytest.mark.sample(2)
def test_each_hostile_text_stays_text_everywhere(start: int, tmp_path: Path) -> None:
    texts = [*SEEDS[start:], *SEEDS[:start]]
    assessment, master = delivered(tmp_path, texts)
    assert_harmless(master)
    assert_printable(assessment)
    assert_plain_json(assessment)


@pytest.mark.long
@examples(8)
@given(TEXTS)
def test_any_hostile_text_stays_text_everywhere(tmp_path: Path, texts: list[str]) -> None:
    assessment, master = delivered(tmp_path, texts)
    assert_harmless(master)
    assert_printable(assessment)
    assert_plain_json(assessment)


@pytest.mark.parametrize("start", [0, 12, 24])
def test_texts_reach_the_master_whole(start: int, tmp_path: Path) -> None:
    texts = [*SEEDS[start:], *SEEDS[:start]]
    assessment, _ = delivered(tmp_path, texts)
    grid = open_grid(tmp_path / "maitre.xlsx")
    written = {cell.value.strip() for sheet in grid.sheets for cell in sheet.cells() if isinstance(cell.value, str)}
    sent = {text.strip() for text in texts_of(assessment.current[0])}
    assert len(sent) >= 6
    assert sent - written == set()


@pytest.mark.parametrize(
    "name",
    [
        f"=1+1 {MARK}.xlsx",
        f"@SUM(A1) {MARK}.xlsx",
        f"<script>sansEffet<⁄script> {MARK}.xlsx",
        f'" onmouseover="sansEffet {MARK}.xlsx',
        f"[red]retour[⁄red] {MARK}.xlsx",
        f"\x1b[31mretour\n {MARK}.xlsx",
        f"retour\u202exslx {MARK}.xlsx",
        f"javascript:sansEffet {MARK}.xlsx",
        f"{{{{ 7 * 7 }}}} %s {{facts}} {MARK}.xlsx",
    ],
)
@pytest.mark.sample(3)
def test_file_names_are_text_too(name: str, tmp_path: Path) -> None:
    assessment, master = delivered(tmp_path, ["des mots"], name)
    assert_harmless(master)
    assert_printable(assessment)
    assert_plain_json(assessment)


def test_a_formula_of_a_partner_is_never_copied(tmp_path: Path) -> None:
    place = place_of(*COUNTED)
    for damage in (
        cell_xml(place, "<f>SANSEFFET(&quot;http://example.invalid/&quot;)</f><v>420</v>"),
        external(place),
    ):
        path = tmp_path / "retour.xlsx"
        path.write_bytes(damage(good_return()))
        assessment = validate(FRAMEWORK, [path], tmp_path)
        master = consolidate(FRAMEWORK, assessment, CAMPAIGN, tmp_path / "maitre.xlsx").path.read_bytes()
        assert_harmless(master)
        everything = b"".join(parts(master).values()) + json_report(assessment)
        for secret in (b"example.invalid", b"SANSEFFET", b"compta", b"prive"):
            assert secret not in everything
