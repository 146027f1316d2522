"""The report for programs: stable, versioned, described by `schemas/rapport.schema.json`; same inputs, same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from math import isfinite

from cvsheet.judging.engine.assessment import Assessment, Fate, Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.judging.engine.gestures import apart, told_together
from cvsheet.model.findings import Fact, Finding
from cvsheet.reports.grouping import counts_of, in_file_order

FORMAT, VERSION = "cvsheet-rapport", 1
_ACTING = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def json_report(assessment: Assessment) -> bytes:
    """The report as UTF-8 JSON. Characters that could act on a terminal or hide are escaped."""
    text = json.dumps(_document(assessment), ensure_ascii=False, indent=1, allow_nan=False)
    return (_ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n").encode()


def _document(assessment: Assessment) -> Mapping[str, object]:
    counts = counts_of(assessment)
    fates, companions = assessment.fates, assessment.companions
    return {
        "format": FORMAT,
        "version": VERSION,
        "summary": {
            "errors": counts.errors,
            "warnings": counts.warnings,
            "infos": counts.infos,
            "good_cells": counts.good_cells,
            "cells_set_aside": len(assessment.aside),
            "sentence": counts.sentence,
        },
        "files": [_file(assessment, one, fates[one.file], companions.get(one.file, ())) for one in assessment.received],
        "findings": [_finding(finding) for finding in in_file_order(assessment.findings)],
        "gestures": [_gesture(one) for one in told_together(in_file_order(assessment.findings)) if one.also],
        "skipped": [{"code": one.code, "file": one.file, "reason": one.reason} for one in assessment.skipped],
        "incidents": list(assessment.incidents),
    }


def _file(assessment: Assessment, received: Received, fate: Fate, others: Sequence[str]) -> Mapping[str, object]:
    """`others` are those of the same return that counts."""
    submission = received.submission
    identity = submission.identity if submission else None
    return {
        "file": received.file,
        "status": fate.value,
        "sha256": submission.sha256 if submission else None,
        "format": submission.format if submission else None,
        "contract": identity.contract if identity else None,
        "campaign": identity.campaign if identity else None,
        "partner": identity.partner if identity else None,
        "superseded_by": assessment.superseded.get(received.file),
        "joined_with": list(others),
        "refusal": received.refusal.reason.value if received.refusal else None,
    }


def _finding(finding: Finding) -> Mapping[str, object]:
    return _said(
        finding,
        cell=finding.place.cell,
        line=finding.line,
        partner=finding.partner,
        campaign=finding.campaign,
        facts={name: _plain(finding.facts[name]) for name in sorted(finding.facts)},
    )


def _gesture(finding: Finding) -> Mapping[str, object]:
    """What people see as one line: the same fault many times in a sheet."""
    cells = dict.fromkeys(one.place.cell for one in apart([finding]) if one.place.cell)
    return _said(finding, cells=list(cells))


def _said(finding: Finding, **more: object) -> Mapping[str, object]:
    """What the rule says, and `more` of where and of what."""
    rule = find_rule(finding.code)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        **more,
        "message": rule.fault(finding),
        "remedy": rule.advice(finding),
    }


def _plain(fact: Fact) -> Fact:
    return None if isinstance(fact, float) and not isfinite(fact) else fact
