"""One room for each kind of workbook: its rows, its reading, its writing."""
