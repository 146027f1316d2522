"""The contract read, as records and as a framework."""
