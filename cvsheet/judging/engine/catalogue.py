"""Every rule there is, found where it stands: no list of modules or codes to keep, and no order of imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

from cvsheet import judging
from cvsheet.judging.engine.rule import AnyRule, Rule


def find_rule(code: str) -> AnyRule:
    """The rule called `code`; KeyError where there is none."""
    return _catalogue()[code]


def all_rules() -> tuple[AnyRule, ...]:
    """Every rule, by code."""
    return tuple(_catalogue().values())


def rules_under(package: ModuleType) -> Mapping[str, AnyRule]:
    """The rules of all modules of `package` by code, in the order of the codes; ValueError where two share one."""
    known: dict[str, AnyRule] = {}
    for rule in _rules_of_modules(package):
        if known.setdefault(rule.code, rule) is not rule:
            raise ValueError(f"rule {rule.code} is defined twice")
    return dict(sorted(known.items()))


def rules_of(*modules: ModuleType) -> tuple[AnyRule, ...]:
    """The rules that stand in `modules`, in the order in which they stand there."""
    return tuple(rule for module in modules for rule in _in(module) if rule.judge.__module__ == module.__name__)


def _rules_of_modules(package: ModuleType) -> Iterator[AnyRule]:
    for found in walk_packages(package.__path__, f"{package.__name__}."):
        yield from _in(import_module(found.name))


def _in(module: ModuleType) -> Iterator[AnyRule]:
    return (value for value in vars(module).values() if isinstance(value, Rule))


@cache
def _catalogue() -> Mapping[str, AnyRule]:
    return rules_under(judging)
