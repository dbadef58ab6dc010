"""Requests for help: a person, a service that takes requests, what was sent."""

import uuid
from typing import Any

from directory.models import Service
from needs.models import Need
from organisations.models import Organisation
from orientation.draft import Draft
from orientation.models import HelpRequest, Sending
from orientation.services.asking import send_request
from territories.models import Territory
from tests.factories import directory
from tests.factories.process import body, place

NEED = "1.3.2.2"


def taker(commune: Territory, need: str = NEED, **fields: Any) -> Service:
    """A service of this commune that answers the need and takes requests."""
    organisation: Organisation = fields.pop("organisation", None) or body(commune, "CCAS")
    values = {"takes_requests": True, "email": "ccas@example.org", "phone": "05 00 00 00 00", **fields}
    made = directory.service(organisation, **values)
    made.needs.add(directory.need(need))
    made.coverage.add(commune)
    return made


def draft(commune: Territory, **fields: Any) -> Draft:
    """What a person typed."""
    values: dict[str, Any] = {
        "key": uuid.uuid4(),
        "needs": [NEED],
        "commune": commune,
        "reach": "phone",
        "contact": "06 00 00 00 01",
        "consent_words": "J’accepte.",
        "first_name": "Josette",
        "words": "Je n’arrive plus à faire mes courses.",
    }
    return Draft(**{**values, **fields})


def asked(*services: Service, actor: Any = None, **fields: Any) -> HelpRequest:
    """A request sent to these services."""
    commune: Territory = fields.pop("commune", None) or services[0].coverage.get()
    request, _code = send_request(actor=actor, draft=draft(commune, **fields), services=services)
    return request


def sending(state: str = "sent", **fields: Any) -> Sending:
    """One sending in a state, to a service of its own commune."""
    service = fields.pop("service", None) or taker(place())
    made = asked(service, **fields).sendings.get()
    made.state = state
    made.refusal = "area" if state == "refused" else ""
    made.answered_on = made.sent_on if state in {"accepted", "refused", "full", "studying"} else None
    made.save()
    return made


def need(code: str = NEED) -> Need:
    return directory.need(code)
