"""The files that came and count for nobody: why, and from whom they are as far as their names tell.

A name is no identity: nothing is read on the strength of it. It only spares the coordinator a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from cvsheet.errors import Refusal
from cvsheet.framework import Framework
from cvsheet.french import typeset
from cvsheet.identity import file_stem
from cvsheet.rules.assessment import Assessment, Ignored, Received
from cvsheet.rules.catalogue import find_rule

_SHORTEST = 2  # letters of a partner's code that may be looked for among the words of a file name
_CRASHED = typeset("cvsheet n’a pas su le lire.")


@dataclass(frozen=True, slots=True)
class UnusableFile:
    """One file, and why it does not count; `opened` where it is a workbook. `campaign` and `partner` are empty where
    its name does not tell them."""

    file: str
    fault: str
    opened: bool
    campaign: str = ""
    partner: str = ""


def unusable_files(framework: Framework, assessment: Assessment) -> tuple[UnusableFile, ...]:
    """The files received that are neither used nor replaced by one that is. What nobody sent is not among them: the
    traces of programs, and other documents that do not bear the name of a partner."""
    used = {one.file for one in assessment.current} | {*assessment.superseded}
    faults = {finding.place.file: find_rule(finding.code).fault(finding) for finding in reversed(assessment.findings)}
    found = []
    for one in assessment.received:
        if one.file in used or _is_trace(one):
            continue
        campaign, partner = told_by_name(framework, one.file)
        if partner or one.ignored is None:
            opened = one.submission is not None
            found.append(UnusableFile(one.file, faults.get(one.file, _CRASHED), opened, campaign, partner))
    return tuple(found)


def told_by_name(framework: Framework, file: str) -> tuple[str, str]:
    """The campaign and the partner that the path `file` names, each empty where it names none or several.

    The name under which cvsheet makes a workbook tells both, whatever was added before or behind. Else the campaign is
    told by a word of the path, the partner by a word of the name, which must be in a folder or file of a campaign.
    """
    name = PurePosixPath(file).stem
    stems = {
        file_stem(framework.contract.code, campaign.code, partner.code): (campaign.code, partner.code)
        for campaign in framework.campaigns
        for partner in framework.partners
    }
    stem = _only_word(stems, name)
    if stem:
        return stems[stem]
    campaign = _only_word(framework.campaign, name) or _only_word(framework.campaign, str(PurePosixPath(file).parent))
    partners = [code for code in framework.partner if len(code) >= _SHORTEST]
    return campaign, _only_word(partners, name) if campaign else ""


def _only_word(words: Iterable[str], text: str) -> str:
    """The one of `words` that stands in `text`, whatever its case; the longer where one holds another."""
    found = [word for word in words if re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text, re.IGNORECASE)]
    longest = [word for word in found if not any(word != other and word in other for other in found)]
    return longest[0] if len(longest) == 1 else ""


def _is_trace(one: Received) -> bool:
    """Whether a program left the file there by itself."""
    if one.refusal is not None and one.refusal.reason is Refusal.LOCK_FILE:
        return True
    return one.ignored is not None and one.ignored is not Ignored.NOT_A_WORKBOOK
