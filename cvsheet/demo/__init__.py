"""A whole campaign on fictitious returns."""
