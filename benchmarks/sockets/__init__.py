"""What a live room costs: a kind of room, a raw broadcast to compare with, and a thousand protocol clients."""
