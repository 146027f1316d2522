"""The desk started and stopped: on this machine only, at the first free port, until it is closed."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from cvsheet.desk.app import desk_app
from cvsheet.desk.guard import Door
from cvsheet.desk.office import Office
from cvsheet.errors import CvsheetError

HOME = "127.0.0.1"
PORT = 8470
HOW = "Cette adresse ne vaut que sur ce poste. Pour finir : « Fermer le bureau » dans la page, ou Ctrl+C ici."
TRIED = 50  # ports, from the one that is asked for


@dataclass(frozen=True, slots=True)
class Opening:
    """How the desk is to be opened: at which `port` first, with the browser or not; `say` prints a line."""

    port: int = PORT
    browser: bool = True
    say: Callable[[str], None] = print


def run_desk(root: Path, opening: Opening) -> None:
    """Open the desk of the contract folder `root`, and return once it is closed, by its button or Ctrl+C."""
    with free_socket(opening.port) as listening:
        door = Door(port=listening.getsockname()[1])
        office = Office(root, door)
        server = uvicorn.Server(_settings(office))

        def close() -> None:
            server.should_exit = True

        office.close = close
        office.follower.start()
        opening.say(f"Bureau ouvert : {door.address(door.spare)}")
        opening.say(HOW)
        if opening.browser:  # beside: a browser in the terminal returns only once it is closed
            threading.Thread(target=webbrowser.open, args=(door.address(door.first),), daemon=True).start()
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            pass
        finally:
            office.follower.stop()
    opening.say("Bureau fermé.")


def free_socket(port: int) -> socket.socket:
    """A socket that listens on this machine only, at `port` or the next free one; CvsheetError where none is."""
    for chosen in range(port, min(port + TRIED, 65_536)):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)  # Windows lets two programs share a port otherwise
        if exclusive is not None:
            found.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        try:
            found.bind((HOME, chosen))
            found.listen()
        except OSError:
            found.close()
            continue
        return found
    raise CvsheetError(f"Aucun port libre à partir de {port} : donnez-en un autre, par exemple --port {port + 1000}.")


def _settings(office: Office) -> uvicorn.Config:
    return uvicorn.Config(
        desk_app(office),
        log_level="error",
        access_log=False,
        ws="none",
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
