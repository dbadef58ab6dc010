"""Where organisers and facilitators prepare and run workshops."""
