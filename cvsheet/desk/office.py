"""What all pages share while the desk is open: the folder, what lies there, the jobs, the files, the door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import cvsheet
from cvsheet.desk.actions import ACTIONS, Asked, Work
from cvsheet.desk.follower import Follower
from cvsheet.desk.guard import Door
from cvsheet.desk.jobs import Done, Jobs, Running, TellStage
from cvsheet.desk.opening import open_for_person
from cvsheet.desk.shelf import Shelf


@dataclass
class Office:
    """One open desk. `close` ends it; `open_file` shows a file in the program that it belongs to."""

    root: Path
    door: Door
    close: Callable[[], None] = lambda: None
    open_file: Callable[[Path], None] = open_for_person
    follower: Follower = field(init=False)
    jobs: Jobs = field(init=False)
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        self.follower = Follower(self.root)
        self.jobs = Jobs(after=self.follower.look_again)
        self.shelf = Shelf(self.root)

    @property
    def state(self) -> str:
        """Changes whenever a page is to be shown anew."""
        return str(self.follower.version)

    def start(self, name: str, asked: Asked) -> Running | None:
        """Begin the action called `name`; None where another job still runs, KeyError where there is none."""
        action = ACTIONS[name]

        def doing(tell: TellStage) -> Done:
            contract = cvsheet.open_contract(self.root, jobs=0, keep=True)
            return action.run(Work(contract, asked, tell, self.shelf.shown))

        return self.jobs.start(action.title, doing)
