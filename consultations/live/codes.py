"""Room codes: six characters said aloud across a room and typed on a phone."""

import secrets

ALPHABET = "CDFGHJKLMNPQRTVWXY34679"  # no vowels (no words), none of 0 O 1 I 2 Z 5 S 8 B
LENGTH = 6


def new_room_code() -> str:
    """A random code, one of 148 million."""
    return "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))


def normalise_room_code(typed: str) -> str:
    """What was meant: case, spaces and dashes do not count; empty when it cannot be a code."""
    plain = "".join(letter for letter in typed[:40].upper() if letter.isalnum())
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""
