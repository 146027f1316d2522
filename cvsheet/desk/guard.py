"""Who may speak to the desk: this machine's browser that was given the key, from the desk's own pages, and nobody else.

As Jupyter's server does it: bound to 127.0.0.1, a random key in the address that is opened, then a cookie that no
script reads and no other site sends. The name that the browser asked for is looked at too, since another site's name
may lead to 127.0.0.1, and so is the page that a change comes from.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEGABYTE = 1_000_000
ENTRY = "/entrer"
READING = ("GET", "HEAD")
MOST_OF_A_FORM = 100_000  # bytes: fields only, no file
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without any, browsers send the Origin « null » with forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
REFUSED = (
    "Cette page est celle du bureau cvsheet de quelqu’un. Pour ouvrir le vôtre : double-clic sur « Bureau cvsheet » "
    "dans le dossier du contrat, ou la commande cvsheet bureau."
)
_WELCOME = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/">
<link rel="icon" href="/icone.svg"><title>Bureau cvsheet</title></head>
<body><p><a href="/">Ouvrir le bureau</a></p></body></html>
"""


@dataclass(slots=True)
class Door:
    """The keys of one start of the desk at `port`. The `first` key is in the address given to the browser, where other
    programs of this machine may see it: it opens once. The `spare` one is only shown to the person at the terminal."""

    port: int
    first: str = field(default_factory=secrets.token_urlsafe)
    spare: str = field(default_factory=secrets.token_urlsafe)
    session: str = field(default_factory=secrets.token_urlsafe)

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser may have typed."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def cookie(self) -> str:
        """Its name has the port, since all ports of a machine share their cookies."""
        return f"cvsheet-bureau-{self.port}"

    def address(self, key: str) -> str:
        """What to open."""
        return f"http://127.0.0.1:{self.port}{ENTRY}?cle={quote(key)}"

    def opens(self, key: str) -> bool:
        """Whether `key` is one of ours; the first one is worn out then."""
        if secrets.compare_digest(key.encode(), self.spare.encode()):
            return True
        if self.first and secrets.compare_digest(key.encode(), self.first.encode()):
            self.first = ""
            return True
        return False

    def knows(self, request: Request) -> bool:
        """Whether the browser was let in before."""
        return secrets.compare_digest(request.cookies.get(self.cookie, "").encode(), self.session.encode())


class TooLarge(Exception):
    """More was sent than the desk takes."""


class Guard:
    """Around `app`: nothing of it is reached but through the `door`, and `most` bytes are taken in at most by path
    (`MOST_OF_A_FORM` elsewhere)."""

    def __init__(self, app: ASGIApp, door: Door, most: Mapping[str, int]) -> None:
        self._app, self._door, self._most = app, door, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        request = Request(scope)
        answer = self._refusal(request) or self._entry(request)
        most = self._most.get(request.url.path, MOST_OF_A_FORM)
        if answer is None and int(request.headers.get("content-length", "0")) > most:
            answer = too_large()
        if answer is not None:
            await answer(scope, receive, _with_headers(send))
            return
        await self._app(scope, _counted(receive, most), _with_headers(send))

    def _refusal(self, request: Request) -> Response | None:
        """Why a request goes no further; None where it may."""
        length = request.headers.get("content-length", "0")
        if request.headers.getlist("host") not in ([host] for host in self._door.hosts):
            return PlainTextResponse(REFUSED, HTTPStatus.MISDIRECTED_REQUEST)
        if not (length.isascii() and length.isdigit()):
            return PlainTextResponse(REFUSED, HTTPStatus.BAD_REQUEST)
        if request.method not in READING and not self._from_our_page(request):
            return PlainTextResponse(REFUSED, HTTPStatus.FORBIDDEN)
        if request.url.path != ENTRY and not self._door.knows(request):
            return PlainTextResponse(REFUSED, HTTPStatus.FORBIDDEN)
        return None

    @staticmethod
    def _from_our_page(request: Request) -> bool:
        """Whether what asks for a change is a page of this very server: browsers say so, and no page can forge it."""
        return request.headers.get("origin") == f"http://{request.headers['host']}"

    def _entry(self, request: Request) -> Response | None:
        """The door itself: whoever has a key gets the cookie. A page, not a redirection: a browser that comes from
        elsewhere would not send the cookie that it was just given."""
        if request.url.path != ENTRY:
            return None
        if request.method != "GET" or not self._door.opens(request.query_params.get("cle", "")):
            if self._door.knows(request):  # the first address, opened again from the history
                return HTMLResponse(_WELCOME)
            return PlainTextResponse(REFUSED, HTTPStatus.FORBIDDEN)
        answer = HTMLResponse(_WELCOME)
        answer.set_cookie(self._door.cookie, self._door.session, httponly=True, samesite="strict", path="/")
        return answer


def too_large() -> Response:
    return PlainTextResponse("Trop gros : rien n’a été gardé.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _counted(receive: Receive, most: int) -> Receive:
    """`receive`, which stops once more than `most` bytes came, whatever was announced."""
    came = 0

    async def counting() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise TooLarge
        return message

    return counting


def _with_headers(send: Send) -> Send:
    """`send`, with what every answer says to the browser."""

    async def saying(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return saying
