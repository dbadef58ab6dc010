"""Pages of texts written together."""
