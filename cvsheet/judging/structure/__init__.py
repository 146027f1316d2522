"""Rules about what became of a workbook's sheets, rows and columns (STR)."""
