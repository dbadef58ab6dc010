"""What is here, in the terms of exchange: compared and never shown, so hidden addresses are whole."""

from typing import Any
from uuid import UUID

from directory.exchange import gather
from directory.exchange.plain import to_plain
from directory.models import Location, Scheme, Service
from directory.services.importing.matching import organisations_by_uid
from organisations.models import Organisation


def snapshots(kind: str, uids: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """The records of these identifiers as JSON; of services, also whether anyone may read them."""
    if kind == "organisation":
        keys = [one.pk for one in organisations_by_uid(uids).values()]
        rows: Any = gather.organisations(Organisation.objects.filter(pk__in=keys))
        records: Any = map(gather.organisation_record, rows)
    elif kind == "location":
        rows = gather.locations(Location.objects.filter(uid__in=uids))
        records = (gather.location_record(one, whole=True) for one in rows)
    elif kind == "service":
        services = list(gather.services(Service.objects.filter(uid__in=uids)))
        return {
            one.uid: {**to_plain(gather.service_record(one)), "published": one.published} for one in services
        }
    else:
        records = map(gather.scheme_record, gather.schemes(Scheme.objects.filter(uid__in=uids)))
    return {one.uid: to_plain(one) for one in records}
