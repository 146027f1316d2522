"""`cvsheet audit` as a coordinator runs it: what it says and writes, and what it says where it cannot."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from cvsheet.demo.returns import drop_into, good_return
from cvsheet.errors import OutputError
from cvsheet.files.atomic import replace_folder
from cvsheet.workflows.folder import load_framework
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str]]
CAMPAIGN = "2020"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract folder with the good returns of three partners."""
    folder = tmp_path_factory.mktemp("contrat") / "contrat"
    folder.mkdir()
    shutil.copy(ROOT / "workbook" / "contrat_ville_template.xlsx", folder / "contrat.xlsx")
    framework = load_framework(folder / "contrat.xlsx")
    asked = [partner.code for partner in framework.partners_asked(CAMPAIGN)][:3]
    drop_into(folder / "retours", tuple(good_return(framework, CAMPAIGN, code, 3) for code in asked))
    (folder / "retours" / "abîmé.xlsx").write_bytes(b"PK\x03\x04")
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "contrat"))


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], folder: Path) -> Run:
    """``run("--quiet")``: the exit code and all that is said, without no-break spaces and line breaks."""

    def command(*arguments: str) -> tuple[int, str]:
        code = execute(["audit", "-C", str(folder), *arguments])
        said = capfd.readouterr()
        return code, " ".join((said.out + said.err).split())

    return command


@pytest.mark.long
def test_it_writes_its_pages_and_says_where(run: Run, folder: Path) -> None:
    code, said = run()
    assert code == 1  # a file of the folder could not be read
    assert "Campagne 2020, 3 retours : " in said
    assert "ATT-020" in said and "Réponses obligatoires utilisables pour" in said
    assert "ATT-032 · campagne 2020 : aucun retour d’une campagne antérieure parmi les fichiers lus" in said
    assert "Par ailleurs, fichier par fichier : 1 erreur et 0 avertissement." in said
    assert "audit/index.html" in said
    assert len(list((folder / "sorties" / "audit").iterdir())) == 9


@pytest.mark.long
def test_pages_of_somebody_else_are_moved_and_said(run: Run, folder: Path) -> None:
    run()
    (folder / "sorties" / "audit" / "mes notes.html").write_text("<p>notes", encoding="utf-8")
    _, said = run()
    assert "contenait aussi ce qui n’est pas une page de l’audit : « mes notes.html ». Déplacé dans" in said
    (moved,) = (folder / "sorties").rglob("mes notes.html")
    assert f"« {moved.parent.name} »" in said
    assert "mes notes" not in run()[1]


@pytest.mark.long
def test_its_findings_stand_in_the_same_report_as_the_others(run: Run, folder: Path, tmp_path: Path) -> None:
    run("--json", str(tmp_path / "r.json"), "--html", str(tmp_path / "r.html"))
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert {"FIC-013", "ATT-020"} <= {one["code"] for one in report["findings"]}
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert 'id="regle-ATT-020"' in page and 'id="regle-FIC-013"' in page


def test_nothing_of_the_library_is_left_or_shown(run: Run, folder: Path) -> None:
    before = set(folder.rglob("*"))
    assert run("--quiet") == (1, "")
    new = {path.relative_to(folder).as_posix() for path in set(folder.rglob("*")) - before}
    new = {name for name in new if not name.startswith(".cvsheet")}  # what was read, kept for the next command
    assert {name.partition("/audit")[0] for name in new} == {"sorties"}
    assert all(name in ("sorties", "sorties/audit") or name.endswith(".html") for name in new)


@pytest.mark.long
def test_former_pages_are_replaced_and_others_left_alone(run: Run, folder: Path) -> None:
    own = folder / "sorties" / "audit"
    replace_folder(own, {"ancienne.html": b"x"})
    run()
    assert (own / "index.html").exists() and not (own / "ancienne.html").exists()
    (own / "mes notes.docx").write_bytes(b"x")
    with pytest.raises(OutputError, match="contient autre chose que ce que cvsheet y écrit"):
        replace_folder(own, {"index.html": b"x"})
    assert (own / "mes notes.docx").exists() and (own / "index.html").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--campaign", "1999"), 2, "La campagne « 1999 » n’existe pas. Campagnes du contrat : 2019-REF, 2020"),
        (("--campaign", "2022"), 3, "La campagne « 2022 » n’a aucun retour utilisable : rien à auditer."),
        (("retours/abîmé.xlsx",), 3, "Aucun retour utilisable parmi 1 fichier reçu : rien à auditer."),
        (("nulle part",), 2, "« nulle part » n’existe pas."),
    ],
)
def test_what_cannot_be_audited_is_said(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, message: str
) -> None:
    monkeypatch.chdir(folder)
    given, said = run(*arguments)
    assert given == code
    assert message in said
    assert "Traceback" not in said
    assert not (folder / "sorties").exists()


def test_an_empty_folder_of_returns_is_said(run: Run, folder: Path) -> None:
    shutil.rmtree(folder / "retours")
    (folder / "retours").mkdir()
    assert run() == (
        3,
        "Erreur : Aucun fichier reçu : rien à auditer. Déposez les fichiers des partenaires dans retours/.",
    )


@pytest.mark.long
def test_a_place_that_cannot_be_written_is_said_and_nothing_half_written(run: Run, folder: Path) -> None:
    (folder / "sorties").write_text("un fichier", encoding="utf-8")
    code, said = run()
    assert code == 3
    assert "un fichier porte déjà le nom d’un dossier" in said or "un fichier porte déjà ce nom" in said
    assert (folder / "sorties").read_text(encoding="utf-8") == "un fichier"


@pytest.mark.long
def test_without_the_library_it_says_what_to_install_and_the_rest_works(folder: Path) -> None:
    """In an interpreter that cannot find it."""
    block = "import sys; sys.modules['great_expectations'] = None; from cvsheet.cli.main import execute; "
    for arguments, code in ((["audit"], 3), (["validate", "--quiet"], 1), (["explain", "ATT-001"], 0)):
        place = [] if arguments[0] == "explain" else ["-C", str(folder)]
        command = [sys.executable, "-c", f"{block}sys.exit(execute({[*arguments, *place]!r}))"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == code
        if code == 3:
            assert 'pip install "cvsheet[audit]"' in done.stderr
            assert "great_expectations, qui n’est pas installé ici" in done.stderr


@pytest.fixture
def former(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "sorties" / "audit"
    replace_folder(place, {"index.html": b"former"})
    yield place
    assert [path.name for path in place.parent.iterdir()] == ["audit"]


def test_a_folder_is_replaced_whole(former: Path) -> None:
    replace_folder(former, {"a.html": b"new", "b.html": b"new"})
    assert {path.name for path in former.iterdir()} == {"a.html", "b.html"}


@pytest.mark.parametrize("failing", ["write_bytes", "rename"])
def test_a_failure_leaves_the_former_folder_whole(former: Path, failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = getattr(Path, failing)

    def refuse(path: Path, *arguments: object) -> object:
        if path.parent.name.endswith("new") or path.name == "new":
            raise OSError(28, "full")
        return genuine(path, *arguments)

    monkeypatch.setattr(Path, failing, refuse)
    with pytest.raises(OutputError, match="le disque est plein"):
        replace_folder(former, {"index.html": b"new"})
    assert (former / "index.html").read_bytes() == b"former"
