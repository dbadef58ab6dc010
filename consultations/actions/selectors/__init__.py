"""Reads of action sheets, as frozen dataclasses."""
