"""How many examples a test of hypothesis tries where it is not the usual hundred."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100


def examples(count: int) -> settings:
    """`count` examples, and in `make fast` as small a part of them as of the usual hundred."""
    return settings(max_examples=max(1, count * settings.default.max_examples // USUAL))
