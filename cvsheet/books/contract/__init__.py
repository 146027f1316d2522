"""The contract, as a workbook or a folder of CSV files."""
