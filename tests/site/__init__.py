"""The page to publish."""
