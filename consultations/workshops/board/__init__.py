"""The board as the room sees it: messages, events, the pure reducer, the snapshot."""
