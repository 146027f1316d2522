"""Commands and options answer to French names, and what they propose can be pasted."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from cvsheet.cli.main import COMMANDS, cvsheet, execute
from cvsheet.cli.names import FRENCH, SHORTCUTS, plain

Captured = pytest.CaptureFixture[str]


def resolved(*words: str) -> list[str]:
    """The command that is meant, and what is left for it."""
    context = click.Context(cvsheet, token_normalize_func=plain)
    name, _, rest = cvsheet.resolve_command(context, [*words])
    return [str(name), *rest]


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.name not in ("audit", "excel", "schema")])
def test_every_command_has_a_french_name(command: click.Command) -> None:
    assert FRENCH[str(command.name)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("préparer", "generate"), ("preparer", "generate"), ("PRÉPARER", "generate"), ("contrôler", "validate"),
        ("consolider", "consolidate"), ("état", "status"), ("Etat", "status"), ("adopter", "adopt"),
        ("exporter", "export"), ("vérifier", "check"), ("créer", "init"), ("règles", "rules"), ("démo", "demo"),
        ("Generate", "generate"), ("schéma", "schema"),
    ],
)  # fmt: skip
def test_with_or_without_accents_in_any_case(typed: str, meant: str) -> None:
    assert resolved(typed) == [meant]


def test_two_names_stand_for_a_command_with_its_option() -> None:
    assert resolved("relancer", "-c", "2021") == ["status", "--relances", "-c", "2021"]
    assert resolved("Publier") == ["consolidate", "--diffusion"]


def test_an_accent_in_two_characters_is_the_same() -> None:
    assert resolved("pre\u0301parer") == ["generate"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_long_option_has_a_french_name(command: click.Command) -> None:
    known_in_both = {"--json", "--html", "--strict", "--diffusion", "--format", "--messages", "--port"}
    for option in (one for one in command.params if isinstance(one, click.Option)):
        long = [name for name in option.opts if name.startswith("--")]
        assert len(long) > 1 or set(long) <= known_in_both, long


@pytest.mark.parametrize(
    "options",
    [["--campagne", "x"], ["--Campagne", "x"], ["--dossier", "nulle-part"], ["--aperçu", "--dossier", "nulle-part"],
     ["--apercu", "-C", "nulle-part"]],
)  # fmt: skip
def test_options_answer_too(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert execute(["adopter", *options]) == 2
    said = capsys.readouterr().err
    assert "L’option" not in said


def test_the_campaign_and_the_folder_keep_their_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert execute(["status", "-C", "nulle-part"]) == 2
    assert "« nulle-part » n’existe pas" in capsys.readouterr().err.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "hint"), [("prepare", "generate"), ("genrate", "generate"), ("relance", "relancer"), ("zzz", "")]
)
def test_a_name_that_is_none_is_answered_with_the_nearest(typed: str, hint: str, capsys: Captured) -> None:
    assert execute([typed]) == 2
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert f"La commande « {typed} » n’existe pas." in said
    assert (f"« {hint} »" in said) if hint else ("Vouliez-vous" not in said)


def test_help_shows_both(capsys: Captured) -> None:
    assert execute(["--aide"]) == 0
    shown = capsys.readouterr().out
    assert all(f"{name}, {names[0]}" in shown for name, names in FRENCH.items() if name in cvsheet.commands)
    assert all(f"{name} = {' '.join(words)}" in " ".join(shown.split()) for name, words in SHORTCUTS.items())
    assert execute(["préparer", "--help"]) == 0
    assert "--campaign, --campagne CODE" in " ".join(capsys.readouterr().out.split())


def test_what_is_proposed_can_be_pasted_where_it_was_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """From the last line of one command to the next, from a folder above, with a space, an apostrophe and a colon."""
    monkeypatch.chdir(tmp_path)
    command = ["init", "Contrat d'été : essai ; 2"]
    for wanted in ("check", "generate", "generate", "validate"):
        execute(command)
        said = "".join(capsys.readouterr()).rstrip("\n").splitlines()[-1]
        command = shlex.split(said[said.rindex("cvsheet ") :].replace("\u202f", "?"))[1:]
        assert (command[0], command[-1] if "-C" not in command else "") == (wanted, ""), said
        assert Path(command[command.index("-C") + 1]).is_dir()
