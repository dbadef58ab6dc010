"""Pages of polls: voting and results for anyone, the workspace for who runs them."""
