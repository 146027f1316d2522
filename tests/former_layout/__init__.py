"""Workbooks made before actions had a sheet of their own: sent once, they come back for years."""
