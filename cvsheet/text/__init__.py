"""French texts, and numbers as people write them."""
