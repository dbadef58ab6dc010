"""Writes of the directory: every one checks who may, keeps the history and tells the audit log."""
