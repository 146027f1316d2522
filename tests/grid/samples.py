"""A workbook with one of everything, made by XlsxWriter, for the tests that pass it through other programs."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import xlsxwriter


def sample() -> bytes:
    """A workbook with one of everything that partners' files hold."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        date, percent = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet("Emploi")
        for column, text in enumerate(["Indicateur", "Valeur", "Le", "Part", "Oui ?", "Contrôle", "Erreur", "Vide"]):
            sheet.write_string(0, column, text)
        for row in range(1, 40):
            sheet.write_string(row, 0, f"Indicateur n° {row} : « accès à l'emploi »")
            sheet.write_number(row, 1, row * 1234.56789)
            sheet.write_datetime(row, 2, datetime(2025, 1, 1) + timedelta(days=row), date)
            sheet.write_number(row, 3, row / 40, percent)
            sheet.write_boolean(row, 4, row % 2 == 0)
            sheet.write_formula(row, 5, f"=B{row + 1}*2", None, row * 2469.13578)
            sheet.write_formula(row, 6, "=1/0", None, "#DIV/0!")
            sheet.write_formula(row, 7, '=""', None, "")
        sheet.write_string(41, 0, "ligne 1\nligne 2\tfin  ")
        sheet.write_rich_string(42, 0, "un mot ", book.add_format({"bold": True}), "gras", " ici")
        sheet.merge_range("J1:K2", "fusion")
        sheet.write_comment("B3", "estimation")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column("D:D", None, None, {"hidden": True})
        book.add_worksheet("_cvsheet").hide()
        book.set_properties({"title": "essai", "created": datetime(2025, 1, 1)})
    return buffer.getvalue()
