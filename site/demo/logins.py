"""The demo accounts as `make run` prints them."""


def describe_logins(address: str) -> str:
    """Where to sign in by role, in one click."""
    return f"Demo: sign in by role, in one click: {address}/demo/"
