"""`python -m cvsheet`: the same command, where a policy of the machine stops the programs that pip makes."""

from cvsheet.cli.main import run

run()
