"""The questionnaire editor and the follow-up of participation, in the workspace."""
