"""The accounts of the demo, one per role of the story. Loading again changes nothing."""

import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Membership, User
from demo.roles import PASSWORD, PEOPLE, DemoPerson
from organisations.models import Organisation
from territories.models import Territory

SINCE = datetime.date(2026, 1, 1)


@transaction.atomic
def load() -> None:
    """Create or complete every account; a password or a factor changed by hand is put back."""
    password = make_password(PASSWORD)  # hashed once: hashing is slow on purpose
    for person in PEOPLE:
        user = _load_user(person, password)
        if person.role:
            _load_role(person, user)
        if person.is_staff:
            Authenticator.objects.update_or_create(
                user=user,
                type=Authenticator.Type.TOTP,
                defaults={"data": {"secret": encrypt(person.totp_secret)}},
            )


def _load_user(person: DemoPerson, password: str) -> User:
    user = User.objects.filter(email=person.email).first() or User(email=person.email)
    user.display_name, user.password, user.is_active = person.label, password, True
    user.full_clean()
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=person.email, defaults={"verified": True, "primary": True}
    )
    return user


def _load_role(person: DemoPerson, user: User) -> None:
    level, _colon, code = person.place.partition(":")
    place: dict[str, Territory | Organisation]
    if code:
        place = {"territory": Territory.objects.current().get(level_id=level, code=code)}
    else:
        place = {"organisation": Organisation.objects.get(slug=person.place)}
    Membership.objects.get_or_create(
        user=user, role=person.role, ends_on=None, withdrawn_at=None, **place, defaults={"starts_on": SINCE}
    )
