"""Words quoted as ends of the links of lineage."""

VERBATIM = "verbatim"
