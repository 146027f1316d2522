"""Bytes to cells and back: what stands in a file, and files written whole or not at all."""
