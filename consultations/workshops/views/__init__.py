"""Public pages of workshops, and the plain pages of their rooms."""
