"""Rules of councils as data and pure functions: no query."""
