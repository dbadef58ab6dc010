"""Permanent codes of what the observatory itself publishes: pages know them without knowing the feeds."""

COUNT = "population"
CHANGE = "population-evolution"
