"""`cvsheet excel install` and `doctor`: what they put in place, what they see, on machines with and without Excel."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from cvsheet.cli.main import execute
from cvsheet.workflows.excel_doctor import examine
from cvsheet.workflows.excel_setup import CONFIG, Machine, follow_master, prepare
from cvsheet.workflows.folder import ContractFolder, load_framework
from tests.conftest import ROOT


@pytest.fixture
def mac(tmp_path: Path) -> Machine:
    """A Mac with Excel, its home in a temporary folder."""
    home = tmp_path / "maison"
    (home / "Applications" / "Microsoft Excel.app").mkdir(parents=True)
    return Machine("darwin", home, Path(sys.executable), {})


def test_install_without_excel_prepares_the_folder_and_says_so(
    small: ContractFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["excel", "install", "-C", str(small.root)]) == 0
    said = capsys.readouterr().out
    assert "Excel n’est pas installé sur cette machine" in said
    assert "PolyForm Noncommercial" in said
    assert not (small.root / CONFIG).exists()


def test_the_module_is_what_run_main_imports(small: ContractFolder) -> None:
    execute(["excel", "install", "-C", str(small.root), "--quiet"])
    spec = importlib.util.spec_from_file_location("contrat", small.root / "contrat.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert callable(module.main)
    assert small.root.resolve() == module.FOLDER
    assert module.cv_progression(0, 10, 5) == 0.5


def test_a_master_whose_name_can_be_a_module_has_one(
    folder: ContractFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.results.mkdir(exist_ok=True)
    for campaign in ("2019-REF", "2021"):
        (folder.results / f"amboise_{campaign}_maitre.xlsx").touch()
    execute(["excel", "install", "-C", str(folder.root)])
    assert [path.name for path in folder.results.glob("*.py")] == ["amboise_2021_maitre.py"]
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert "« amboise_2019-REF_maitre.xlsx » n’aura pas de « Run main »" in said  # a dash: it could not be imported


def test_a_master_made_later_gets_its_module_where_the_folder_was_prepared(small: ContractFolder) -> None:
    small.results.mkdir(exist_ok=True)
    master, other = small.results / "ville_2021_maitre.xlsx", small.results / "ville_2019-REF_maitre.xlsx"
    assert follow_master(small, master) is None, "never prepared for Excel"
    execute(["excel", "install", "-C", str(small.root), "--quiet"])
    assert not list(small.results.glob("*.py")), "no master yet"
    assert follow_master(small, master) == master.with_suffix(".py")
    assert follow_master(small, other) is None


def test_a_module_of_somebody_else_is_left_alone(small: ContractFolder, capsys: pytest.CaptureFixture[str]) -> None:
    module = small.root / "contrat.py"
    module.write_text("print('le mien')\n", encoding="utf-8")
    execute(["excel", "install", "-C", str(small.root)])
    assert module.read_text(encoding="utf-8") == "print('le mien')\n"
    assert "Renommez-le" in capsys.readouterr().err


def test_the_interpreter_stands_beside_the_workbook_and_other_settings_stay(
    small: ContractFolder, mac: Machine
) -> None:
    (small.root / CONFIG).write_text('"SHOW CONSOLE","True"\n"INTERPRETER_MAC","/ancien"\n', encoding="utf-8")
    prepare(small, load_framework(small.workbook), mac)
    assert (small.root / CONFIG).read_text(encoding="utf-8").splitlines() == [
        '"SHOW CONSOLE","True"',
        f'"INTERPRETER_MAC","{sys.executable}"',
        '"UDF MODULES","contrat"',
    ]
    assert (small.results / CONFIG).exists()


def test_the_steps_name_the_clicks(small: ContractFolder, mac: Machine) -> None:
    steps = " ".join(prepare(small, load_framework(small.workbook), mac).steps)
    for words in ("xlwings addin install", "xlwings runpython install", "« Pilotage »", "« Run main »"):
        assert words in steps


def test_the_doctor_names_each_thing_to_mend_and_falls_silent_once_it_is(small: ContractFolder, mac: Machine) -> None:
    broken = {check.what for check in examine(small, mac) if not check.good}
    assert {"Complément xlwings", "Autorisation macOS", "Interpréteur Python", "Module du classeur"} <= broken
    prepare(small, load_framework(small.workbook), mac)
    assert mac.startup_folder is not None
    mac.startup_folder.mkdir(parents=True)
    (mac.startup_folder / "xlwings.xlam").touch()
    left = {check.what for check in examine(small, mac) if not check.good}
    assert left == {"Paquets Python", "Autorisation macOS"}  # appscript exists on macOS only


def test_the_doctor_without_excel_says_so(small: ContractFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["excel", "doctor", "-C", str(small.root)]) == 1
    assert "Excel : absent de cette machine" in capsys.readouterr().out.replace("\xa0", " ")


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["check"], 0, "peut servir"),
        (["validate"], 0, "fichiers reçus"),
        (["consolidate"], 0, "Classeur maître"),
        (["excel", "install"], 3, 'pip install "cvsheet[excel]"'),
        (["excel", "doctor"], 1, 'pip install "cvsheet[excel]"'),
    ],
)
def test_without_xlwings_everything_else_works(command: list[str], code: int, said: str, small: ContractFolder) -> None:
    script = (
        "import importlib.metadata as m, sys; sys.modules['xlwings'] = None; real = m.version\n"
        "def version(name):\n"
        "    if name == 'xlwings': raise m.PackageNotFoundError(name)\n"
        "    return real(name)\n"
        "m.version = version\n"
        f"from cvsheet.cli.main import execute; sys.exit(execute({[*command, '-C', str(small.root)]!r}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert said in (done.stdout + done.stderr).replace("\xa0", " ")
