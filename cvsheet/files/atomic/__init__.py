"""Files out, whole or not at all: a failure or a kill leaves the former file as it was, and nothing of its own."""

from __future__ import annotations

from cvsheet.files.atomic.arriving import put_new
from cvsheet.files.atomic.files import Digest, look, make_folder, refuse_held, seen_as, write_atomically
from cvsheet.files.atomic.folders import held_in, move_aside, replace_folder, replace_package
from cvsheet.files.atomic.names import dated_name, distinct_names, safe_stem
from cvsheet.files.atomic.scratch import ScratchFile, scratch_folder, temporary_folder
from cvsheet.files.atomic.soundness import refuse_unsound, write_workbook
from cvsheet.files.atomic.staged_folder import Staging, staging
from cvsheet.files.atomic.turns import own_turn

__all__ = [
    "Digest",
    "ScratchFile",
    "Staging",
    "dated_name",
    "distinct_names",
    "held_in",
    "look",
    "make_folder",
    "move_aside",
    "own_turn",
    "put_new",
    "refuse_held",
    "refuse_unsound",
    "replace_folder",
    "replace_package",
    "safe_stem",
    "scratch_folder",
    "seen_as",
    "staging",
    "temporary_folder",
    "write_atomically",
    "write_workbook",
]
