"""The writes of workshops, by subject."""
