"""Small faults put into the code one by one, and the tests that see them: `python -m benchmarks.mutants`."""
