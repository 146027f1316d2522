"""Rules about the answers of several partners (ENS)."""
