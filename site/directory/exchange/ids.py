"""Identifiers made of what they name: the same in every export, whoever makes it."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6f0e3a52-7c1b-5d0a-9a59-7d1a2ab0c0de")


def made_id(*parts: object) -> UUID:
    """The identifier of what these words name."""
    return uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts))


def as_uid(text: object) -> UUID | None:
    """The identifier written so, or None: only the usual form, so that one record has one writing."""
    try:
        found = UUID(str(text))
    except ValueError:
        return None
    return found if str(found) == str(text).lower() else None
