"""CV.PROGRESSION and its sisters: the master's definitions, French sentences for errors, the names that Excel shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.addin import web_excel  # noqa: F401 - the licence key comes before xlwings
from tests.addin.conftest import PARTNER
from tests.conftest import ROOT

from cvsheet.addin import functions as cv  # isort: skip
from cvsheet.figures.consolidation import aggregate
from cvsheet.figures.progress import judge, schedule
from cvsheet.workflows.folder import ContractFolder, load_framework
from cvsheet.workflows.validate import validate


@pytest.fixture(autouse=True)
def here(small: ContractFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cv.FOLDER, str(small.root))


@pytest.mark.parametrize(
    ("baseline", "target", "value", "direction", "shown"),
    [
        (100, 200, 150, "hausse", 0.5),
        (200, 100, 150, "baisse", 0.5),
        (100, 200, 50, "Hausse", -0.5),
        (100, 100, 100, "hausse", 1.0),
        (200, 100, 150, "hausse", ""),  # the target is against the direction
        (None, 200, 150, "hausse", ""),
        (100, 200, "nd", "hausse", ""),
        (100, 200, 150, "suivi", ""),
    ],
)
def test_progress(baseline: object, target: object, value: object, direction: str, shown: object) -> None:
    assert cv.cv_progression(baseline, target, value, direction) == shown


def test_every_line_has_the_value_and_the_situation_of_the_master(small: ContractFolder) -> None:
    framework = load_framework(small.workbook)
    found = aggregate(framework, validate(framework, [small.inbox], small.root).frame)
    when = schedule(framework, "A2")
    for line in framework.line.values():
        value = found.result("A2", line.code).value
        baseline, target = found.baseline(line.code)[0], found.target(line.code)[0]
        judged = judge(value, baseline, target, line.measure.direction, when, framework.contract)
        assert cv.cv_valeur(line.code, "A2") == ("" if value is None else value)
        assert cv.cv_situation(baseline, target, value, line.measure.direction.value, "A2") == judged.situation.value
        assert cv.cv_progression(baseline, target, value, line.measure.direction.value) == (
            "" if judged.progress is None else judged.progress
        )
        if judged.expected is not None:
            assert cv.cv_attendu(baseline, target, "A2") == pytest.approx(judged.expected)


def test_the_value_of_one_partner_is_what_it_gave(small: ContractFolder) -> None:
    assert cv.cv_valeur("Y1.M1", "A2", PARTNER) == cv.cv_valeur("Y1.M1", "A2")


def test_a_value_changes_with_the_files(small: ContractFolder) -> None:
    assert isinstance(cv.cv_valeur("Y1.M1", "A2"), float)
    for path in (small.inbox / "A2").iterdir():
        path.unlink()
    assert cv.cv_valeur("Y1.M1", "A2") == ""


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (lambda: cv.cv_valeur("Q9", "A2"), "« Q9 » n’existe pas"),
        (lambda: cv.cv_valeur("Y1.M1", "1999"), "« 1999 » n’existe pas"),
        (lambda: cv.cv_valeur("Y1.M1", "A2", "CAF"), "« CAF » n’existe pas"),
        (lambda: cv.cv_progression(1, 2, 3, "plus"), "hausse, baisse, suivi"),
    ],
)
def test_an_error_is_a_sentence_in_the_cell(shown: object, said: str) -> None:
    assert said in str(shown()).replace("\xa0", " ")  # type: ignore[operator]


@pytest.mark.long
def test_excel_shows_them_in_french_under_cv() -> None:
    """As a server tells Excel on the web: xlwings' own description of the functions and scripts."""
    code = (
        "import json; from xlwings.server import custom_functions_meta as functions, custom_scripts_meta as scripts; "
        "from cvsheet.addin import functions as cv, server; "
        "print(json.dumps([functions(cv)['functions'], scripts(server)]))"
    )
    environment = {**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "XLWINGS_ON_SERVER": "true"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    functions, scripts = json.loads(done.stdout)
    assert [one["name"] for one in functions] == ["CV.ATTENDU", "CV.PROGRESSION", "CV.SITUATION", "CV.VALEUR"]
    assert [one["name"] for one in functions[3]["parameters"]] == ["ligne", "campagne", "partenaire"]
    assert functions[3]["parameters"][2]["optional"]
    assert all("argument" not in one["description"] for function in functions for one in function["parameters"])
    assert [one["name"] for one in scripts] == [
        "cvsheet : effacer les marques",
        "cvsheet : lancer",
        "cvsheet : valider ce classeur",
    ]
