"""Files out, whole or not at all: a failure or a kill leaves the former file as it was, and nothing of its own."""

from __future__ import annotations

from cvsheet.outputs.files import Seen, look, make_folder, refuse_read_only, seen_as, write_atomically
from cvsheet.outputs.folders import held_in, move_aside, replace_folder, replace_package
from cvsheet.outputs.names import dated_name, distinct_names
from cvsheet.outputs.scratch import scratch_folder, temporary_folder

__all__ = [
    "Seen",
    "dated_name",
    "distinct_names",
    "held_in",
    "look",
    "make_folder",
    "move_aside",
    "refuse_read_only",
    "replace_folder",
    "replace_package",
    "scratch_folder",
    "seen_as",
    "temporary_folder",
    "write_atomically",
]
