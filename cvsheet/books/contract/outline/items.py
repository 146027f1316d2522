"""One cell of actions or indicators to its items: bullets, lines, numbers, else sentences and capital letters.

What bullets or lines separate is sure. A cell without them is cut where French begins a new action or indicator (a
sentence, or a capitalised word such as « Développement de » after a text without a full stop), and that is a guess.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cvsheet.books.contract.outline.marks import BULLETS, DASHES, without_bullet
from cvsheet.books.contract.outline.model import Level
from cvsheet.books.contract.outline.numbering import numbering_end
from cvsheet.books.contract.outline.words import LINKS, NOT_VERBS

_BULLET_LINE = re.compile(
    rf"(?P<indent>\s*)(?P<mark>[{re.escape(BULLETS + DASHES)}]|\d{{1,2}}[.)°](?!\d|[a-z]\b)|[a-z]\))\s*(?=\S)"
)
_UPPER = "A-ZÀ-ÖØ-Þ"
_LOWER = "a-zß-öø-ÿ"
# A dash with a space on one side at least: « femmes -hommes » and « Val-de-Marne » hold none before a capital.
_INLINE_DASH = re.compile(rf"(?:\s+[{DASHES}]\s*|(?<=[^\s\d])[{DASHES}]\s+)(?=[{_UPPER}\d«\"“])")
_INLINE_BULLET = re.compile(rf"\s*[{re.escape(BULLETS.replace('*', ''))}]\s*")
_INLINE_NUMBER = re.compile(r"(?:^|\s)(\d{1,2})[.)]\s+(?=\S)")
_SENTENCE = re.compile(rf"(?<=[.;!?…])\s*(?=\s[{_UPPER}«])|(?<=[;])\s*(?=[{_UPPER}])")
_ABBREVIATED = re.compile(rf"(?:^|[\s(])(?:[{_UPPER}]|cf|ex|art|MM?|Mme|St|Ste|p|n°)\.$")
_WORD = re.compile(rf"(?<=\s)(?P<word>[{_UPPER}][{_LOWER}]+)(?=(?:\s[{_LOWER}]|\sd[’']|\s,))")
_GOES_ON = re.compile(
    rf"(?:Le|La|Les|L[’']|Ce|Cet|Cette|Ces|Il|Elle|Ils|Elles|On|Cela|Dont|Ainsi|Notamment|Soit|En)(?=[\s’']|$)"
    rf"|\(|\S+\s(?:qui|que)\s|[{_LOWER}]"
)
_NOUNS = re.compile(
    r".*(?:[ts]ions?|ments?|ages?)|(?:Mise|Appui|Aide|Accueil|Soutien|Suivi|Projet|Programme|"
    r"Atelier|Débat|Réunion|Rencontre|Permanence|Visite|Étude|Etude|Campagne|Ouverture|Recherche|Partenariat)s?"
)
_VERBS = re.compile(r"Faire|.{2,}(?:er|ir|oir|uire|dre|ttre|ivre|rire)")
_MEASURES = re.compile(
    r"(?:Nombre|Nb|Taux|Part|Proportion|Pourcentage|Montant|Volume|Évolution|Evolution|Budget|Coût|Durée|Note|Baromètre)s?"
)
_AFTER_SEMICOLON = re.compile(rf";(?=\s*(?:{_MEASURES.pattern})\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a cell, without their bullets. `sure` is False where no bullet nor line separates them."""

    texts: tuple[str, ...]
    sure: bool


def split_items(text: str, level: Level) -> Items:
    """The items of a cell of actions or indicators: at least one, in order, their words all kept."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if sum(bool(_BULLET_LINE.match(line)) for line in lines) > 1:
        return Items(tuple(_listed(lines)), True)
    if len(lines) == 1 and len(found := _inline(lines[0])) > 1:
        return Items(tuple(found), True)
    if len(lines) > 1:
        joined = tuple(_joined_lines(lines))
        return Items(joined, len(joined) == len(lines))
    whole = without_bullet(" ".join(lines)) or text.strip()
    guessed = tuple(_guessed(whole, level))
    return Items(guessed, len(guessed) == 1)


def _listed(lines: list[str]) -> Iterator[str]:
    """Items of a list with a bullet per line: lines without one, and sub-points, go on with the item above.

    A line above the first bullet (« Emploi : ») goes with the first item.
    """
    first = next(found for line in lines if (found := _BULLET_LINE.match(line)))
    blocks: list[list[str]] = []
    preface: list[str] = []
    for line in lines:
        found = _BULLET_LINE.match(line)
        if found and _kind(found["mark"]) == _kind(first["mark"]) and len(found["indent"]) <= len(first["indent"]):
            blocks.append([*preface, line[found.end() :].strip()])
            preface = []
        elif blocks:
            blocks[-1].append(line.strip())
        else:
            preface.append(line.strip())
    return (" ".join(block) for block in blocks)


def _kind(mark: str) -> str:
    return "number" if mark[0].isdigit() else "letter" if mark[0].isalpha() else mark


def _joined_lines(lines: list[str]) -> Iterator[str]:
    """One item per line; a line that begins in lower case goes on with the one above."""
    item = ""
    for line in (without_bullet(line) for line in lines):
        if item and (numbering_end(line) or not line[0].islower()):
            yield item
            item = line
        else:
            item = f"{item} {line}".strip()
    if item:
        yield item


def _inline(line: str) -> list[str]:
    """The items of one line that carries its own bullets; the line alone where it carries none."""
    if len(_INLINE_BULLET.findall(line)) > 1:
        return _pieces(_INLINE_BULLET.split(line))
    numbers = [(int(found[1]), found) for found in _INLINE_NUMBER.finditer(line)]
    if len(numbers) > 1 and [number for number, _ in numbers] == list(range(1, len(numbers) + 1)):
        starts = [found.start() for _, found in numbers]
        parts = [line[start:end] for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
        return _pieces([line[: starts[0]], *(_INLINE_NUMBER.sub("", part, count=1) for part in parts)])
    if line.lstrip()[:1] in DASHES:
        return _pieces(_INLINE_DASH.split(without_bullet(line)))
    return [line]


def _pieces(parts: list[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()]


def _guessed(text: str, level: Level) -> Iterator[str]:
    """The items of a text without bullets: cut at its sentences, then where a capital begins the next one."""
    cuts = [cut for cut in _sentence_ends(text) if not _GOES_ON.match(text[cut:].lstrip())]
    cuts += _measure_starts(text) if level is Level.INDICATOR else _action_starts(text)
    words = numbering_end(text)  # what stands before is a number, not an item
    bounds = [0, *sorted({cut for cut in cuts if len(text[:cut].rstrip()) > words}), len(text)]
    return (piece for start, end in itertools.pairwise(bounds) if (piece := text[start:end].strip()))


def _sentence_ends(text: str) -> list[int]:
    """Where a sentence ends outside parentheses; the full stop of an abbreviation ends none."""
    ends = [found.start() for found in _SENTENCE.finditer(text)]
    return [end for end in ends if not _inside(text, end) and not _ABBREVIATED.search(text[:end])]


def _action_starts(text: str) -> list[int]:
    """Where a capitalised noun of action or infinitive begins an item in the middle of a sentence."""
    return [found.start() for found in _WORD.finditer(text) if _begins(text, found, _is_action_word(found["word"]))]


def _measure_starts(text: str) -> list[int]:
    """Where a capitalised measure begins an item, or any measure after a semicolon."""
    after = [found.end() for found in _AFTER_SEMICOLON.finditer(text) if not _inside(text, found.start())]
    return after + [
        found.start()
        for found in _WORD.finditer(text)
        if _begins(text, found, bool(_MEASURES.fullmatch(found["word"])))
    ]


def _is_action_word(word: str) -> bool:
    return bool(_NOUNS.fullmatch(word) or (_VERBS.fullmatch(word) and word not in NOT_VERBS))


def _begins(text: str, found: re.Match[str], known: bool) -> bool:
    """Whether a known first word begins an item: not after a word that links, a colon or an opening sign."""
    before = text[: found.start()].split()
    last = before[-1].lower() if before else ""
    linked = last in LINKS or last.endswith((":", ",", "«", "(", "’", "'"))
    goes_on = _GOES_ON.match(text[found.start() :])
    return known and not linked and not goes_on and not _inside(text, found.start())


def _inside(text: str, at: int) -> bool:
    """Whether `at` stands between parentheses."""
    return text.count("(", 0, at) > text.count(")", 0, at) and ")" in text[at:]
