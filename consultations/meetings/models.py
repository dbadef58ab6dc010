"""Meetings of councils: convening, quorum, decisions, minutes."""
