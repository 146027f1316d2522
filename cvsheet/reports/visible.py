"""Text from partners made harmless for a terminal or a page: what would act is shown instead."""

from __future__ import annotations

import unicodedata

LINE_BREAKS = "\n\r\u2028\u2029"
CONTROL_PICTURES, DELETE = 0x2400, 0x7F


def visible(text: str) -> str:
    """`text` with control characters, line breaks and invisible direction marks shown as signs; spaces stay."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(char: str) -> str:
    code = ord(char)
    if char in LINE_BREAKS:
        return "⏎"
    if code < ord(" "):
        return chr(CONTROL_PICTURES + code)
    if code == DELETE:
        return "␡"
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return f"[U+{code:04X}]"
    return char
