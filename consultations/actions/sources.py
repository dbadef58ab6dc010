"""The kinds of lineage objects a sheet may come from."""

SOURCES = ("action_proposal", "synthesis_line", "opinion", "decision", "card", "need", "signal")
