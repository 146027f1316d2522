"""Agreed baselines and targets written into the contract, in place."""
