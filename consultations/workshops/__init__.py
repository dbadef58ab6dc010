"""Shared-diagnosis workshops: preparation, the board of cards, and what follows."""
