"""Pages of action sheets."""
