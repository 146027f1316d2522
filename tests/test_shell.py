"""A name in a proposed command is one word, the name itself, to each shell that it can be pasted into.

The shells are not on this machine: what they do with a word is told here from their own pages (about_Quoting_Rules and
about_Special_Characters of PowerShell 5.1, `cmd /?`, the command-line arguments of Microsoft's C runtime).
"""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path, PureWindowsPath

import pytest

from cvsheet.cli.options import own_command
from cvsheet.text.shell import pasted, program

NAMES = [
    # name, sh, Windows
    ("mon-contrat/retours", "mon-contrat/retours", "mon-contrat/retours"),
    ("été", "été", "été"),
    ("contrat été", '"contrat été"', '"contrat été"'),
    ("L'été", '"L\'été"', '"L\'été"'),
    ("L’été & co (2)", '"L’été & co (2)"', '"L’été & co (2)"'),
    ("R&D", '"R&D"', '"R&D"'),
    ("(copie)", '"(copie)"', '"(copie)"'),
    ("a;b", '"a;b"', '"a;b"'),
    ("a,b", '"a,b"', '"a,b"'),
    ("@tous", '"@tous"', '"@tous"'),
    ("#1", '"#1"', '"#1"'),
    ("a^b", '"a^b"', '"a^b"'),
    ("{a} [b]", '"{a} [b]"', '"{a} [b]"'),
    ("100 %", '"100 %"', '"100 %"'),
    ("de 50 % à 100 %", '"de 50 % à 100 %"', '"de 50 % à 100 %"'),
    ("vraiment !", "'vraiment !'", '"vraiment !"'),
    ("prix 5$", "'prix 5$'", '"prix 5$"'),
    ("5 $ de plus", "'5 $ de plus'", '"5 $ de plus"'),
    ("C:\\Mes contrats", "'C:\\Mes contrats'", '"C:\\Mes contrats"'),
    ("C:\\", "'C:\\'", '"C:\\\\"'),
    (
        "\\\\serveur\\Politique de la ville",
        "'\\\\serveur\\Politique de la ville'",
        '"\\\\serveur\\Politique de la ville"',
    ),
]
OF_POWERSHELL = [
    # name, the form that cmd does not know
    ("prix $x", "'prix $x'"),
    ("l'an $x", "'l''an $x'"),
    ("l’an $x", "'l’’an $x'"),
    ("$(date) ‚‛‘", "'$(date) ‚‚‛‛‘‘'"),
    ("le “bon”", "'le “bon”'"),
    ("a`b", "'a`b'"),
    ("C:\\$x\\", "'C:\\$x\\\\'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sh", "_windows"), NAMES)
def test_sh_reads_the_name(name: str, sh: str, _windows: str) -> None:
    assert pasted(name, windows=False) == sh
    assert shlex.split(sh) == [name]
    assert sh.startswith("'") or "!" not in sh  # bash and zsh look up their history between double quotes


@pytest.mark.parametrize(("name", "_sh", "windows"), NAMES)
def test_cmd_and_powershell_read_the_name(name: str, _sh: str, windows: str) -> None:
    assert pasted(name, windows=True) == windows
    assert same_name(name, read_by_cmd(windows))
    assert same_name(name, read_by_powershell(windows))


@pytest.mark.parametrize(("name", "windows"), OF_POWERSHELL)
def test_powershell_alone_reads_what_only_single_quotes_keep(name: str, windows: str) -> None:
    assert pasted(name, windows=True) == windows
    assert same_name(name, read_by_powershell(windows))


@pytest.mark.parametrize(
    ("name", "sh", "windows"),
    [
        (".venv/Scripts/cvsheet.exe", ".venv/Scripts/cvsheet.exe", ".venv\\Scripts\\cvsheet.exe"),
        ("C:/Mes outils/cvsheet.exe", '"C:/Mes outils/cvsheet.exe"', '& "C:\\Mes outils\\cvsheet.exe"'),
    ],
)
def test_a_program_is_run_and_not_a_text_shown(name: str, sh: str, windows: str) -> None:
    """By PowerShell, which shows what begins with a quote; cmd sees an option in ``.venv/Scripts``."""
    assert program(name, windows=False) == sh
    assert program(name, windows=True) == windows


@pytest.mark.parametrize("word", ['"prix $x"', '"le “bon”"', "'l'an'", "'l’an'", "R&D", "a,b", '"a`b"'])
def test_the_reader_of_powershell_would_refuse_what_powershell_reads_otherwise(word: str) -> None:
    with pytest.raises(AssertionError):
        read_by_powershell(word)


@pytest.mark.parametrize("word", ["R&D", "(copie)", "a^b", "'a b'", '"C:\\"'])
def test_the_reader_of_cmd_would_refuse_what_cmd_reads_otherwise(word: str) -> None:
    with pytest.raises(AssertionError):
        read_by_cmd(word)


def same_name(name: str, seen: str) -> bool:
    """As Windows has it: a path that ends with two backslashes is the one that ends with one."""
    return seen == name or (seen.startswith(name) and PureWindowsPath(seen) == PureWindowsPath(name))


def read_by_cmd(word: str) -> str:
    """What a program is given: cmd leaves all between double quotes as it is, but for ``%NAME%``."""
    if not word.startswith('"'):
        assert not set(word) & set(" \t&|<>()^,;='\"%")
        return word
    assert '"' not in word[1:-1]
    return read_by_runtime(word)


def read_by_powershell(word: str) -> str:
    """What a program is given: the text that PowerShell makes of the word, in quotes where it holds a space."""
    if word.startswith('"'):
        text = word[1:-1]
        assert not re.search(r'["“”„`]|\$[\w{(:?^$]', text)
    elif word.startswith("'"):
        text, pairs = word[1:-1], r"(['‘’‚‛])\1"
        assert not re.search("['‘’‚‛]", re.sub(pairs, "", text))
        text = re.sub(pairs, r"\1", text)
    else:
        assert not set(word) & set(" \t&|<>();,'\"`$@#{}’‘“”")
        text = word
    return read_by_runtime(f'"{text}"') if " " in text else text


def read_by_runtime(quoted: str) -> str:
    """Backslashes before the closing quote count in pairs; one left over would make the quote a part of the text."""
    text = quoted[1:-1]
    backslashes = len(text) - len(text.rstrip("\\"))
    assert backslashes % 2 == 0
    return text[: len(text) - backslashes // 2]


@pytest.mark.parametrize(
    ("started", "python", "typed"),
    [
        ("bin/cvsheet", "", "cvsheet"),  # found by the shell
        ("project/.venv/bin/cvsheet", "", ".venv/bin/cvsheet"),
        ("else/bin/cvsheet", "", "{}/else/bin/cvsheet"),
        ("project/.venv/lib/cvsheet/__main__.py", "project/.venv/bin/python", ".venv/bin/python -m cvsheet"),
        ("else/lib/cvsheet/__main__.py", "bin/python3.11", "python3.11 -m cvsheet"),
    ],
)
def test_the_command_names_itself_as_it_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str, python: str, typed: str
) -> None:
    for name in ("bin/cvsheet", "bin/python3.11", "project/.venv/bin/cvsheet", "else/bin/cvsheet"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch(mode=0o755)
    link = tmp_path / "project" / ".venv" / "bin" / "python"  # of an environment: the interpreter that it was made with
    link.symlink_to(tmp_path / "bin" / "python3.11")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setattr(sys, "argv", [str(tmp_path / started)])
    monkeypatch.setattr(sys, "executable", str(tmp_path / python))
    assert own_command() == typed.format(tmp_path)
