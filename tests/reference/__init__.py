"""Slow and obvious twins of what the library computes; they import nothing of it."""
