"""What a rule is, which there are, and what becomes of what they find."""
