"""The accounts of the demo, one per role of the story. Loading again changes nothing."""

import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import transaction

from accounts.models import Membership, User
from demo.roles import PASSWORD, PEOPLE, DemoPerson
from organisations.models import Organisation
from territories.models import Territory

SINCE = datetime.date(2026, 1, 1)


@transaction.atomic
def load() -> None:
    """Create or complete every account; a password or a factor changed by hand is put back."""
    for person in PEOPLE:
        user = _load_user(person)
        if person.role:
            _load_role(person, user)
        if person.is_staff:
            Authenticator.objects.update_or_create(
                user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(person.totp_secret)}}
            )


def _load_user(person: DemoPerson) -> User:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User.objects.create_user(person.email, PASSWORD, display_name=person.label)
    elif not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=person.email, defaults={"verified": True, "primary": True}
    )
    return user


def _load_role(person: DemoPerson, user: User) -> None:
    level, _colon, code = person.place.partition(":")
    if code:
        place = {"territory": Territory.objects.current().get(level_id=level, code=code)}
    else:
        place = {"organisation": Organisation.objects.get(slug=person.place)}
    Membership.objects.get_or_create(
        user=user, role=person.role, ends_on=None, withdrawn_at=None, **place, defaults={"starts_on": SINCE}
    )
