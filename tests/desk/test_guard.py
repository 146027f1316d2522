"""Nobody but the person at this machine, from the desk's own pages, reaches it: each way in is tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cvsheet.desk.app import desk_app
from cvsheet.desk.guard import HEADERS, MOST_OF_A_FORM, Door
from cvsheet.desk.office import Office
from cvsheet.desk.shelf import Shelf
from tests.desk.conftest import PORT, Browser

HERE = f"127.0.0.1:{PORT}"


@pytest.fixture
def quiet(tmp_path: Path) -> Office:
    """A desk that follows nothing: its guard is all that is looked at."""
    return Office(tmp_path, Door(PORT))


def stranger(desk: Office) -> TestClient:
    return TestClient(desk_app(desk), base_url=f"http://{HERE}", follow_redirects=False)


@pytest.mark.parametrize("path", ["/", "/campagne", "/etat", "/desk.js", "/fichiers/x", "/nowhere"])
def test_without_the_key_nothing_is_shown(quiet: Office, path: str) -> None:
    answer = stranger(quiet).get(path)
    assert (answer.status_code, answer.text.count("cvsheet bureau")) == (403, 1)
    assert quiet.root.name not in answer.text


@pytest.mark.parametrize("key", ["", "x", "cle", "é", "0" * 43])
def test_another_key_opens_nothing(quiet: Office, key: str) -> None:
    answer = stranger(quiet).get("/entrer", params={"cle": key})
    assert (answer.status_code, answer.cookies) == (403, {})


def test_the_first_key_opens_once_and_the_spare_one_again(quiet: Office) -> None:
    first, spare = quiet.door.address(quiet.door.first), quiet.door.address(quiet.door.spare)
    assert [stranger(quiet).get(url).status_code for url in (first, first, spare, spare)] == [200, 403, 200, 200]


def test_who_was_let_in_may_open_the_first_address_again(quiet: Office) -> None:
    browser = stranger(quiet)
    first = quiet.door.address(quiet.door.first)
    assert [browser.get(first).status_code for _ in range(2)] == [200, 200]


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(quiet: Office) -> None:
    said = stranger(quiet).get(quiet.door.address(quiet.door.first)).headers["set-cookie"]
    name, *parts = said.split("; ")
    assert name == f"cvsheet-bureau-{PORT}={quiet.door.session}"
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {*parts}


def test_every_start_has_keys_of_its_own() -> None:
    one, other = Door(PORT), Door(PORT)
    assert len({one.first, one.spare, one.session, other.first, other.spare, other.session}) == 6


@pytest.mark.parametrize("host", [f"localhost:{PORT}", HERE])
def test_the_names_of_this_machine_are_good(quiet: Office, host: str) -> None:
    browser = Browser(quiet)
    browser.headers.update({"Host": host})
    assert browser.get("/etat").status_code == 200


@pytest.mark.parametrize("host", ["exemple.test", f"exemple.test:{PORT}", "127.0.0.1", "127.0.0.1:8471", "localhost."])
def test_another_name_that_leads_here_is_refused(quiet: Office, host: str) -> None:
    """As of a site whose name was made to lead to 127.0.0.1."""
    browser = Browser(quiet)
    browser.headers.update({"Host": host})
    assert browser.get("/etat").status_code == 421


@pytest.mark.parametrize("origin", ["http://exemple.test", "null", f"https://{HERE}", "http://127.0.0.1:8471", ""])
def test_a_change_asked_for_by_another_page_is_refused(quiet: Office, origin: str) -> None:
    browser = Browser(quiet)
    browser.headers.update({"Origin": origin})
    assert browser.post("/actions/verifier").status_code == 403
    assert quiet.jobs.latest is None


def test_a_change_of_which_nobody_says_where_it_comes_from_is_refused(quiet: Office) -> None:
    browser = Browser(quiet)
    del browser.headers["Origin"]
    assert browser.post("/actions/verifier").status_code == 403


@pytest.mark.parametrize("path", ["/actions/verifier", "/fermer", "/ouvrir/x"])
def test_a_link_changes_nothing(quiet: Office, path: str) -> None:
    assert Browser(quiet).get(path).status_code == 405


def test_every_answer_says_what_the_browser_may_do(quiet: Office) -> None:
    browser = Browser(quiet)
    answers = [browser.get("/etat"), browser.get("/nowhere"), browser.post("/actions/none"), stranger(quiet).get("/")]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_the_policy_allows_the_desk_s_own_scripts_and_styles_only() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {value for name, value in policy.items() if name not in ("default-src", "base-uri", "frame-ancestors")} == {
        "'self'"
    }


@pytest.mark.parametrize("announced", [True, False])
def test_a_form_that_is_too_large_is_not_read(quiet: Office, announced: bool) -> None:
    body = b"campagne=" + b"x" * MOST_OF_A_FORM
    content = body if announced else iter([body[:50_000], body[50_000:]])
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert Browser(quiet).post("/actions/verifier", content=content, headers=kind).status_code == 413
    assert quiet.jobs.latest is None


@pytest.mark.parametrize("length", ["-1", "x", "²"])
def test_a_length_that_is_no_number_is_refused(quiet: Office, length: str) -> None:
    answer = Browser(quiet).get("/etat", headers={"Content-Length": length.encode()})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path", ["x", "..%2Fcontrat.xlsx", "%2Fetc%2Fhostname", "contrat.xlsx", "%2e%2e%2fcontrat.xlsx", ""]
)
def test_no_path_of_a_request_reaches_the_disk(quiet: Office, path: str) -> None:
    (quiet.root / "contrat.xlsx").write_bytes(b"secret")
    answer = Browser(quiet).get(f"/fichiers/{path}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_file_is_given_under_its_number_as_an_attachment(quiet: Office) -> None:
    made = quiet.root / "maître « 1 ».xlsx"
    made.write_bytes(b"PK")
    answer = Browser(quiet).get(f"/fichiers/{quiet.shelf.put(made)}")
    assert (answer.content, answer.headers["content-type"]) == (b"PK", "application/octet-stream")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''ma%C3%AEtre")


def test_what_leads_out_of_the_folder_or_is_gone_is_not_given(tmp_path: Path) -> None:
    inside, outside = tmp_path / "contrat", tmp_path / "ailleurs.txt"
    inside.mkdir()
    outside.write_text("secret")
    (inside / "lien.txt").symlink_to(outside)
    shelf = Shelf(inside)
    assert [shelf.find(shelf.put(inside / name)) for name in ("lien.txt", "../ailleurs.txt", "gone.txt")] == [None] * 3
