"""Whether a staff door opens: pure rules over what the session proves. No request, no query.

A session holds allauth's records of what was proved. A passkey is a record of kind `mfa`: it is something
one has, opened by something one knows or is, since we require user verification. It counts as two factors.
"""

import enum
from collections.abc import Iterable, Mapping


class Door(enum.Enum):
    """What happens to a request at the door of the workspace or of the admin."""

    OPEN = "open"
    SIGN_IN = "sign_in"
    SET_UP = "set_up"
    VERIFY = "verify"
    REFUSED = "refused"


class Area(enum.Enum):
    """The parts of the site kept behind a second factor."""

    WORKSPACE = "espace"
    ADMIN = "gestion"


def area_of(path: str, language_codes: Iterable[str]) -> Area | None:
    """The guarded area an address belongs to, whatever its language prefix."""
    parts = path.lstrip("/").split("/")
    if parts and parts[0] in set(language_codes):
        parts = parts[1:]
    return next((area for area in Area if parts and parts[0] == area.value), None)


def is_verified(records: Iterable[Mapping[str, object]]) -> bool:
    """True when this session has proved a second factor."""
    return any(record.get("method") == "mfa" for record in records)


def is_recent(records: Iterable[Mapping[str, object]], *, now: float, seconds: float) -> bool:
    """True when something was proved within the last `seconds`."""
    moments = [at for record in records if isinstance(at := record.get("at"), int | float)]
    return bool(moments) and now - max(moments) < seconds


def door_for(
    area: Area, *, signed_in: bool, is_staff: bool, may_enter_admin: bool, has_factor: bool, verified: bool
) -> Door:
    """What to do with someone at the door; people without a staff role need no second factor."""
    if not signed_in:
        return Door.SIGN_IN
    if area is Area.ADMIN and not may_enter_admin:
        return Door.REFUSED
    if not is_staff or verified:
        return Door.OPEN
    return Door.VERIFY if has_factor else Door.SET_UP
