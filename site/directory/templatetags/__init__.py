"""Words of records in templates."""
