"""The writes of texts written together."""
