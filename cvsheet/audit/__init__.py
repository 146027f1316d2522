"""A campaign judged as one data set: the tables that are judged, and the checkpoint that judges them.

Read in this order: `subject` (what is audited), `answers`, `returns`, `totals` (its tables), `checkpoint`.
"""
