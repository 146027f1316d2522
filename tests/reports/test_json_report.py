"""The report for programs: as its JSON Schema says, the same bytes for the same inputs, nothing that acts."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from cvsheet.errors import Refusal, UnreadableFile
from cvsheet.judging.engine.assessment import Ignored, Received
from cvsheet.reports.json_report import json_report
from cvsheet.schema.tables import data_folder
from tests.rules.good import A_2021, A_ACTIONS, arriving, good, judged, of, retyped
from tests.rules.tables import returned

MIXED = arriving(
    Received("x.xlsx", refusal=UnreadableFile(Refusal.PDF)),
    Received(".DS_Store", ignored=Ignored.HIDDEN),
    of(returned(A_2021.replace("45.5", "120 "), A_ACTIONS, file="A-2021 (2).xlsx"), saved_at=datetime(2023, 1, 1)),
    of(returned(A_2021, file="autre.xlsx"), identity=None),
)


def report(received: tuple[Received, ...]) -> dict[str, object]:
    return json.loads(json_report(judged(received)))  # type: ignore[no-any-return]


def test_the_schema_describes_the_report() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((data_folder("schemas") / "rapport.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for received in (good(), MIXED(), ()):
        jsonschema.validate(report(received), schema)


def test_each_file_has_its_status() -> None:
    files = {one["file"]: one["status"] for one in report(MIXED())["files"]}  # type: ignore[attr-defined]
    assert files == {
        "A-2021 (2).xlsx": "counted",
        "A-2021.xlsx": "superseded",
        "A-REF.xlsx": "counted",
        "B-2021.xlsx": "counted",
        "B-REF.xlsx": "counted",
        "x.xlsx": "refused",
        ".DS_Store": "ignored",
        "autre.xlsx": "left_out",
    }


def test_a_finding_has_its_place_its_facts_and_its_sentences() -> None:
    (finding,) = report(retyped("T2.M1 | 120 |")())["findings"]  # type: ignore[misc]
    assert finding == {
        "code": "VAL-016",
        "severity": "erreur",
        "file": "A-2021.xlsx",
        "sheet": "Emploi",
        "cell": "K11",
        "line": "T2.M1",
        "partner": "A",
        "campaign": "2021",
        "facts": {"bounds": "de 0 à 100", "value": 120.0},
        "message": "120 est hors des bornes\u00a0: de 0 à 100.",
        "remedy": "Vérifiez le chiffre et son unité.",
    }


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert json_report(judged(MIXED())) == json_report(judged(MIXED()))


def test_no_character_acts_on_a_terminal() -> None:
    text = "\x1b]0;x\x07\x9b2J\u202e\u2028\ud800"
    received = retyped("T5.M1 | ??? |")()
    content = json_report(judged((*received, Received(f"{text}.docx", ignored=Ignored.NOT_A_WORKBOOK))))
    assert not set(content.decode()) & set("\x1b\x07\x9b\u202e\u2028")
    assert f"{text}.docx" in {one["file"] for one in json.loads(content)["findings"]}
