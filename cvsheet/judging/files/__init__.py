"""Rules about files as a whole: what they are, whose, and which of several counts (FIC)."""
