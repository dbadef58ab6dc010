"""The board of actions: what moves, what is stuck, what it costs."""
