"""Data Docs of great_expectations made fit to be handed on: French, offline, and no element but those that we know.

The library's pages ask other machines for styles, fonts and scripts, and show values unescaped. Of each page only the
sections are kept, rebuilt from a short list of elements without any attribute of theirs; the rest is our own page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from cvsheet.reports.visible import visible
from cvsheet.text.french import french_number, typeset

KEPT = frozenset({"h5", "h6", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong", "em"})
LEVEL = {"h5": "h2", "h6": "h3"}
DROPPED = frozenset({"script", "style", "code", "svg", "iframe", "object", "template", "noscript", "title", "textarea"})
ICONS = {
    "fa-check": ("good", "Oui"),
    "fa-times": ("error", "Non"),
    "fa-exclamation": ("warning", "Incident"),
}
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
PHRASES = {
    "Overview": "Vue d’ensemble",
    "Table-Level Expectations": "Attentes sur plusieurs colonnes",
    "Statistics": "En nombres",
    "Evaluated Expectations": "Attentes vérifiées",
    "Successful Expectations": "Tenues",
    "Unsuccessful Expectations": "Non tenues",
    "Success Percent": "Part tenue",
    "Expectation Suite:": "Table :",
    "Status:": "Tenue :",
    "Failed": "",
    "Succeeded": "",
    "Data asset: None": "",
    "Status": "Tenue",
    "Expectation": "Attente",
    "Observed Value": "Observé",
    "Unexpected Value": "Valeur refusée",
    "Sampled Unexpected Values": "Valeurs refusées (extrait)",
    "Count": "Nombre",
    "Info": "À propos",
    "Expectation Suite Name": "Table",
    "Great Expectations Version": "great_expectations",
    "Notes": "Notes",
    "Notes:": "Si elle n’est pas tenue :",
}
PATTERNS = (
    (
        re.compile(r"([\d.,]+) unexpected values found\. ([≈\d.]+)% of ([\d.,]+) total rows\."),
        r"Valeurs refusées : \1 (rangées : \3).",
    ),
    (re.compile(r"([≈\d.]+)% unexpected"), r"\1 % refusés"),
    (re.compile(r"([≈\d.]+)% not null"), r"\1 % remplis"),
    (re.compile(r"^([≈\d.]+)%$"), r"\1 %"),
    (
        re.compile(r"This Expectation suite currently contains (\d+) total Expectations across (\d+) columns?\."),
        r"\1 attentes sur \2 colonnes.",
    ),
)


def data_docs_body(page: str, words: Mapping[str, str], *, with_notes: bool) -> str:
    """The sections of a page of Data Docs as harmless HTML; `words` gives more French for whole texts (column names).

    `with_notes` keeps what the library folds away: the notes of an expectation, but technical matter on results.
    """
    reader = _Sections(words, with_notes=with_notes)
    reader.feed(page)
    reader.close()
    return "".join(reader.written)


class _Sections(HTMLParser):
    """Writes anew what stands in the sections of a page."""

    def __init__(self, words: Mapping[str, str], *, with_notes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._words = {**PHRASES, **words}
        self._with_notes = with_notes
        self._open: list[str] = []  # what to write when each open element closes
        self._section = 0  # how deep the section stands in the page, 0 outside
        self._hidden = 0  # how deep the dropped element stands, 0 outside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        classes = attributes.get("class", "").split()
        if tag in VOID:
            if tag == "br" and self._section and not self._hidden:
                self.written.append("<br>")
            return
        starts = not self._section and "ge-section" in classes
        opening, closing = ("<section>", "</section>\n") if starts else self._rebuilt(tag, classes)
        if self._section or starts:
            if not self._hidden and self._is_dropped(tag, classes, attributes):
                self._hidden = len(self._open) + 1
            closing = "" if self._hidden else closing
            if not self._hidden:
                self.written.append(opening)
        else:
            closing = ""
        self._open.append(f"{tag} {closing}")
        if starts:
            self._section = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not any(one.partition(" ")[0] == tag for one in self._open):
            return
        while self._open:
            depth = len(self._open)
            name, _, closing = self._open.pop().partition(" ")
            self.written.append(closing)
            self._hidden = 0 if self._hidden == depth else self._hidden
            self._section = 0 if self._section == depth else self._section
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and self._section and not self._hidden:
            self.written.append(f"{escape(visible(self._french(text)))} ")

    def _is_dropped(self, tag: str, classes: list[str], attributes: Mapping[str, str]) -> bool:
        folded = "data-toggle" in attributes and tag == "a"
        empty = "hidden" in attributes or (tag == "li" and "list-style-type" in attributes.get("style", ""))
        if folded or empty:
            return True
        return tag in DROPPED or ("collapse" in classes and not self._with_notes)

    def _rebuilt(self, tag: str, classes: list[str]) -> tuple[str, str]:
        """What is written for an element, before and after its content."""
        if tag == "i":
            icons = [icon for name, icon in ICONS.items() if any(one.startswith(name) for one in classes)]
            return (f'<span class="badge {icons[0][0]}">{icons[0][1]}', "</span> ") if icons else ("", "")
        name = LEVEL.get(tag, tag)
        if tag == "table":
            return '<div class="scroll"><table>', "</table></div>\n"
        return (f"<{name}>", f"</{name}>\n") if tag in KEPT else ("", "")

    def _french(self, text: str) -> str:
        known = self._words.get(text)
        if known is not None:
            return known
        for pattern, french in PATTERNS:
            text = pattern.sub(french, text)
        return typeset(_french_decimals(text))


def _french_decimals(text: str) -> str:
    """A number, or a few in brackets as the library shows pairs, the French way; a sentence as it is."""
    listed = re.fullmatch(r"\(('[^']*'(?:, '[^']*')*)\)", text)
    if listed:
        return " / ".join(_french_decimals(one.strip("'")) for one in listed[1].split("', '"))
    number = re.fullmatch(r"-?\d+(\.\d+)?", text)
    if number:
        return french_number(float(text))
    return re.sub(r"(\d+)\.(\d{1,2})\d*(?= %)", r"\1,\2", text)
