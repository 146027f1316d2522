"""A rule is one object: found where it stands, judged by its room, and never named by its code far from it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module, invalidate_caches
from pathlib import Path

import pytest

import cvsheet
from cvsheet.judging.cells.schema import CONSTRAINTS
from cvsheet.judging.contract.judge import REF_RULES
from cvsheet.judging.engine.assess import STAGES
from cvsheet.judging.engine.catalogue import all_rules, find_rule, rules_of, rules_under
from cvsheet.judging.engine.rule import AnyRule, Family
from cvsheet.judging.files import campaigns, joins, versions
from cvsheet.judging.files.identity import LEFT_OUT, nothing_filled, older_framework
from cvsheet.judging.files.refusals import IGNORED, REFUSED
from cvsheet.judging.files.strays import many_strays
from cvsheet.judging.structure.judge import STRUCTURE_RULES
from cvsheet.workflows.audit import RULES as AUDIT_RULES

FILE_RULES = (*REFUSED, *IGNORED, *LEFT_OUT, older_framework, nothing_filled, many_strays)
JUDGED: tuple[AnyRule, ...] = (
    *(*FILE_RULES, *rules_of(joins, versions, campaigns)),
    *STRUCTURE_RULES,
    *(rule for several in CONSTRAINTS.values() for rule in several),
    *(rule for stage in STAGES for rule in stage.rules),
    *AUDIT_RULES.values(),
    *REF_RULES,
)
CODE = re.compile(rf"({'|'.join(Family)})(-\d{{3}})?")
A_RULE = '''from cvsheet.judging.engine.rule import rule
from cvsheet.model.findings import Severity


@rule("COH-{number}", Severity.INFO, "Trop de {{what}}.", "Moins.", correction="Moins, ici.")
def {name}(answers):
    """Il y a trop de réponses.

    Constat : plus d’une.
    """
    return len(answers) > 1
'''


def test_every_rule_is_judged_once_by_its_room() -> None:
    assert sorted(rule.code for rule in JUDGED) == [rule.code for rule in all_rules()]


def test_a_rule_stands_in_the_room_of_what_it_looks_at() -> None:
    for rule in all_rules():
        assert rule.judge.__module__.split(".")[:3] == ["cvsheet", "judging", rule.looks_at.value], rule.code


def test_the_rules_of_a_module_judge_the_same_thing_in_the_same_way() -> None:
    """What is handed to one of them is handed to all: the type checker does not see it."""
    shapes: dict[str, set[tuple[object, ...]]] = {}
    for rule in all_rules():
        shapes.setdefault(rule.judge.__module__, set()).add(tuple(rule.judge.__annotations__.values()))
    several = {module: found for module, found in shapes.items() if len(found) > 1}
    assert several == {"cvsheet.judging.files.refusals": {("Refusal", "bool"), ("Ignored", "bool")}}


def test_what_covers_and_what_is_covered_are_rules_of_the_catalogue() -> None:
    covering = {rule.code: [less.code for less in rule.covers] for rule in all_rules() if rule.covers}
    assert covering["VAL-023"] == ["VAL-001"] and covering["ATT-014"] == ["ATT-013"]
    assert all(find_rule(less.code) is less for rule in all_rules() for less in rule.covers)


def test_a_module_with_a_rule_is_all_that_the_catalogue_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = package(tmp_path, monkeypatch, "a_room", too_many=A_RULE.format(number=901, name="too_many_answers"))
    (rule,) = rules_under(room).values()
    assert (rule.code, rule.name, rule.title) == ("COH-901", "too_many_answers", "Il y a trop de réponses.")
    assert (rule.fields, rule.fixed, rule([1]), rule([1, 2])) == (("what",), False, False, True)


def test_a_rule_that_another_module_imports_is_one_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = A_RULE.format(number=901, name="too_many"), "from shared_room.b import too_many\n"
    assert [*rules_under(package(tmp_path, monkeypatch, "shared_room", a=other, b=one))] == ["COH-901"]


def test_a_code_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modules = {name: A_RULE.format(number=901, name=name) for name in ("too_many", "too_much")}
    with pytest.raises(ValueError, match="COH-901 is defined twice"):
        rules_under(package(tmp_path, monkeypatch, "twice_room", **modules))


def test_no_code_names_a_rule_by_its_letters() -> None:
    """Whoever needs a rule imports it, or asks the rule of a finding what it is: codes stand in decorators alone."""
    root = Path(cvsheet.__file__).parent
    named = [
        f"{path.relative_to(root)}:{node.lineno} {node.value}"
        for path in root.rglob("*.py")
        for node in literals(ast.parse(path.read_text(encoding="utf-8")))
        if CODE.fullmatch(str(node.value)) and path != root / "judging" / "engine" / "rule.py"
    ]
    assert named == []


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text of a module but the first argument of a rule's decorator."""
    codes = {
        id(node.args[0])
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in function.decorator_list
        if isinstance(node, ast.Call) and node.args
    }
    return (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in codes)


def package(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, **modules: str):  # type: ignore[no-untyped-def]
    """An importable package of `modules`."""
    (folder / name).mkdir()
    for module, text in {"__init__": "", **modules}.items():
        (folder / name / f"{module}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    invalidate_caches()
    return import_module(name)
