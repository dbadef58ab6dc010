"""The publication of results, for those who work on a survey."""
