"""The ranges of pyproject.toml are those that were tried at both ends, as docs/versions.md says."""

from __future__ import annotations

import re
import runpy
import tomllib

from packaging.requirements import Requirement

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
USERS = {*PROJECT["dependencies"], *(one for name, extra in EXTRAS.items() if name != "dev" for one in extra)}
WANTED = {one.name: one for one in map(Requirement, [*USERS, *EXTRAS["dev"]])}
RANGE = r"\| (?P<range>>=[<>=., \w]+) \| (?P<low>[\w.]+) \| (?P<new>[\w.]+) \|"
ROW = re.compile(rf"^\| (?P<name>[\w-]+) {RANGE}$", re.MULTILINE)


def tried() -> dict[str, re.Match[str]]:
    return {row["name"]: row for row in ROW.finditer((ROOT / "docs" / "versions.md").read_text(encoding="utf-8"))}


def test_every_range_was_tried_at_both_ends() -> None:
    rows = tried()
    assert set(rows) == set(WANTED)
    for name, row in rows.items():
        range_ = WANTED[name].specifier
        assert Requirement(f"{name}{row['range']}").specifier == range_
        assert Requirement(f"{name}{lowest()[name]}").specifier.contains(row["low"])
        assert range_.contains(row["new"])


def test_what_users_install_has_two_ends() -> None:
    for requirement in map(Requirement, USERS):
        assert {clause.operator for clause in requirement.specifier} == {">=", "<"}, requirement


def test_the_newest_is_asked_for_without_a_bound() -> None:
    assert all(re.fullmatch(r"[\w-]+(\[\w+\])?", one) for one in ends("newest"))
    assert len(ends("newest")) == len(WANTED)


def lowest() -> dict[str, str]:
    return {re.match(r"[\w-]+", one)[0]: one[one.index("==") :] for one in ends("lowest")}  # type: ignore[index]


def ends(which: str) -> list[str]:
    return runpy.run_path(str(ROOT / "requirements" / "ends.py"))["requirements"](which)  # type: ignore[no-any-return]
