"""Test data: one module per app, one factory per model, states as traits."""
