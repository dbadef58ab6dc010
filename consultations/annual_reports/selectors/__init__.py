"""What is read of a council's year: figures, reports, what is late."""
