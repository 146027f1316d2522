"""A campaign as a whole: who answered, and the expectations of the audit (ATT)."""
