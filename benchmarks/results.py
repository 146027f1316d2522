"""What the benchmarks of one run found, as they are printed and as JSON with the machine and the versions it was on."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.large import ROOT

LIBRARIES = ("lxml", "msgspec", "pandas", "pandera", "numpy", "xlsxwriter", "openpyxl", "python-calamine", "pebble")
_found: list[dict[str, object]] = []


def record(line: str, **numbers: object) -> None:
    """Print `line`, and remember what it says."""
    print(line, flush=True)
    _found.append(numbers)


def write_results(path: Path) -> None:
    """All that was remembered, in JSON."""
    told = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **_machine(), "results": _found}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _machine() -> Mapping[str, object]:
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return {
        "commit": commit.stdout.strip(),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
        "machine": {
            "system": platform.platform(terse=True),
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        },
    }
