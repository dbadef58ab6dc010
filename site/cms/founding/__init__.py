"""The first pages of a site, written in TOML: how they are read, and what a new site starts with."""
