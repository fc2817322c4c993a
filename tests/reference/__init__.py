"""Slow and obvious twins of what the library computes. They import nothing of it and are never shipped."""
