"""Public pages of consultations and the workspace."""
