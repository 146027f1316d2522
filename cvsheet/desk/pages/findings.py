"""*Constats*: all findings, filtered, and beside them the page of a rule."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from starlette.requests import Request

from cvsheet.desk.office import Office
from cvsheet.desk.pages import render, seen_in
from cvsheet.model.findings import Severity
from cvsheet.reports.filters import FindingFilter, matching
from cvsheet.reports.html_view import cited_rule, file_findings

FILTERS = {"partenaire": "partner", "pilier": "pillar", "severite": "severity", "regle": "code"}
"""The name in the address -> the field of the filter."""


def findings_page(office: Office, request: Request) -> str:
    """The findings that the filters leave; those of the current campaign, unless another one is asked for."""
    seen = seen_in(office)
    framework, query = seen.framework, request.query_params
    campaign = query.get("campagne")
    if campaign != "toutes":
        campaign = seen.campaign(campaign or None).code
    every = (seen.assessment if campaign == "toutes" else seen.contract.of_campaign(campaign, seen.assessment)).findings
    wanted = FindingFilter(**{field: query.get(name, "") for name, field in FILTERS.items()})
    found = matching(framework, every, wanted)
    codes = sorted({one.code for one in every})
    sheet = query.get("fiche", "") or wanted.code
    kept = {name: value for name, value in query.items() if name != "fiche" and value}
    return render(
        office,
        "findings.html",
        page="constats",
        campaigns=sorted(framework.campaigns, key=lambda one: one.end, reverse=True),
        chosen=campaign,
        wanted=wanted,
        files=file_findings(framework, found),
        counts=[(one, Counter(f.severity for f in found)[one]) for one in Severity],
        partners=[one for one in framework.partners if one.code in {f.partner for f in every}],
        pillars=framework.pillars,
        severities=[*Severity],
        rules=[cited_rule(code) for code in codes],
        sheet=cited_rule(sheet) if sheet in codes else None,
        address=f"/constats?{urlencode(kept)}",
        rule_address=f"/constats?{urlencode(kept)}&fiche=" if kept else "/constats?fiche=",
    )
