"""The façade for programs: what a contract folder can be asked for, one method a command (docs/api.md).

The commands and the add-in ask it too. No logic of its own: each method gives a workflow what a contract knows of
itself, and returns what the workflow returns. Everything is imported where it is asked for: importing costs nothing.
"""
