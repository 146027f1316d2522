"""How much one file may ask of the machine. Every reader below `open_grid` is bounded by these numbers.

They were chosen on 5,393 public spreadsheet files: none of them passes a limit unless it was made to. A file that
does is refused with a reason, before or while it is inflated, never after the memory is gone. How far apart cells
stand and how large a merged area is cost nothing: only what is filled is kept, and nobody walks over the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What a file may hold at most. Sizes are bytes; the sizes of parts are those after inflation."""

    file_size: int = 50 * MEGABYTE
    entries: int = 2_000  # files inside the zip
    total_size: int = 200 * MEGABYTE  # of all entries as declared, and again of all that is really read
    part_size: int = 150 * MEGABYTE  # of one part that is read
    ratio: int = 150  # inflated / compressed size of a part that is read...
    ratio_from: int = 1 * MEGABYTE  # ...looked at above this size only: small parts compress very well
    repeated: int = 10 * MEGABYTE  # style sheets are not judged by that ratio up to this size: Gnumeric's reach 171
    cells: int = 5_000_000  # cells in the file, whether or not they hold something
    filled: int = 1_000_000  # cells that hold something: they take 300 MB, more the longer their texts are
    merges: int = 100_000
    text_length: int = 32_767  # of one string: Excel's own limit
    repeats: int = 10_000  # ODS: how often one filled cell or row may be repeated


DEFAULT_LIMITS = FileLimits()
