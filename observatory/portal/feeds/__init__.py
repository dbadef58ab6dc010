"""What the observatory pulls from the apps below, as facts."""
