"""Reads of the board, as frozen dataclasses."""
