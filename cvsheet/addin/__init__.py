"""The Excel add-in: cvsheet driven from an open workbook through xlwings, on Windows, macOS and Excel on the web.

Thin like `cvsheet.cli`: what is done is done by `cvsheet.workflows`; here is only how it is asked for and shown in a
workbook. The only package that imports xlwings. Read in this order: launch, pilot_form, tasks, then what they show
with: marks, refresh, session; open_books turns an open workbook into a grid. functions are the formulas for one's own
sheets, server the door for Excel on the web.

A rule of the house: compute first, then write. On the web nothing is applied before the whole run is over.
"""
