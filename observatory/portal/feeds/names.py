"""Permanent codes of what the observatory publishes: pages know them without knowing the feeds."""

SURVEY, SOURCE = "survey", "source"
COUNT = "population"
CHANGE = "population-evolution"
