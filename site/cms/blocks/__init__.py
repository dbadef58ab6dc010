"""What a page is made of: one stream of blocks for every family of pages."""
