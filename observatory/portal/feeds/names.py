"""Permanent codes of what the observatory publishes: pages know them without knowing the feeds."""

SURVEY, SOURCE, WORKSHOP = "survey", "source", "workshop"
COUNT = "population"
CHANGE = "population-evolution"
