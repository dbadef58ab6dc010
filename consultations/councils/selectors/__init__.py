"""What councils' pages and upper apps read."""

from consultations.councils.selectors.bylaws import (
    BylawChange,
    Bylaws,
    BylawValue,
    bylaw,
    bylaw_history,
    bylaws,
)
from consultations.councils.selectors.composition import (
    Alert,
    Composition,
    SeatLine,
    composition,
    founding_act_on,
    seats_on,
)
from consultations.councils.selectors.federation import (
    FederatedCouncil,
    ancestors_of,
    federated_councils,
    federations_of,
)
from consultations.councils.selectors.members import Member, members, office_holder

__all__ = [
    "Alert",
    "BylawChange",
    "BylawValue",
    "Bylaws",
    "Composition",
    "FederatedCouncil",
    "Member",
    "SeatLine",
    "ancestors_of",
    "bylaw",
    "bylaw_history",
    "bylaws",
    "composition",
    "federated_councils",
    "federations_of",
    "founding_act_on",
    "members",
    "office_holder",
    "seats_on",
]
