"""Who pilots an indicator."""

from __future__ import annotations

from cvsheet.model.framework import Framework, Measure

MOST_PILOTS = 2  # named; more are « … »


def pilots_of(framework: Framework, measure: Measure) -> str:
    """Who pilots the actions of the objective of `measure`; where nobody is named, its first producer, or that of its
    numerator."""
    actions = (one for one in framework.actions if measure.objective and one.objective == measure.objective)
    codes = list(dict.fromkeys(one.pilot for one in actions if one.pilot))
    if measure.computed and measure.numerator in framework.line:
        measure = framework.line[measure.numerator].measure
    codes = codes or list(measure.producers[:1])
    names = [_short(framework.partner[code].name) if code in framework.partner else code for code in codes]
    return ", ".join(names[:MOST_PILOTS]) + (", …" if len(names) > MOST_PILOTS else "")


def _short(name: str) -> str:
    """A partner's name without what explains it: ``Éducation nationale : collèges, lycées``."""
    return name.partition(" (")[0].partition(" : ")[0]
