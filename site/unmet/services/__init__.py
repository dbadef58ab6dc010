"""Writes: what is counted again each day, and what the territory answers."""
