"""The workbook that a partner fills in, and its correction."""
