"""Pages of the questionnaire editor, at `/espace/enquetes/`."""
