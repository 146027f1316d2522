"""What writes in a contract folder does so in its turn: commands, the desk and programs at once lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from cvsheet.api.opened import Opened

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_Of = TypeVar("_Of", bound="Opened")


def in_turn(
    method: Callable[Concatenate[_Of, _Given], _Made],
) -> Callable[Concatenate[_Of, _Given], _Made]:
    """`method` of a contract, waiting while another process or thread writes in its folder."""

    @wraps(method)
    def alone(contract: _Of, /, *given: _Given.args, **named: _Given.kwargs) -> _Made:
        from cvsheet.files.atomic import own_turn

        with own_turn(contract.folder.root):
            return method(contract, *given, **named)

    return alone
