"""Pages of syntheses: what anyone reads, and what those who write it do."""
