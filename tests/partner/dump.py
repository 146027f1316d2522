"""A workbook as sorted lines of text: what a partner sees and may do, for a comparison that reads in a review."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def dump(book: Workbook) -> str:
    """Sheets in order: state, panes, print, protection, cells, notes, validations, conditional formats."""
    return "\n".join(line for sheet in book for line in _sheet(sheet)) + "\n"


def _masked(text: str) -> str:
    """`text` without fingerprints, which change with every column that the model gains."""
    return re.sub(r"[0-9a-f]{12}(-[0-9a-f]{12}-[0-9a-f]{4})?( [0-9a-f]{12})*", "…", text)


def _sheet(sheet: Worksheet) -> Iterator[str]:
    yield f"=== {sheet.title} [{sheet.sheet_state}]"
    page, protection = sheet.page_setup, sheet.protection
    yield f"panes {sheet.freeze_panes} | filter {sheet.auto_filter.ref} | titles {sheet.print_title_rows}"
    yield f"print {page.orientation} paper {page.paperSize} width {page.fitToWidth} area {sheet.print_area}"
    free = [name for name in ("autoFilter", "sort", "formatColumns", "formatRows") if not getattr(protection, name)]
    yield f"protected {protection.sheet} password {protection.password} free {' '.join(free)}"
    yield f"merged {' '.join(map(str, sheet.merged_cells.ranges)) or '-'}"
    for row in sheet.iter_rows():
        for cell in row:
            mark = "" if cell.protection.locked else " <input>"
            if cell.value is not None or mark:
                shown = cell.number_format if cell.number_format != "General" else ""
                value = "…" if sheet.cell(cell.row, 1).value == "controle" and cell.column == 2 else cell.value
                yield f"{cell.coordinate}{mark} {_masked(repr(value))} {shown}".rstrip()
            if cell.hyperlink:
                yield f"{cell.coordinate} link {cell.hyperlink.location}"
            if cell.comment:
                yield f"{cell.coordinate} note {cell.comment.text!r}"
    for rule in sheet.data_validations.dataValidation:
        bounds = " ".join(filter(None, (rule.operator, rule.formula1, rule.formula2)))
        yield f"validation {rule.sqref} {rule.type} {rule.errorStyle or 'stop'}: {bounds}"
        yield f"    asks {rule.prompt!r}"
        yield f"    says {rule.error!r}"
    for where in sheet.conditional_formatting:
        for each in where.rules:
            yield f"colour {where.sqref} {each.type} {each.operator or ''} {' '.join(each.formula)}"
