"""How a text begins: a level and its number (``PRIORITE 3``), a number alone (``1-2``), a code (``OS2``), a bullet.

The kind of mark tells which column a cell belongs to when cells were shifted; the number makes its code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvsheet.books.contract.outline.words import LABEL_WORDS
from cvsheet.schema.tables import fold

BULLETS = "•·▪■►●○◦❖➢➤→✓✔*"
DASHES = "-–—‑−"
_CODE_LETTERS = "P|PR|AX|O|OS|OO|OG|OP|A|FA|I|IND"
_NUMBER = r"\d{1,2}(?:[.\-]\d{1,2}){0,3}"
_AFTER = r"\s*[:.)\-–—/]*\s*"
_WORD = re.compile(
    rf"\s*(?P<word>(?:[Ss]ous[\s\-]|SOUS[\s\-])?[^\W\d_]{{3,12}})\s*(?:[nN]\s?[°ºo]\s*)?(?P<number>{_NUMBER}|[IVX]{{1,4}})(?![\w%€]){_AFTER}(?P<rest>.*)",
    re.DOTALL,
)
_CODE = re.compile(rf"\s*(?P<word>{_CODE_LETTERS})[\s.]?(?P<number>{_NUMBER})(?![\w%€]){_AFTER}(?P<rest>.*)", re.DOTALL)
_PLAIN = re.compile(
    r"\s*(?P<number>\d{1,2}(?:[.\-]\d{1,2}){1,3}(?=[\s.:)/–—-])|\d{1,2}(?=\s?[.)°:]|\s[-–—]\s))"
    r"[°.:)\-–—/]*\s*(?P<rest>\D.*)",
    re.DOTALL,
)
_BULLET = re.compile(rf"\s*[{re.escape(BULLETS + DASHES)}]\s*(?=\S)")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class OpeningMark:
    """How a text begins. `kind` is empty where it begins with its first word; `number` as typed, Roman ones in digits.

    `rest` is the text after the mark, or the whole text where nothing follows.
    """

    kind: str
    number: str
    rest: str

    @property
    def strong(self) -> bool:
        """Whether the mark tells one level from the others: a bullet does not, any list may have them."""
        return self.kind not in ("", "bullet")


def mark_of(text: str) -> OpeningMark:
    """How `text` begins."""
    found = _WORD.fullmatch(text)
    if found and fold(found["word"]).removeprefix("sous ") in LABEL_WORDS:
        return OpeningMark(
            f"word {fold(found['word'])}", _digits(found["number"]), found["rest"].strip() or text.strip()
        )
    if found := _CODE.fullmatch(text):
        return OpeningMark(f"word {found['word']}", found["number"], found["rest"].strip() or text.strip())
    if found := _PLAIN.fullmatch(text):
        depth = len(re.split(r"[.\-]", found["number"]))
        return OpeningMark(f"number {depth}", found["number"], found["rest"].strip())
    if _BULLET.match(text):
        return OpeningMark("bullet", "", without_bullet(text))
    return OpeningMark("", "", text.strip())


def without_bullet(text: str) -> str:
    """`text` without the bullet that it begins with."""
    found = _BULLET.match(text)
    return text[found.end() if found else 0 :].strip()


def _digits(number: str) -> str:
    if number[0].isdigit():
        return number
    values = [_ROMAN[letter] for letter in number]
    following = [*values[1:], 0]
    return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))
