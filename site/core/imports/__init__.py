"""One way to import a table: read, show what would change, confirm, all or nothing, audited."""
