"""The least Django can do: the reference every ratio is taken against."""
