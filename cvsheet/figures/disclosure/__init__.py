"""What a publication may show, so that nothing masked can be worked out."""
