"""Elections in councils."""
