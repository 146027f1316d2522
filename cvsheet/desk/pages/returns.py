"""*Retours*: what came in, each file judged and shown by cause, the latest first; and where files are dropped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from cvsheet.desk.follower import FolderView
from cvsheet.desk.office import Office
from cvsheet.desk.pages import render, seen_in
from cvsheet.judging.engine.assessment import Assessment, Fate
from cvsheet.reports.html_view import FileFindings, file_findings
from cvsheet.reports.receipt import Receipt, receipts_of

FATES = {
    Fate.SUPERSEDED: ("Remplacé", "missing"),
    Fate.LEFT_OUT: ("Non pris en compte", "error"),
    Fate.REFUSED: ("Refusé", "error"),
    Fate.IGNORED: ("Laissé de côté", "missing"),
    Fate.INCIDENT: ("Non lu", "error"),
}
GOOD, TO_CONFIRM, TO_CORRECT = ("Bon", "good"), ("À confirmer", "warning"), ("À corriger", "error")


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that came, as the page shows it: its `badge` and the colour that goes with it, what is said of it.
    `corrected`: a correction can be made of it."""

    receipt: Receipt
    path: Path
    name: str
    campaign: str
    badge: str
    kind: str
    came: float
    findings: FileFindings | None
    corrected: bool


def returns_page(office: Office, request: Request) -> str:
    """The files of the campaign that is asked for, by default the current one, and those of no known campaign."""
    seen = seen_in(office)
    contract = seen.contract
    code = request.query_params.get("campagne")
    if code != "toutes":
        code = seen.campaign(code or None).code
    shown = seen.assessment if code == "toutes" else contract.of_campaign(code, seen.assessment)
    files = returned_files(seen, shown)
    return render(
        office,
        "returns.html",
        page="retours",
        campaigns=sorted(seen.framework.campaigns, key=lambda one: one.end, reverse=True),
        chosen=code,
        files=files[:MOST_SHOWN],
        others=max(0, len(files) - MOST_SHOWN),
        received=shown.files_received,
        counted=len(shown.counted_files),
        copying=seen.round.waiting,
        incidents=shown.incidents,
        most=MOST,
    )


MOST = 50_000_000  # bytes of one file
MOST_SHOWN = 200  # files; *Constats* has all that is said


def returned_files(seen: FolderView, shown: Assessment) -> list[ReturnedFile]:
    """Each file of `shown`, the latest in the folder first."""
    said = {one.file: one for one in file_findings(seen.framework, shown.findings)}
    whose = {one.file: one.submission.identity for one in shown.received if one.submission is not None}
    counted = shown.counted_files
    fates = shown.fates
    found = []
    for receipt in receipts_of(shown):
        findings, identity = said.get(receipt.file), whose.get(receipt.file)
        badge, kind = _badge(fates[receipt.file], findings)
        path = seen.contract.folder.root / receipt.file
        name = seen.framework.partner_name(identity.partner) if identity else ""
        corrected = receipt.file in counted and findings is not None and bool(findings.groups)
        campaign = identity.campaign if identity else ""
        found.append(ReturnedFile(receipt, path, name, campaign, badge, kind, _came(path), findings, corrected))
    return sorted(found, key=lambda one: -one.came)


def _badge(fate: Fate, findings: FileFindings | None) -> tuple[str, str]:
    if fate is not Fate.COUNTED:
        return FATES[fate]
    severities = [group.word for group in findings.groups] if findings else []
    return TO_CORRECT if "Erreur" in severities else TO_CONFIRM if severities else GOOD


def _came(path: Path) -> float:
    """When it came into the folder, as far as the disk tells: a copy keeps the time at which it was saved elsewhere."""
    try:
        state = path.stat()
    except OSError:
        return 0.0
    return max(state.st_mtime, state.st_ctime)
