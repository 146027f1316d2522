"""The files that came and count for nobody: why, and from whom they are as far as their names tell.

A name is no identity: nothing is read on the strength of it. It only spares the coordinator a search.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from cvsheet.books.partner.identity import file_stem
from cvsheet.errors import Refusal
from cvsheet.judging.engine.assessment import Assessment, Ignored, Received
from cvsheet.judging.engine.catalogue import find_rule
from cvsheet.model.framework import Framework
from cvsheet.model.groups import grouped
from cvsheet.text.french import typeset

_SHORTEST = 2  # letters of a partner's code that may be looked for among the words of a file name
_WORDS = re.compile(r"[\s;,/<>]+")  # what parts the addresses of one partner
_CRASHED = typeset("cvsheet n’a pas su le lire.")


UNFILED = (Refusal.EMAIL, Refusal.SHORTCUT, Refusal.MISSING)
"""What still lies in a message, behind a link or a closed door: whoever filed it can mend it, not who answered."""


class Blame(StrEnum):
    """Where the fault of an unusable file lies."""

    FILE = "fichier"  # it cannot be opened
    CONTENT = "contenu"  # it is a workbook, of somebody or something else
    COORDINATION = "coordination"  # the answer was not taken out of its envelope


@dataclass(frozen=True, slots=True)
class UnusableFile:
    """One file, why it does not count, and whose fault that is. `campaign` and `partner` are empty where nothing tells
    them; `inside` are the names of the files that it holds."""

    file: str
    fault: str
    blame: Blame = Blame.FILE
    campaign: str = ""
    partner: str = ""
    inside: tuple[str, ...] = ()

    @property
    def opened(self) -> bool:
        return self.blame is Blame.CONTENT

    @property
    def unfiled(self) -> bool:
        return self.blame is Blame.COORDINATION


def unusable_files(framework: Framework, assessment: Assessment) -> tuple[UnusableFile, ...]:
    """The files received that are neither used nor replaced by one that is. What nobody sent is not among them: the
    traces of programs, and other documents that do not bear the name of a partner."""
    used = assessment.counted_files | {*assessment.superseded}
    faults = {finding.place.file: find_rule(finding.code).fault(finding) for finding in reversed(assessment.findings)}
    names = Names(framework)
    found = []
    for one in assessment.received:
        if one.file in used or one.is_trace or one.ignored is Ignored.LINK_OUTSIDE:
            continue
        campaign, partner = _told_by(names, one)
        if partner or one.ignored is None:
            found.append(
                UnusableFile(one.file, faults.get(one.file, _CRASHED), _blame(one), campaign, partner, _inside(one))
            )
    return tuple(found)


class Names:
    """What the names of files tell in one contract; made once for many files."""

    def __init__(self, framework: Framework) -> None:
        self._campaigns = _Words(framework.campaign)
        self._partners = _Words(code for code in framework.partner if len(code) >= _SHORTEST)
        self._stems = {
            file_stem(framework.contract.code, campaign.code, partner.code): (campaign.code, partner.code)
            for campaign in framework.campaigns
            for partner in framework.partners
        }
        self._stem_words = _Words(self._stems)
        self._addresses = grouped(
            (address, code)
            for code, partner in framework.partner.items()
            for address in {*_WORDS.split(partner.email.casefold())}
        )

    def told(self, file: str) -> tuple[str, str]:
        """The campaign and the partner that the path `file` names, each empty where it names none or several.

        The name under which cvsheet makes a workbook tells both, whatever was added before or behind. Else the
        campaign is told by a word of the path, the partner by a word of the name, which must be in a folder or file of
        a campaign.
        """
        name = PurePosixPath(file).stem
        stem = self.stem(file)
        if stem:
            return self._stems[stem]
        campaign = self._campaigns.only_in(name) or self._campaigns.only_in(str(PurePosixPath(file).parent))
        return campaign, self.partner(file) if campaign else ""

    def stem(self, file: str) -> str:
        """The name of a workbook of cvsheet that stands in that of `file`, "" where none does."""
        return self._stem_words.only_in(PurePosixPath(file).stem)

    def partner(self, file: str) -> str:
        """The partner whose code is a word of the name of `file`, "" where none or several are."""
        return self._partners.only_in(PurePosixPath(file).stem)

    def sender(self, address: str) -> str:
        """The partner that has this address, "" where none or several have."""
        found = self._addresses.get(address.casefold(), []) if address else []
        return found[0] if len(found) == 1 else ""


def _told_by(names: Names, one: Received) -> tuple[str, str]:
    """The campaign and partner of a file: by its name, by those of the files in it, by the address it was sent from."""
    told = [names.told(file) for file in (one.file, *_inside(one))]
    known = {pair for pair in told if pair[1]}
    if known:
        return known.pop() if len(known) == 1 else ("", "")
    sent = one.refusal is not None and one.refusal.reason is Refusal.EMAIL
    return told[0][0], names.sender(one.refusal.detail) if sent and one.refusal else ""


def _inside(one: Received) -> tuple[str, ...]:
    return one.refusal.names if one.refusal is not None else ()


def _blame(one: Received) -> Blame:
    if one.submission is not None:
        return Blame.CONTENT
    reason = one.refusal.reason if one.refusal is not None else None
    return Blame.COORDINATION if reason in UNFILED or (reason is Refusal.PLAIN_ZIP and _inside(one)) else Blame.FILE


class _Words:
    """Words that are looked for in names of files, whatever their case. A name has few places where one may begin or
    end: each piece between two of them is looked up, so that more words make no name take longer."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = grouped((word.casefold(), word) for word in words)
        self._longest = max(map(len, self._known), default=0)

    def only_in(self, text: str) -> str:
        """The one of them that stands in `text`, the longer where one holds another; "" where none or several do."""
        found = {word for piece in self._pieces(text) for word in self._known.get(piece.casefold(), ())}
        longest = [word for word in found if not any(word != other and word in other for other in found)]
        return longest[0] if len(longest) == 1 else ""

    def _pieces(self, text: str) -> Iterator[str]:
        beginnings = [at for at in range(len(text)) if not at or not text[at - 1].isalnum()]
        endings = [at for at in range(1, len(text) + 1) if at == len(text) or not text[at].isalnum()]
        for first in beginnings:
            for last in endings[bisect_right(endings, first) :]:
                if last - first > self._longest:
                    break
                yield text[first:last]
