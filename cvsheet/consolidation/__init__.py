"""Across partners and campaigns: aggregation, progress, confidentiality."""
