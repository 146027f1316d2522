"""Rules about the answers of one return: beside one another, beside the former campaign (COH, HIS)."""
