"""The addresses of the desk, and what answers at each: a page, a change, a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from cvsheet.desk.actions import ACTIONS, Asked
from cvsheet.desk.guard import MEGABYTE, Guard, TooLarge, too_large
from cvsheet.desk.office import Office
from cvsheet.desk.pages import render
from cvsheet.desk.pages.campaign import campaign_page
from cvsheet.desk.pages.contributions import contributions_page
from cvsheet.desk.pages.decisions import decisions_page
from cvsheet.desk.pages.findings import findings_page
from cvsheet.desk.pages.follow_up import follow_up_page
from cvsheet.desk.pages.returns import returns_page
from cvsheet.desk.returned import corrected, dropped
from cvsheet.desk.wording import for_the_desk
from cvsheet.errors import CvsheetError, WithoutReturns, what_stopped

DROPPING = "/retours/deposer"
MOST_UPLOADED = 200 * MEGABYTE  # of all files dropped at once
MOST_FILES = 200
NOT_TAKEN = f"Rien n’a été gardé : déposez au plus {MOST_FILES} fichiers à la fois."
STYLES = (
    ("cvsheet.reports", "templates/page.css"),
    ("cvsheet.reports", "templates/report.css"),
    ("cvsheet.reports", "templates/chart.css"),
    ("cvsheet.desk", "static/desk.css"),
)
Page = Callable[[Office, Request], str]


def desk_app(office: Office) -> ASGIApp:
    """The desk as a web application, behind its guard."""

    def shown(page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(_shown, office, page, request)

        return answer

    app = Starlette(
        routes=[
            Route("/", lambda request: RedirectResponse("/campagne", HTTPStatus.SEE_OTHER)),
            Route("/campagne", shown(campaign_page)),
            Route("/retours", shown(returns_page)),
            Route(DROPPING, _drop, methods=["POST"]),
            Route("/retours/{identifier}/{what}", _correct, methods=["POST"]),
            Route("/constats", shown(findings_page)),
            Route("/suivi", shown(follow_up_page)),
            Route("/contributions", shown(contributions_page)),
            Route("/a-decider", shown(decisions_page)),
            Route("/travail", shown(lambda office, request: render(office, "job.html"))),
            Route("/etat", _state),
            Route("/actions/{name}", _act, methods=["POST"]),
            Route("/fichiers/{identifier}", _file),
            Route("/ouvrir/{identifier}", _open, methods=["POST"]),
            Route("/fermer", _close, methods=["POST"]),
            Route("/desk.css", _styles),
            Route("/desk.js", _script),
            Route("/icone.svg", _icon),
        ],
        exception_handlers={HTTPException: _unfound, TooLarge: _too_large, Exception: _failed},
    )
    app.state.office = office
    return Guard(app, office.door, {DROPPING: MOST_UPLOADED})


def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    return office


def _shown(office: Office, page: Page, request: Request) -> Response:
    """A page; where it cannot be made, why, and the desk stays usable."""
    try:
        return HTMLResponse(page(office, request))
    except WithoutReturns as error:
        return HTMLResponse(render(office, "nothing_yet.html", page=request.url.path.strip("/"), of=error.received))
    except Exception as error:
        return _trouble(request, what_stopped(error), HTTPStatus.OK)


def _trouble(request: Request, why: str, status: int) -> Response:
    """A page that says `why` something cannot be; only the sentence, for the desk's script."""
    if _from_script(request):
        return PlainTextResponse(for_the_desk(why.removeprefix("Erreur : ")), status)
    return HTMLResponse(render(_office(request), "trouble.html", why=why), status)


def _from_script(request: Request) -> bool:
    return request.headers.get("accept") == "application/json"


async def _unfound(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    gone = error.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
    why = "Cette page n’existe pas, ou plus." if gone else "Cette demande n’a pas été comprise : rien n’a été fait."
    return _trouble(request, why, error.status_code)


async def _too_large(request: Request, error: Exception) -> Response:
    return too_large()


async def _failed(request: Request, error: Exception) -> Response:
    return _trouble(request, what_stopped(error), HTTPStatus.INTERNAL_SERVER_ERROR)


async def _state(request: Request) -> Response:
    """What open pages ask every second: whether something else is to be shown."""
    office = _office(request)
    job = office.jobs.latest
    return JSONResponse({"pages": office.state, "job": job.state if job else "", "busy": office.jobs.busy})


async def _act(request: Request) -> Response:
    """Begin an action, or say why not."""
    office, name = _office(request), request.path_params["name"]
    if name not in ACTIONS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    async with request.form(max_files=0, max_fields=200) as form:
        words = {key: [str(value) for value in form.getlist(key)] for key in form}
    asked = _asked(words)
    if not ACTIONS[name].offers(asked.choice):
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    if office.start(name, asked) is None:
        why = "Un autre travail est en cours : attendez qu’il finisse, puis recommencez."
        return _trouble(request, why, HTTPStatus.CONFLICT)
    query = urlencode([("campagne", code) for code in words.get("campagne", []) if code])
    return RedirectResponse(f"/campagne?{query}", HTTPStatus.SEE_OTHER)


def _asked(words: dict[str, list[str]]) -> Asked:
    def first(name: str) -> str:
        return words.get(name, [""])[0].strip()

    return Asked(
        campaign=first("campagne") or None,
        partners=tuple(filter(None, words.get("partenaire", []))),
        before=first("avant"),
        going_on=bool(first("sans-date")),
        choice=first("choix"),
    )


async def _drop(request: Request) -> Response:
    """Keep the files that were dropped: their names, for the script; the page, for who has none."""
    office = _office(request)
    try:
        async with request.form(max_files=MOST_FILES, max_fields=1) as form:
            sent = [one for one in form.getlist("fichiers") if isinstance(one, UploadFile) and one.filename]
            kept = [await run_in_threadpool(dropped, office, str(one.filename), one.file) for one in sent]
    except HTTPException:  # no form, or one with more files
        return _trouble(request, NOT_TAKEN, HTTPStatus.BAD_REQUEST)
    except CvsheetError as error:
        return _trouble(request, what_stopped(error), HTTPStatus.BAD_REQUEST)
    if _from_script(request):
        return JSONResponse({"kept": kept})
    return RedirectResponse("/retours", HTTPStatus.SEE_OTHER)


async def _correct(request: Request) -> Response:
    """The correction of a returned file, or the message that goes with it, made now and handed over."""
    office, what = _office(request), request.path_params["what"]
    path = office.shelf.find(request.path_params["identifier"])
    if path is None or what not in ("correction", "message"):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        made = await run_in_threadpool(corrected, office, path)
    except CvsheetError as error:
        return _trouble(request, what_stopped(error), HTTPStatus.CONFLICT)
    return _attached(made.workbook if what == "correction" else made.message)


def _attached(path: Path) -> Response:
    return FileResponse(path, media_type="application/octet-stream", filename=path.name)


async def _file(request: Request) -> Response:
    path = _office(request).shelf.find(request.path_params["identifier"])
    if path is None or not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return _attached(path)


async def _open(request: Request) -> Response:
    office = _office(request)
    path = office.shelf.find(request.path_params["identifier"])
    if path is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        await run_in_threadpool(office.open_file, path)
    except CvsheetError as error:
        return _trouble(request, what_stopped(error), HTTPStatus.OK)
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _close(request: Request) -> Response:
    office = _office(request)
    if office.jobs.busy:
        why = "Un travail est en cours : attendez qu’il finisse, puis fermez le bureau."
        return _trouble(request, why, HTTPStatus.CONFLICT)
    page = render(office, "closed.html")
    office.close()
    return HTMLResponse(page)


async def _styles(request: Request) -> Response:
    return Response("\n".join(_text(*one) for one in STYLES), media_type="text/css")


async def _script(request: Request) -> Response:
    return Response(_text("cvsheet.desk", "static/desk.js"), media_type="text/javascript")


async def _icon(request: Request) -> Response:
    return Response(_text("cvsheet.desk", "static/icon.svg"), media_type="image/svg+xml")


def _text(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
