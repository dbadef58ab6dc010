"""What is typed in orientation."""
