"""The tables of schemas/*.json, and their descriptions for other programs."""
