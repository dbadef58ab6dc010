"""Permanent codes of what the observatory publishes: pages know them without knowing the feeds."""

SURVEY, SOURCE, WORKSHOP, POLL = "survey", "source", "workshop", "poll"
COUNT = "population"
CHANGE = "population-evolution"
SIGNALS_THEME = "sans-reponse"
SIGNAL_LEVELS = ("departement", "epci")
"""Searches are counted by group of communes, no finer."""


def signals_slug(year: int) -> str:
    """The subject of the signals of a year."""
    return f"besoins-sans-reponse-{year}"


def signal_code(year: int, need: str) -> str:
    """The permanent code of the figure of a need, that year."""
    return f"{signals_slug(year)}--{need.lower().replace('.', '-')}"
