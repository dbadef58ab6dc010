"""Exchange of the records with other directories: pure mappings between what we keep and the open formats."""
