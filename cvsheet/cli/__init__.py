"""The command line: thin shells around workflows. Arguments in, exit code and a few French lines out."""
