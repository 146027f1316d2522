"""Numbers as people type them in French: what a text stands for, or the form that says why it is not read.

The grammar (digits are 0-9 only; "space" is any horizontal space, no-break and thin ones included):

    text      = number [[space] unit] | "(" number ")"        (500) is -500, as accountants write it
    number    = ["'"] [sign] whole [("," | ".") digits]       the sign touches the digits
    whole     = "0" | digits without leading 0 | 1 to 3 digits, then groups of 3 digits, each after a space or a '

Spaces that follow one another are one. The unit must be the line's own, or a synonym that `units_of` lists. Everything
else is refused, for one wrong number in a total costs more than a question: 1,234 and 1.234 (thousands or decimals?),
1,234.5, 1.234,5, 500-, 1e5, .5, 007. `cvsheet.books.partner.writing.typed` says the same in formulas.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import isfinite

from cvsheet.memoising import remembered
from cvsheet.model.submission import AnswerKind, Form

# Soft hyphen, zero-width characters, marks of direction, byte order mark, variation selectors, fillers, tags: they show
# nothing by themselves.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
_FIRST_JOINED = "\u0600"  # from Arabic on, joiners belong to how letters and pictures look; no Latin letter needs one
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SEVERAL_SPACES = re.compile("  +")
_MINUS = "\\-\u2010\u2011\u2012\u2013\u2212"  # for a character class

HYPHENS = re.compile(f"[{_MINUS}]")

_NUMBER = re.compile(
    rf"(?P<sign>[+{_MINUS}]?)(?P<whole>[1-9]\d{{0,2}}(?:[ '’]\d{{3}}){{1,4}}(?!['’\d])"
    r"|0|[1-9]\d{0,14})"
    r"(?:(?P<point>[.,])(?P<fraction>\d{1,30}))?(?!\d)",
    re.ASCII,
)
_BETWEEN_GROUPS = re.compile("[ '’]")
_TOO_LONG = re.compile(rf"[+{_MINUS}]?[1-9](?:[ '’]?\d){{15,29}}(?:[.,]\d{{1,30}})?$", re.ASCII)
_RATE = re.compile(r"(?:par|pour|sur)$|/")  # begins the part of a unit that makes it a rate
_PERCENT = re.compile(r"(?:(?:taux|part|proportion) )?\(?(?:en )?(?:%|pour ?cent(?:age)?\b(?! mille))")  # of a unit
_LINKS = ("de", "d'", "d’", "du", "des", "en", "par", "pour", "sur", "et", "ou", "/", "la", "le", "les")
_GROUP = 3  # digits after a comma that may stand for thousands
LONGEST_NUMBER = 60  # characters; a longer text is a sentence

_REASONS = {
    "nd": AnswerKind.NOT_AVAILABLE,
    "non disponible": AnswerKind.NOT_AVAILABLE,
    "non disponibles": AnswerKind.NOT_AVAILABLE,
    "donnee non disponible": AnswerKind.NOT_AVAILABLE,
    "donnees non disponibles": AnswerKind.NOT_AVAILABLE,
    "ns": AnswerKind.SECRET,
    "secret": AnswerKind.SECRET,
    "secret stat": AnswerKind.SECRET,
    "secret statistique": AnswerKind.SECRET,
    "so": AnswerKind.NOT_APPLICABLE,
    "sans objet": AnswerKind.NOT_APPLICABLE,
}
_ACCENTED = {"donnee": "donnée", "donnees": "données"}  # in these
_AROUND = (("", ""), ("", " "), (" ", ""), (" ", " "))  # a sign between two initials
_ENDS = ("", *(f"{space}{'.' * dots}" for space in ("", " ") for dots in (1, 2, 3)))
_FULL_STOP = re.compile(r" ?\.{1,3}$")
_INITIALS = re.compile(r"(n|s) ?[./]? ?(d|s|o)")

_EUROS = ("€", "eur", "euro", "euros")
_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_FORMS = (  # in order: the first that is found in the plain text
    (
        Form.EXCEL_ERROR,
        r"#(?:n/a|ref!|div/0!|value!|valeur!|name\?|nom\?|num!|nombre!|null!|nul!|spill!|calc!).*|err ?: ?\d+",
    ),
    (Form.BOOLEAN, r"vrai|faux|true|false"),
    (Form.FORMULA_WITHOUT_VALUE, r"=.*"),
    (Form.CLOCK, r"\d{1,4} ?(?::|h(?:eures?)?) ?\d{1,2}(?: ?(?::|min|mn|m|') ?(?:\d{1,2} ?s?)?)?"),
    (Form.DATE, rf"\d{{1,2}}([/.-])\d{{1,2}}\1\d{{2,4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:er)? (?:{_MONTHS}) \d{{4}}"),
    (
        Form.APPROXIMATE,
        r"(?:.*\W)?(?:env|environ|approx\w*|presque|autour|vers|circa|estim\w*|peu pres|plus ou moins"
        r"|(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent|huit)aines?|milliers?)(?:\W.*)?"
        r"|.*[~≈≃≅∼±].*|.*\+ ?/ ?-.*|\d[\d ,.]*\?+",
    ),
    (
        Form.COMPARISON,
        r".*[<>≤≥⩽⩾≦≧].*|(?:.*\W)?(?:moins|plus|minimum|maximum|mini?|maxi?|jusqu['’]?a|inferieur\w*|superieur\w*)(?:\W.*)?"
        r"|\d[\d ,.]*\+",
    ),
    (Form.RANGE, rf"(?:(?:de|entre) )?\d[\d ,.]*(?:%|€)? ?(?:[{_MINUS}—]|a|ou|et) ?\d[\d ,.]*(?:%|€|[^\W\d]{{2,}})?.*"),
    (Form.AMBIGUOUS, rf"[+{_MINUS}(]?\d{{1,3}}(?:[,.' ’]\d{{3}})*[,.]\d+(?:[,.]\d+)*\)?"),
)  # fmt: skip
_FORM_PATTERNS = tuple((form, re.compile(pattern, re.DOTALL)) for form, pattern in _FORMS)


@remembered
def tidy(text: str) -> str:
    """`text` without invisible characters, with ordinary spaces and whole letters (NFC), trimmed. Line breaks inside it
    stay."""
    if text.isascii():
        return text.replace("\t", " ").strip()
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip())


def as_typed(text: str) -> str:
    """`text` tidied, without the apostrophe that makes a text of a number, and with one space for several."""
    words = _SEVERAL_SPACES.sub(" ", tidy(text))
    return words[1:] if words[:1] in ("'", "’") else words


@remembered
def legible(text: str) -> str:
    """`text` as it is seen: without invisible characters, but for those that shape a picture or a letter."""
    if text.isascii():
        return text

    def kept(found: re.Match[str]) -> str:
        before = text[: found.start()][-1:]
        return found[0] if found[0] in _JOINERS and before >= _FIRST_JOINED and before not in _JOINERS else ""

    return _INVISIBLE.sub(kept, text)


@remembered
def plain(text: str) -> str:
    """`text` tidied, without case and accents; punctuation stays, unlike in `cvsheet.schema.tables.fold`."""
    letters = unicodedata.normalize("NFKD", tidy(text)).casefold()
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def reason_in(text: str) -> AnswerKind | None:
    """The reason that stands for an answer (nd, N.D., non disponible, s. o.), None where `text` is none."""
    words = _FULL_STOP.sub("", plain(as_typed(text)))
    initials = _INITIALS.fullmatch(words)
    return _REASONS.get("".join(initials.groups()) if initials else words)


def spellings_of(reason: AnswerKind) -> tuple[str, ...]:
    """How a reason may be spelled, in small letters: what `reason_in` reads, for formulas that can but compare."""
    first, last = reason.value[0], reason.value[1]
    initials = [f"{first}{mark}{last}" for mark in ("", " ", *(f"{a}{sign}{b}" for sign in "./" for a, b in _AROUND))]
    words = [words for words, kind in _REASONS.items() if kind is reason and words != reason.value]
    words += [words.replace(start, accented) for words in words for start, accented in _ACCENTED.items()
              if words.startswith(f"{start} ")]  # fmt: skip
    return tuple(f"{each}{end}" for each in (*initials, *words) for end in _ENDS)


@lru_cache(maxsize=512)
def spelled_units(measure_type: str, unit: str) -> frozenset[str]:
    """The forms of `units_of`, with their accents and signs too (m² beside m2), in small letters."""
    own = unit_said(measure_type, unit)
    return _forms_of_unit(plain(own)) | _forms_of_unit(" ".join(tidy(own).lower().split()))


@lru_cache(maxsize=512)
def units_of(measure_type: str, unit: str) -> frozenset[str]:
    """The plain forms under which the unit of a line may follow its number: ``€ TTC`` as €, EUR, euros ttc..."""
    return _forms_of_unit(plain(unit_said(measure_type, unit)))


def is_percent(measure_type: str, unit: str) -> bool:
    """Whether a line is counted in percents: then 12,5 % stands for 12.5, as a text and as a cell that shows it."""
    return "%" in units_of(measure_type, unit)


def unit_said(measure_type: str, unit: str) -> str:
    """The unit of a line as its contract says it, or as its type does; empty where neither says one."""
    return unit or {"pourcentage": "%", "montant": "€"}.get(measure_type, "")


def _forms_of_unit(own: str) -> frozenset[str]:
    words = own.split()
    found = {form for words_said in _said(words) for form in (" ".join(words_said), _singular(words_said))}
    if words and words[0] in _EUROS:
        said = {rest[1:] for rest in map(tuple, _said(words))} | ({("ttc",)} if len(words) == 1 else set())
        found |= {" ".join((euro, *rest)) for euro in _EUROS for rest in said}
    if _PERCENT.match(own):
        found |= {"%", "pour cent", "pourcent"}
    if words and words[0] in ("heure", "heures", "h"):
        found |= {"h", "heure", "heures"}
    found |= {scale.replace(" ", "") for scale in re.findall(r"/ ?\d+$", own)}  # 8/10 on a line in "note /10"
    return frozenset(found - {""})


def _said(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The unit in full, and cut after each of its words: « foyers » of « foyers allocataires ». What makes it another
    quantity is never cut: « € par habitant », « pour 1 000 », « k€ / an »."""
    for end in range(1, len(words) + 1):
        if not any(_RATE.match(word) for word in words[end:]) and words[end - 1] not in _LINKS:
            yield words[:end]


def _singular(words: Sequence[str]) -> str:
    return " ".join(word.removesuffix("s") for word in words)


def number_in(text: str, units: frozenset[str] = frozenset()) -> float | Form:
    """The number that `text` stands for without doubt, else the form that says what was typed instead."""
    words = as_typed(text)
    if len(words) > LONGEST_NUMBER:
        return Form.NOT_A_NUMBER
    if words.startswith("(") and words.endswith(")") and words[1:2].isdigit():
        read = number_in(words[1:-1])
        return -read if isinstance(read, float) and read else read
    match = _NUMBER.match(words)
    behind = words[match.end() :] if match else ""
    rest = plain(behind)
    if _TOO_LONG.match(words):
        return Form.TOO_LARGE
    if match is None or (behind and rest.replace("/ ", "/") not in units):  # of an accent alone, plain leaves nothing
        return _form_of(plain(words), rest)
    return _value(match)


def rounded(value: float) -> float:
    """`value` at the 15 significant digits that every spreadsheet keeps; -0 is 0."""
    return float(f"{value:.15g}") + 0.0


def _value(match: re.Match[str]) -> float | Form:
    whole, fraction = match["whole"], match["fraction"] or "0"
    if len(fraction) == _GROUP and len(whole) <= _GROUP and whole != "0":
        return Form.AMBIGUOUS
    value = rounded(float(f"{_BETWEEN_GROUPS.sub('', whole)}.{fraction}"))
    if not isfinite(value):  # pragma: no cover - at most 15 digits get here
        return Form.NOT_A_NUMBER
    return -value if match["sign"] not in ("", "+") and value else value


def _form_of(words: str, rest: str) -> Form:
    """Why plain `words` are no number; `rest` is what follows the number that they begin with, if they do."""
    for form, pattern in _FORM_PATTERNS:
        if pattern.fullmatch(words):
            return form
    unit = re.fullmatch(r"(?!e[+-]?\d)(?:[^\W\d_]|[%‰€$£°²³])(?:[^\d\n]|(?<=[^\W\d_])\d)*", rest)
    return Form.OTHER_UNIT if unit else Form.NOT_A_NUMBER
