"""Every write of councils. Nothing with legal life is deleted: it is closed, with its day and its reason."""

from consultations.councils.services.acts import (
    lift_vacancy,
    record_founding_act,
    record_sending,
    record_vacancy,
)
from consultations.councils.services.bylaws import set_bylaw_values
from consultations.councils.services.councils import (
    create_council,
    dissolve_council,
    link_establishment,
    unlink_establishment,
    update_council,
)
from consultations.councils.services.documents import add_council_document, withdraw_council_document
from consultations.councils.services.federation import join_federation, leave_federation
from consultations.councils.services.mandates import (
    end_mandate,
    invite_member,
    open_mandate,
    promote_substitute,
)
from consultations.councils.services.offices import designate_office, end_office

__all__ = [
    "add_council_document",
    "create_council",
    "designate_office",
    "dissolve_council",
    "end_mandate",
    "end_office",
    "invite_member",
    "join_federation",
    "leave_federation",
    "lift_vacancy",
    "link_establishment",
    "open_mandate",
    "promote_substitute",
    "record_founding_act",
    "record_sending",
    "record_vacancy",
    "set_bylaw_values",
    "unlink_establishment",
    "update_council",
    "withdraw_council_document",
]
