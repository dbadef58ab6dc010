"""Any record that may be kept: the algebra of what formats must carry."""

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from directory import codes
from directory.exchange import records

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
WORDS = st.sampled_from(
    [
        "",
        "Sur rendez-vous",
        'L’été : « fermé » ; "sauf" 1/2, 3–4 €',
        "<b>gras</b> & co",
        "Deux\nlignes",
        "a,b;c|d",
        "=1+1",
    ]
)
NAMES = st.builds("{} {}".format, st.sampled_from(["N", "École", "Aide d’été"]), st.integers(0, 999))
PHONES = st.sampled_from(["", "05 00 00 00 01", "3977", "+33 5 00 00 00 01"])
EMAILS = st.sampled_from(["", "accueil@example.org"])
LINKS = st.sampled_from(["", "https://example.org/a?b=1&c=2"])
PLACES = st.sampled_from(["commune:47086", "epci:200068930", "departement:47"])


def some(values: Any, most: int = 3) -> Any:
    """A tuple without repeats."""
    return st.lists(values, max_size=most, unique=True).map(tuple)


def build(cls: Any, **given: Any) -> Any:
    return st.builds(cls, **given)


HOURS = build(
    records.Hours,
    weekday=st.integers(0, 6),
    opens=TIMES,
    closes=TIMES,
    nth=st.sampled_from([None, 1, 2, 3, 4, -1]),
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
    note=WORDS,
)
CLOSED = st.tuples(DAYS, DAYS, WORDS).map(lambda one: records.Closed(min(one[:2]), max(one[:2]), one[2]))
DESKS = st.one_of(
    build(records.Desk, label=NAMES, phone=st.just("05 00 00 00 01"), email=EMAILS, hours=WORDS),
    build(records.Desk, label=NAMES, email=EMAILS, hours=WORDS),
)
NUMBERS = build(
    records.Number,
    scheme=st.sampled_from(["siret", "finess", "data-inclusion"]),
    value=st.text("0123456789", min_size=3, max_size=14),
)
COUNTS = st.none() | st.integers(0, 500)
CAPACITIES = st.lists(
    build(
        records.Places,
        unit=NAMES,
        updated_on=DAYS,
        state=st.sampled_from(["open", "waiting", "full"]),
        places=COUNTS,
        available=COUNTS,
        waiting=COUNTS,
    ),
    max_size=3,
    unique_by=lambda one: one.unit,
).map(lambda rows: tuple(sorted(rows, key=lambda one: one.unit)))
EVERYONE = codes.Audience.EVERYONE.value
MONEY = st.none() | st.decimals(0, 9999, places=2, allow_nan=False).map(Decimal)
UIDS = st.uuids()

ORGANISATIONS = build(
    records.OrganisationRecord,
    uid=UIDS,
    name=NAMES,
    slug=st.sampled_from(["", "ccas-duras"]),
    kind=st.sampled_from(["authority", "other"]),
    territory=PLACES | st.just(""),
    description=WORDS,
    easy_read=WORDS,
    email=EMAILS,
    phone=PHONES,
    website=LINKS,
    networks=some(st.sampled_from(codes.Network.values)),
    parent=st.none() | UIDS,
    numbers=some(NUMBERS, 2),
    contacts=some(DESKS, 2),
)
LOCATIONS = build(
    records.LocationRecord,
    uid=UIDS,
    organisation=UIDS,
    name=NAMES,
    kind=st.sampled_from(["physical", "postal", "virtual"]),
    address_1=WORDS,
    address_2=WORDS,
    postal_code=st.sampled_from(["", "47120"]),
    commune=st.sampled_from(["", "commune:47086"]),
    latitude=st.none() | st.floats(43, 46, allow_nan=False),
    longitude=st.none() | st.floats(-1, 1, allow_nan=False),
    address_hidden=st.booleans(),
    hidden_reason=WORDS,
    access=st.dictionaries(st.sampled_from(codes.Access.values), st.booleans()).map(
        lambda one: tuple(sorted(one.items()))
    ),
    access_words=WORDS,
    accessibility_url=LINKS,
    transport=WORDS,
    phone=PHONES,
    holidays=st.sampled_from(codes.Holidays.values),
    hours=some(HOURS),
    closed=some(CLOSED, 2),
    contacts=some(DESKS, 2),
    numbers=some(NUMBERS, 2),
).map(lambda one: records.shown(one) if one.address_hidden else records.replace(one, hidden_reason=""))
AT = build(records.At, uid=UIDS, location=UIDS, hours=some(HOURS), closed=some(CLOSED, 2))
SERVICES = build(
    records.ServiceRecord,
    uid=UIDS,
    organisation=UIDS,
    name=NAMES,
    description=NAMES,
    slug=st.sampled_from(["", "repas"]),
    easy_read=WORDS,
    kind=st.sampled_from(codes.ServiceKind.values),
    status=st.sampled_from(codes.Status.values),
    closed_until=st.none() | DAYS,
    closed_reason=WORDS,
    modes=some(st.sampled_from(codes.Mode.values), 4),
    needs=some(st.sampled_from(["1.3.2.2", "1.E.1", "2.2.1"])),
    schemes=some(st.sampled_from(["apa", "pch"])),
    audiences=st.just((EVERYONE,)) | some(st.sampled_from(sorted({*codes.Audience.values} - {EVERYONE}))),
    age_min=st.none() | st.integers(0, 120),
    age_max=st.none() | st.integers(0, 120),
    situations=WORDS,
    eligibility=WORDS,
    eligible_territories=some(PLACES),
    coverage=some(PLACES),
    fee=st.sampled_from(codes.Fee.values),
    amount_min=MONEY,
    amount_max=MONEY,
    fee_words=WORDS,
    remaining_words=WORDS,
    documents=st.lists(NAMES, max_size=3).map(tuple),
    languages=some(st.sampled_from(codes.Language.values)),
    reach=some(st.sampled_from(codes.Reach.values), 4),
    reached_by=some(st.sampled_from(codes.ReachedBy.values), 2),
    email=EMAILS,
    phone=PHONES,
    link=LINKS,
    takes_requests=st.booleans(),
    average_delay_days=st.none() | st.integers(0, 1000),
    holidays=st.sampled_from(codes.Holidays.values),
    checked_on=st.none() | DAYS,
    checked_words=WORDS,
    review_months=st.sampled_from([1, 3, 6, 12, 18]),
    at=some(AT, 2),
    hours=some(HOURS),
    closed=some(CLOSED, 2),
    contacts=some(DESKS, 2),
    capacities=CAPACITIES,
    numbers=some(NUMBERS, 2),
)
SCHEMES = build(
    records.SchemeRecord,
    uid=UIDS,
    slug=st.sampled_from(["apa", "pch"]),
    name=NAMES,
    description=WORDS,
    easy_read=WORDS,
    url=LINKS,
    needs=some(st.sampled_from(["1.3.2.2", "1.E.1"])),
)
