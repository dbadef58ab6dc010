"""What an organiser fills in to write a questionnaire; shapes only, the rules are in `publication`."""
