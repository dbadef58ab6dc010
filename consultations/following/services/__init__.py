"""The writes of following."""
