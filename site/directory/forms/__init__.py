"""Forms of the directory: what anyone sends, and what those who keep records fill in."""
