"""Rules about the contract itself (REF)."""
