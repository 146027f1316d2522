"""The formulas of the master: aggregation over *Données*, then progress, as `cvsheet.figures` defines them.

Functions of Excel 2016 and LibreOffice 7 only, plain A1 references. A campaign, line and quantity are one key in
*Données*, so that sorting or filtering it changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cvsheet.books.master.content import MasterContent
from cvsheet.books.master.decisions import State
from cvsheet.figures.follow_up import SECRET_SITUATION
from cvsheet.figures.points import Point, moments, paired
from cvsheet.figures.progress import DAYS_PER_MONTH, TINY, Situation
from cvsheet.model.framework import Calculation, Campaign, Line
from cvsheet.model.methods import DataRows
from cvsheet.model.submission import REASONS, Quantity

JOURNAL = "Journal"
END, AT, ON_TRACK, WATCH, EARLY = (f"{JOURNAL}!$B${row}" for row in range(5, 10))
"""The cells of *Journal* that hold the dates and thresholds, in the order in which they are written there."""
_TINY = f"{TINY:.9f}"


def key_of(code_cell: str, campaign: str, quantity: Quantity) -> str:
    """The key of a line, as an expression over the cell that holds its code."""
    return f'"{campaign}|"&{code_cell}&"|{quantity.value}"'


def aggregated(content: MasterContent, line: Line, code_cell: str, campaign: str, quantity: Quantity) -> str:
    """The consolidated value of a typed line; empty where nobody answered, no formula where answers yield none."""
    return line.measure.method.total(DataRows(key_of(code_cell, campaign, quantity), content.data_range))


def computed(content: MasterContent, line: Line, sheet: str, campaign: Campaign) -> str:
    """The formula of a computed line in the column of a yearly campaign."""
    numerator, denominator = terms(content, line)
    top, bottom = (
        content.cell_of(term, "campagnes", campaign.code, seen_from=sheet) for term in (numerator, denominator)
    )
    if line.measure.calculation is Calculation.SHARE:
        return share_of(top, bottom)
    base = _former(content, numerator, sheet, campaign)
    if not base:
        return ""
    return f'=IF(AND(ISNUMBER({top}),ISNUMBER({base})),IF({base}>{_TINY},100*({top}-{base})/{base},""),"")'


def terms(content: MasterContent, line: Line) -> tuple[str, str]:
    """The lines that a computed `line` divides; the second is empty of a yearly change."""
    measure = line.measure
    return paired(content.framework, measure.numerator, line), paired(content.framework, measure.denominator, line)


def share_of(top: str, bottom: str) -> str:
    """100 x numerator / denominator, each a cell or an expression."""
    return f'=IF(AND(ISNUMBER({top}),ISNUMBER({bottom})),IF({bottom}=0,"",100*{top}/{bottom}),"")'


def _former(content: MasterContent, numerator: str, sheet: str, campaign: Campaign) -> str:
    """The cell of N-1, empty where there is none."""
    former = content.consolidation.former(numerator, campaign)
    if former is None:
        return ""
    if former.campaign is not None:
        return content.cell_of(numerator, "campagnes", former.campaign.code, seen_from=sheet)
    return point_at(content, numerator, Quantity.BASELINE, campaign.end, sheet)


def point_at(content: MasterContent, code: str, quantity: Quantity, at: date, sheet: str) -> str:
    """The baseline or target of `code` as it was known at `at`: the cell that shows it where it is the one of the
    judged campaign, else an expression over *Données*."""
    known = content.consolidation.point(code, quantity, at)
    if known.value is None or code not in content.framework.line:
        return '""'
    displayed = content.point(code, quantity)
    if (known.value, known.campaign) == (displayed.value, displayed.campaign):
        name = "reference" if quantity is Quantity.BASELINE else "cible"
        return content.cell_of(code, name, seen_from=sheet)
    return point_expression(content, content.framework.line[code], quantity, known, at, sheet).removeprefix("=")


def point_expression(content: MasterContent, line: Line, quantity: Quantity, known: Point, at: date, sheet: str) -> str:
    """The formula of a baseline or target that is not adopted, as `known` at `at`; arbitrated ones come first."""
    made = (
        _share_point(content, line, quantity, known, at, sheet)
        if line.measure.computed
        else aggregated(content, line, f'"{line.code}"', known.campaign, quantity)
    )
    decided = quantity is Quantity.BASELINE and known.campaign
    cell = content.arbitration_cell(known.campaign, line.code, seen_from=sheet) if decided else ""
    return retained(cell, made) if cell else made


def _share_point(content: MasterContent, line: Line, quantity: Quantity, known: Point, at: date, sheet: str) -> str:
    """The share of the two points at the time from which `known` is."""
    chosen = dict(moments(content.consolidation, at)).get(known.campaign) or at
    return share_of(*(point_at(content, term, quantity, chosen, sheet) for term in terms(content, line)))


def progress(value: str, baseline: str, target: str, direction: str) -> str:
    """(V - B) / (T - B), or 1 and 0 where the target is to hold the baseline."""
    share = f"({value}-{baseline})/({target}-{baseline})"
    held = f"IF({_held(value, target, direction)},1,0)"
    return _judged(value, baseline, target, direction, f"IF({_level(baseline, target)},{held},{share})")


def elapsed(start: str) -> str:
    """The share of the time from `start`, the cell of the baseline's date, to the target's date, kept in 0 to 1."""
    share = f"MIN(1,MAX(0,({AT}-{start})/({END}-{start})))"
    return f"=IF({END}<={start},IF({AT}>={END},1,0),{share})"


def expected(value: str, baseline: str, target: str, direction: str, elapsed_cell: str) -> str:
    """B + (T - B) x elapsed share."""
    return _judged(value, baseline, target, direction, f"{baseline}+({target}-{baseline})*{elapsed_cell}")


def lag(progress_cell: str, baseline: str, target: str, start: str) -> str:
    """t minus the date at which the straight line reaches the value, in months; empty where it went backwards."""
    at = f"IF({progress_cell}>=1-{_TINY},MIN({AT},{END}),{AT})"
    months = f"({at}-{start}-{progress_cell}*({END}-{start}))/{DAYS_PER_MONTH}"
    nowhere = f"OR({_level(baseline, target)},{END}<={start},{progress_cell}<-{_TINY})"
    return f'=IF(ISNUMBER({progress_cell}),IF({nowhere},"",{months}),"")'


def kept_secret(content: MasterContent, code_cell: str, arbitration: str) -> str:
    """Whether partners keep the figure secret (*ns*), and no decision says otherwise."""
    keys, key = content.data_range("cle"), key_of(code_cell, content.campaign.code, content.quantity)
    secret = f'COUNTIFS({keys},{key},{content.data_range("reponse")},"ns",{content.data_range("compte")},1)>0'
    return f"AND({secret},NOT({_is_reason(arbitration)}))"


def situation(
    value: str, baseline: str, target: str, direction: str, share: str, elapsed_cell: str, secret: str
) -> str:
    """The word, by the same cases in the same order as `cvsheet.figures.progress.judge`; `share` is p's cell,
    `secret` a condition under which a missing value is a secret one."""
    cases = (
        (f"AND(NOT(ISNUMBER({value})),{secret})", SECRET_SITUATION),
        (f"NOT(ISNUMBER({value}))", Situation.NOT_FILLED),
        (f'{direction}="suivi"', Situation.WATCHED),
        (f"NOT(ISNUMBER({baseline}))", Situation.NO_BASELINE),
        (f"NOT(ISNUMBER({target}))", Situation.NO_TARGET),
        (_wrong_target(baseline, target, direction), Situation.WRONG_TARGET),
        (f"AND({_level(baseline, target)},{_held(value, target, direction)})", Situation.HELD),
        (_level(baseline, target), Situation.NOT_HELD),
        (f"{share}>=1-{_TINY}", Situation.REACHED),
        (f"{share}<-{_TINY}", Situation.BACKWARDS),
        (f"OR({elapsed_cell}<=0,{elapsed_cell}<{EARLY}/100-{_TINY})", Situation.TOO_EARLY),
        (f"{share}/{elapsed_cell}>={ON_TRACK}/100-{_TINY}", Situation.ON_TRACK),
        (f"{share}/{elapsed_cell}>={WATCH}/100-{_TINY}", Situation.TO_WATCH),
    )
    opened = "".join(f'IF({test},"{word}",' for test, word in cases)
    return f'={opened}"{Situation.LATE.value}"{")" * len(cases)}'


def situation_of_texts(count: str) -> str:
    """The word of a line that has no consolidated value: followed where somebody answered."""
    return f'=IF({count}>0,"{Situation.WATCHED.value}","{Situation.NOT_FILLED.value}")'


def answered(content: MasterContent, line: Line, code_cell: str) -> str:
    """How many partners gave a figure to the judged campaign, or a text on text measures: of a weighted mean, a figure
    that has its weight."""
    keys, key = content.data_range("cle"), key_of(code_cell, content.campaign.code, content.quantity)
    if line.measure.is_text:
        return f'COUNTIFS({keys},{key},{content.data_range("reponse")},"texte",{content.data_range("compte")},1)'
    rows = DataRows(key, content.data_range)
    return rows.kept if line.measure.method.weighed else rows.answering


def coverage(content: MasterContent, line: Line, code_cell: str) -> str:
    """Partners that answered / partners expected; *so* leaves the denominator, *nd* and *ns* do not."""
    keys, key = content.data_range("cle"), key_of(code_cell, content.campaign.code, content.quantity)
    excused = f'COUNTIFS({keys},{key},{content.data_range("reponse")},"so")'
    return f'={answered(content, line, code_cell)}&"/"&({len(set(line.measure.producers))}-{excused})'


def retained(arbitration: str, computed: str) -> str:
    """The value to judge: the arbitrated number, none where *nd*, *ns* or *so* was decided, else the computed one.

    `computed` is a cell or a formula.
    """
    value = computed.removeprefix("=") or '""'
    kept = value if computed.startswith("=") else f'IF(ISNUMBER({value}),{value},"")'
    return f'=IF(ISNUMBER({arbitration}),{arbitration},IF({_is_reason(arbitration)},"",{kept}))'


def decision_state(arbitration: str, motive: str, written: Mapping[str, str] | None, *, text_only: bool) -> str:
    """What is to be said of a decision, by the same cases as `cvsheet.books.master.decisions.state_of`.

    `written` gives the cells of *Décisions* that say what was decided on which answers, where there are any.
    """
    if text_only:
        return f'=IF({arbitration}="","","{State.WITHOUT_EFFECT}")'
    told = f'IF(TRIM({motive})="","{State.NO_MOTIVE}","{State.ARBITRATED}")'
    if written:
        same_value = f"{written['alors']}={arbitration}"
        changed = f'AND({same_value},{written["etabli"]}<>"",{written["etabli"]}<>{written["origine"]})'
        told = f'IF({changed},"{State.CHANGED}",{told})'
    decides = f"OR(ISNUMBER({arbitration}),{_is_reason(arbitration)})"
    return f'=IF({arbitration}="","",IF({decides},{told},"{State.UNREADABLE}"))'


def _is_reason(cell: str) -> str:
    return "OR(" + ",".join(f'{cell}="{reason.value}"' for reason in REASONS) + ")"


def same(cell: str) -> str:
    """The number of another cell; empty where it holds none."""
    return f'=IF(ISNUMBER({cell}),{cell},"")'


def change(value: str, former: str, *, points: bool) -> str:
    """The change against N-1: in points for rates, relative to a positive figure, else the difference."""
    both = f"AND(ISNUMBER({value}),ISNUMBER({former}))"
    if points:
        return f'=IF({both},{value}-{former},"")'
    return f'=IF({both},IF({former}>{_TINY},({value}-{former})/{former},{value}-{former}),"")'


def _judged(value: str, baseline: str, target: str, direction: str, formula: str) -> str:
    """`formula` where the value is judged; the test on the target stands apart, as it reckons with both numbers."""
    missing = ",".join(f"NOT(ISNUMBER({cell}))" for cell in (value, baseline, target))
    wrong = _wrong_target(baseline, target, direction)
    return f'=IF(OR({missing},{direction}="suivi"),"",IF({wrong},"",{formula}))'


def _wrong_target(baseline: str, target: str, direction: str) -> str:
    fall, rise = f"{target}<{baseline}-{_TINY}", f"{target}>{baseline}+{_TINY}"
    return f'OR(AND({direction}="hausse",{fall}),AND({direction}="baisse",{rise}))'


def _held(value: str, target: str, direction: str) -> str:
    above, below = f"{value}>={target}-{_TINY}", f"{value}<={target}+{_TINY}"
    return f'OR(AND({direction}="hausse",{above}),AND({direction}="baisse",{below}))'


def _level(baseline: str, target: str) -> str:
    """Whether the target is to hold the baseline."""
    return f"ABS({target}-{baseline})<={_TINY}"
