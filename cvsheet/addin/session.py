"""Excel while a run lasts: progress in the status bar, and everything as it was afterwards, whatever happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import xlwings as xw

from cvsheet.text.french import typeset

Tell = Callable[[str], None]
"""Called with a French line that says what is going on."""
READING = "Lecture des retours"
QUIET = {"screen_updating": False, "calculation": "manual"}
"""What makes long writing fast; Excel on the web has no such switches, or answers for itself."""


@contextmanager
def busy(app: xw.App) -> Iterator[Tell]:
    """Work on `app`: the screen rests, the status bar speaks; all is put back at the end, after an error too."""
    former = {name: _switch(app, name, value) for name, value in QUIET.items()}
    try:
        yield lambda text: _say(app, f"cvsheet : {text}")
    finally:
        for name, value in former.items():
            if value is not None:
                with suppress(Exception):  # one switch that sticks must not leave the others off
                    setattr(app, name, value)
        _say(app, False)


def counted(tell: Tell, title: str) -> Callable[[int, int], None]:
    """A tick for the workflows that says ``Lecture des retours : 3 / 12``."""
    return lambda done, total: tell(f"{title} : {done} / {total}")


def show(app: xw.App, message: str, *, wrong: bool = False) -> None:
    """A dialog with `message`."""
    app.alert(message, title="cvsheet", mode="critical" if wrong else "info")


def _switch(app: xw.App, name: str, value: Any) -> Any:
    """Set a switch and return what it was, None where this Excel has no such switch."""
    try:
        former = getattr(app, name)
        setattr(app, name, value)
    except Exception:  # NotImplementedError on the web; COM refuses some without a visible workbook
        return None
    return former


def _say(app: xw.App, text: str | bool) -> None:
    with suppress(Exception):  # no status bar on the web
        app.status_bar = typeset(text) if isinstance(text, str) else text
