"""Pages of opinions: for anyone, for the body asked, for those who work on them."""
