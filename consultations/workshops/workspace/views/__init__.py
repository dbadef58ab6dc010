"""Pages of the workspace about workshops."""
