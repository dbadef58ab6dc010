"""Writes of annual reports and of surveys examined."""
