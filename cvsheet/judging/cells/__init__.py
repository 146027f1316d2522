"""Rules about one answer (VAL)."""
