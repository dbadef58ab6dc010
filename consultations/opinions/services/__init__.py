"""Writes of opinions, by moment of their life."""
