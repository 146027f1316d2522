"""The message of a correction: a draft, in French, that nothing from outside can bend."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvsheet.model.findings import Finding, Place, Severity
from cvsheet.model.framework import ContractSettings, Framework, Partner
from cvsheet.model.submission import Identity
from cvsheet.reports.draft import Attachment, attachment_name, draft
from cvsheet.reports.message import correction_message
from tests.correction.test_nothing_lost import HOSTILE
from tests.examples import examples
from tests.partner.conftest import MESSAGE_END
from tests.words import body_of, parsed

WORKBOOK = Attachment("élan_correction.xlsx", b"PK\x03\x04 not really a workbook")
ERROR = Finding("VAL-007", Severity.ERROR, Place("", "Emploi", "K12"), "E-I1.M1", facts={"typed": "env. 20"})
WARNING = Finding("VAL-019", Severity.WARNING, Place("", "Emploi", "K14"), "E-I2.M3")
HEADERS = ["From", "Subject", "To", "X-Unsent", "MIME-Version", "Content-Type"]


def message(framework: Framework, *findings: Finding, received: str = "retour.xlsx") -> bytes:
    return correction_message(framework, Identity("test", "2021", "A"), received, findings or (ERROR,), WORKBOOK)


def test_it_says_what_is_blocking_first_then_what_to_confirm(small: Framework) -> None:
    assert body_of(message(small, WARNING, ERROR)).splitlines() == [
        "Bonjour,",
        "",
        "Merci pour votre envoi « retour.xlsx » (Bilan 2021). Il reste 1 correction à apporter pour que tout entre "
        "dans les totaux, et 1 point à confirmer.",
        "",
        "À corriger :",
        "- Emploi K12 (Mesure E-I1.M1) : « env. 20 » est une valeur approchée. Saisissez le nombre seul et notez "
        "« estimation » en commentaire, ou saisissez nd.",
        "",
        "À confirmer :",
        "- Emploi K14 (Mesure E-I2.M3) : « nd » sans explication. Dites en commentaire pourquoi la donnée manque et "
        "quand elle sera disponible.",
        "",
        "Tout est dans le classeur joint, avec vos réponses : ouvrez la feuille « À corriger », suivez les liens vers "
        "les cellules colorées, enregistrez, puis renvoyez ce classeur en réponse à ce message.",
        "",
        "Merci de le renvoyer pour le 28/02/2022, ou dès que possible si cette date est passée.",
        *MESSAGE_END,
    ]


def test_it_opens_as_a_draft_with_the_workbook_attached(small: Framework) -> None:
    content = message(small)
    found = parsed(content)
    (attached,) = found.iter_attachments()
    assert found.keys() == HEADERS
    assert (found["X-Unsent"], found["Subject"]) == ("1", "Contrat d’essai – Bilan 2021 : 1 correction à apporter")
    assert (attached.get_filename(), attached.get_content()) == ("elan_correction.xlsx", WORKBOOK.content)
    assert attached.get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("known", "recipient"),
    [
        ("", ""),
        ("contact@elan.example", "contact@elan.example"),
        ("a@elan.example ; b@elan.example", "a@elan.example, b@elan.example"),
        ("Léa <lea@elan.example>", "lea@elan.example"),
        ("a@elan.example/b@elan.example, b@elan.example", "a@elan.example, b@elan.example"),
        ('"Dupont, Léa" <lea@elan.example> / b@elan.example', "lea@elan.example, b@elan.example"),
        ("éric@elan.example", ""),
        ("à demander", ""),
        ("x@y.z\nBcc: a@b.c", "x@y.z, a@b.c"),
    ],
)
def test_the_recipient_is_the_partner_where_its_address_is_known(small: Framework, known: str, recipient: str) -> None:
    partners = tuple(replace(one, email=known) if one.code == "A" else one for one in small.partners)
    found = parsed(message(replace(small, partners=partners)))
    assert (found["To"], found.keys()) == (recipient, HEADERS)


def test_it_is_short_whatever_there_is_to_say(small: Framework) -> None:
    many = [replace(ERROR, place=Place("", "Emploi", f"K{row}")) for row in range(12, 60)]
    codes = ("VAL-002", "VAL-003", "VAL-004", "VAL-005", "VAL-006", "VAL-008", "VAL-009")
    others = [replace(ERROR, code=code, place=Place("", "Emploi", "K9")) for code in codes]
    words = body_of(message(small, *many, *others))
    assert "- … et 3 autres points dans le classeur joint." in words
    assert len(words.splitlines()) < 25
    assert "De même 47 fois dans cette feuille : K13:K59." in body_of(message(small, *many))
    some = [replace(one, place=Place("", f"Emploi {rank}", "K1")) for rank, one in enumerate(many)]
    named = ", ".join(f"Emploi {rank} K1 (Mesure E-I1.M1)" for rank in range(4))
    assert f"{named} et 44 autres : " in body_of(message(small, *some))


def test_the_same_inputs_give_the_same_bytes(small: Framework) -> None:
    assert message(small) == message(small)


@given(st.lists(st.text("aé–’:3", min_size=1, max_size=12), min_size=1, max_size=11).map(" ".join))
def test_no_space_of_a_subject_is_lost_where_it_is_folded(subject: str) -> None:
    contract = ContractSettings("test", "Contrat", date(2020, 1, 1), date(2024, 12, 31))
    found = parsed(draft(contract, Partner("A", "A"), subject, ["Bonjour"], WORKBOOK))["Subject"]
    assert found == subject


@examples(60)
@given(hostile=HOSTILE, where=st.sampled_from(["typed", "file", "sheet", "campaign", "contract", "attachment"]))
def test_no_text_becomes_a_header_or_a_part(hostile: str, where: str, small: Framework) -> None:
    framework, finding, received, workbook = small, ERROR, "retour.xlsx", WORKBOOK
    if where == "typed":
        finding = replace(ERROR, facts={"typed": hostile})
    elif where == "file":
        received = hostile
    elif where == "sheet":
        finding = replace(ERROR, place=Place("", hostile, "K1"))
    elif where == "campaign":
        campaigns = tuple(replace(one, title=hostile) for one in small.campaigns)
        framework = replace(small, campaigns=campaigns)
    elif where == "contract":
        framework = replace(small, contract=replace(small.contract, name=hostile, coordinator=hostile))
    else:
        workbook = Attachment(hostile, b"PK")
    found = parsed(correction_message(framework, Identity("test", "2021", "A"), received, (finding,), workbook))
    assert found.keys() == HEADERS
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/mixed",
        "text/plain",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    assert found.defects == []


@given(HOSTILE)
def test_the_name_of_the_attachment_is_plain(name: str) -> None:
    assert set(attachment_name(name)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._()-")
