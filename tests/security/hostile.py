"""Texts that would be taken for something else where they are not written as text, and a return full of them.

They state what must stay text, and do nothing anywhere: formulas that add 1 and 1 or call a function that no program
has, markup with handlers of that kind, links to example.invalid, which no network knows (RFC 2606).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment

from tests.catalogue.contract import COUNT, NORTH, RATE, SOUTH, TOTAL, TRAINING, WORDS, WORKS, good_return
from tests.catalogue.editing import Damage, also, by_hand, place_of, typed

MARK = "zq7x"  # in every hostile text: where it stands, a partner's text stands
SEEDS = (
    "=1+1",
    "@SUM(1;1)",
    "+rien|'aucun'!A0",
    "-2+3",
    "\t=1+1",
    "\r\n=1+1",
    "'=1+1",
    "{=1+1}",
    '=HYPERLINK("http://example.invalid/";"ici")',
    '=SANSEFFET("http://example.invalid/")',
    '=SANSEFFET("a";"b";"c")',
    "<script>sansEffet</script>",
    '"><img alt=x onerror=sansEffet>',
    '" onmouseover="sansEffet',
    "</t></is></c><c><f>1+1</f></c>",
    "]]><f>1+1</f>",
    "&lt;b&gt;&amp;",
    "javascript:sansEffet",
    "http://example.invalid/",
    "mailto:a@example.invalid",
    "file:///aucun/fichier",
    "\\\\serveur.invalid\\aucun\\x.xlsx",
    "internal:Feuil1!A1",
    "external:aucun.xlsx",
    "\x1b[31mrouge\x1b]8;;http://example.invalid/\x07",
    "[red]rouge[/red] [link=http://example.invalid/]x[/link]",
    "facture\u202efdp.exe",
    "zéro\u200blargeur\ufeff",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "../../../aucun/fichier",
    "_x0041_ _x000D_ _x005F_",
    "%s %n {0} {facts}",
    "=" + "A" * 32_000,
)
PLACES = (
    (COUNT, "commentaire"),
    (TOTAL, "commentaire"),
    (RATE, "commentaire"),
    (WORDS, "valeur"),
    (WORDS, "commentaire"),
    (TRAINING, "commentaire"),
    ("COMPL-1", "action"),
    ("COMPL-1", "objectif"),
    ("COMPL-1", "commentaire"),
    (TRAINING, "statut"),  # refused, quoted in a finding
    (NORTH, "valeur"),
    (SOUTH, "valeur"),
    (WORKS, "debut"),
)
"""Cells where a partner may type, by code and column."""


def marked(text: str) -> str:
    """`text` with the mark at its end."""
    return f"{text} {MARK}"


def hostile_return(texts: Sequence[str]) -> bytes:
    """The good return with one of `texts` in every place where a partner may write: cells, added sheets, titles of
    sheets, notes, cells beside the tables, locked cells."""
    turn = _in_turn(texts)
    cells: list[Damage] = [typed(place_of(*place), turn()) for place in PLACES]
    return also(*cells, by_hand(lambda book: _around(book, turn)))(good_return())


def _around(book: Workbook, turn: Callable[[], str]) -> None:
    """What a partner adds around the tables."""

    def words() -> str:
        return str(ILLEGAL_CHARACTERS_RE.sub("", turn()))

    added = book.create_sheet(_sheet_name(turn()))
    for sheet, name in (
        (added, "A1"),
        (book["Emploi"], "Q2"),
        (book["Emploi"], place_of(COUNT, "precedente")[1]),
        (book.worksheets[0], "I9"),
    ):
        cell = sheet[name]
        cell.value = "x"
        cell._value, cell.data_type = words(), "s"
    book["Habitat"][place_of(RATE, "valeur")[1]].comment = Comment(words(), words())
    book["Habitat"].title = _sheet_name(turn())


def _sheet_name(text: str) -> str:
    """`text` as Excel would allow it in a tab."""
    plain = "".join(char for char in text if char not in "[]:*?/\\'" and char.isprintable())
    return f"{plain[:20]} {MARK}"


def _in_turn(texts: Sequence[str]) -> Callable[[], str]:
    """The next of `texts` at each call, marked, from the first again after the last."""
    used = iter(range(10_000))
    return lambda: marked(texts[next(used) % len(texts)])
