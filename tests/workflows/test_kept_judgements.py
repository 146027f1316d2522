"""What was said of the returns is kept for the next command: it is what would be said without, whatever changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

import cvsheet
from cvsheet.judging.engine import assess
from cvsheet.judging.engine.apart import Said, Stage
from cvsheet.judging.engine.assessment import Assessment, Received
from cvsheet.judging.engine.evidence import Evidence
from cvsheet.judging.engine.rule import Family
from cvsheet.judging.engine.ruling import Outcome, Severities
from cvsheet.model.findings import Severity
from cvsheet.model.framework import Framework
from cvsheet.workflows import kept as module
from cvsheet.workflows import kept_judgements
from cvsheet.workflows.folder import load_framework
from cvsheet.workflows.validate import validate
from cvsheet.workflows.watch import watch_returns
from cvsheet.workflows.workers import Workers
from tests.conftest import ROOT

CAMPAIGN = ROOT / "examples" / "campagne"
FRAMEWORK = load_framework(CAMPAIGN / "contrat.xlsx")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """Some returns of the example, with mistakes, a file beside them and one that a later one takes over."""
    shutil.copytree(CAMPAIGN / "retours", tmp_path / "retours")
    for path in sorted((tmp_path / "retours").rglob("*.xlsx"))[4:]:
        path.unlink()
    (tmp_path / "retours" / "notes.txt").write_text("à rappeler", encoding="utf-8")
    first = min((tmp_path / "retours").rglob("*.xlsx"))
    shutil.copy(first, first.with_stem(f"{first.stem} (2)"))
    return tmp_path


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files each judging looked at."""
    counts: list[int] = []
    plain = kept_judgements.assess_knowing

    def noted(
        known: Mapping[str, Said], framework: Framework, received: tuple[Received, ...]
    ) -> tuple[Assessment, Mapping[str, Said]]:
        counts.append(len(received))
        return plain(known, framework, received)

    monkeypatch.setattr(kept_judgements, "assess_knowing", noted)
    return counts


def found(root: Path, framework: Framework = FRAMEWORK, *, keep: bool = True) -> Assessment:
    return validate(framework, [root / "retours"], root, workers=Workers(count=1, keep=True) if keep else None)


def said(root: Path, framework: Framework = FRAMEWORK, *, keep: bool = True) -> str:
    told = found(root, framework, keep=keep)
    return repr(replace(told, received=tuple(replace(one, reading="", refusal=None) for one in told.received)))


def entries(root: Path) -> list[Path]:
    return sorted(path for path in (root / ".cvsheet" / "jugements").rglob("*") if path.is_file())


def test_returns_are_judged_once(contract: Path, judged: list[int]) -> None:
    first = said(contract)
    assert "VAL-" in first
    assert said(contract) == first == said(contract, keep=False)
    assert len(judged) == 1


def test_the_first_look_of_who_watches_asks_for_what_was_judged(contract: Path, judged: list[int]) -> None:
    watched = watch_returns(FRAMEWORK, [contract / "retours"], contract, Event(), workers=Workers(count=1, keep=True))
    before, first = found(contract), next(watched)
    watched.close()
    assert (repr(first.assessment.findings), judged) == (repr(before.findings), [len(before.received)])


def add_a_byte(root: Path) -> None:
    path = min((root / "retours").rglob("*.xlsx"))
    path.write_bytes(path.read_bytes() + b"\0")


def take_one_away(root: Path) -> None:
    min((root / "retours").rglob("*.xlsx")).unlink()


def rename_what_is_no_answer(root: Path) -> None:
    (root / "retours" / "notes.txt").rename(root / "retours" / "caf.txt")


def damage(root: Path) -> None:
    for path in entries(root):
        path.write_bytes(path.read_bytes()[:-1])


def another_format(root: Path) -> None:
    """A newer program kept something else there."""
    store = module.Store(root / ".cvsheet" / "jugements")
    for path in entries(root):
        store.keep(f"{path.parent.name}{path.name}", b"\x93\x01\x02\x03")


@pytest.mark.parametrize("change", [add_a_byte, take_one_away, rename_what_is_no_answer, damage, another_format])
@pytest.mark.sample(2)
def test_what_changed_is_judged_again(contract: Path, judged: list[int], change: Callable[[Path], None]) -> None:
    said(contract)
    change(contract)
    assert said(contract) == said(contract, keep=False)
    assert len(judged) == 2


def test_of_what_changed_each_return_is_judged_once(contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, changed = found(contract), min((contract / "retours").rglob("*.xlsx"))
    looked_at: list[str] = []

    def noted(evidence: Evidence, severities: Severities) -> Outcome:
        looked_at.extend(one.file for one in evidence.submissions)
        return Outcome()

    monkeypatch.setattr(assess, "OF_ONE_RETURN", (*assess.OF_ONE_RETURN[:-1], Stage(Family.COH, noted)))
    add_a_byte(contract)
    found(contract)
    assert len(first.current) > 3
    assert looked_at == [changed.relative_to(contract).as_posix()]


def test_what_was_said_of_another_folder_stays_known(contract: Path) -> None:
    """`validate retours/2021` between two looks at all of them."""
    first, *others = sorted((contract / "retours").rglob("*.xlsx"))
    kept = Workers(count=1, keep=True)
    validate(FRAMEWORK, others, contract, workers=kept)
    validate(FRAMEWORK, [first], contract, workers=kept)
    store, key = module.Store(contract / ".cvsheet" / "jugements"), module.key_of("par retour", repr(FRAMEWORK))
    known = kept_judgements._returns_from_bytes(store.find(key) or b"")
    assert len(known) == 2  # as many others as were looked at last


def one_label(framework: Framework) -> Framework:
    first, *others = framework.measures
    return replace(framework, measures=(replace(first, title=first.title + " bis"), *others))


def one_producer(framework: Framework) -> Framework:
    first, *others = framework.measures
    return replace(framework, measures=(replace(first, producers=("CAF",)), *others))


def one_severity(framework: Framework) -> Framework:
    return replace(framework, severities=(("VAL-017", Severity.ERROR), ("COH-001", None)))


def one_day_told(framework: Framework) -> Framework:
    first, *others = framework.campaigns
    return replace(framework, campaigns=(replace(first, announced=(("CAF", date(2030, 1, 1)),)), *others))


@pytest.mark.parametrize("change", [one_label, one_producer, one_severity, one_day_told])
@pytest.mark.sample(1)
def test_another_contract_judges_its_returns_itself(
    contract: Path, judged: list[int], change: Callable[[Framework], Framework]
) -> None:
    said(contract)
    other = change(FRAMEWORK)
    assert other != FRAMEWORK
    assert said(contract, other) == said(contract, other, keep=False)
    assert len(judged) == 2


def test_another_version_of_the_program_judges_again(
    contract: Path, judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(contract)
    monkeypatch.setattr(cvsheet, "__version__", "99.0")
    module.program.cache_clear()
    said(contract)
    assert len(judged) == 2
    monkeypatch.undo()
    module.program.cache_clear()


def test_a_crash_of_ours_is_tried_again(contract: Path, judged: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Assessment((), (), cvsheet.judging.engine.assessment.long_table_of((), {}), (), incidents=("VAL",))
    monkeypatch.setattr(kept_judgements, "assess_knowing", lambda *_: (broken, {}))
    said(contract)
    monkeypatch.undo()
    assert said(contract) == said(contract, keep=False)
