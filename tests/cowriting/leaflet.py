"""A tiny kind of manuscript for tests: a leaflet of two texts, whose rights are words in its key."""

from collections.abc import Iterator
from contextlib import contextmanager

from accounts.permissions import Visitor, is_member
from consultations.cowriting.registries import ManuscriptKind, TextField, manuscript_kinds

KIND = "leaflet"
FIELDS = (
    TextField("context", "Contexte", "Pourquoi ce dépliant.", most=300),
    TextField("aim", "But", most=100),
)
told: list[str] = []


def may(user: Visitor, verb: str, key: str, name: str) -> bool:
    """An account may what its address names: `write`, `read`… before the first dot; nothing in a key `closed`."""
    if not is_member(user) or (key == "closed" and verb != "read"):
        return False
    rights = user.email.partition("@")[0].split(".")
    return verb in rights or verb == "read"


@contextmanager
def registered() -> Iterator[ManuscriptKind]:
    kind = ManuscriptKind(
        KIND,
        "dépliant",
        FIELDS,
        may=may,
        title=lambda key: f"Dépliant {key}",
        url=lambda key: "/",
        details=lambda key: {"pages": 2},
        changed=told.append,
    )
    manuscript_kinds.register(KIND, kind)
    told.clear()
    try:
        yield kind
    finally:
        del manuscript_kinds._entries[KIND]
