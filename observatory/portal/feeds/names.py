"""Permanent codes of what the observatory publishes: pages know them without knowing the feeds."""

SURVEY, SOURCE, WORKSHOP, POLL = "survey", "source", "workshop", "poll"
COUNT = "population"
CHANGE = "population-evolution"
