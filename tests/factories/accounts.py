"""People, their roles on places, and a client signed in as one of them."""

import datetime
import time

import factory
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Role, User
from territories.models import Territory, TerritoryLevel

PASSWORD = "une longue phrase de passe"
TOTP_SECRET = "JBSWY3DPEHPK3PXP"


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory

    level = factory.LazyFunction(
        lambda: TerritoryLevel.objects.get_or_create(
            code="commune", defaults={"rank": 5, "name": "commune", "name_plural": "communes"}
        )[0]
    )
    code = factory.Sequence(lambda n: f"A{n:05}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    search_name = factory.LazyAttribute(lambda o: o.name.lower())


class UserFactory(factory.django.DjangoModelFactory):
    """A person whose address is verified. `password` sets one; `totp` adds an authenticator app."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        erased = factory.Trait(is_active=False, erased_at=factory.LazyFunction(timezone.now))

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    password = "!"

    @factory.post_generation
    def addresses(obj: User, create: bool, extracted: object, **_kwargs: object) -> None:
        if create:
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=True)

    @factory.post_generation
    def totp(obj: User, create: bool, extracted: object, **_kwargs: object) -> None:
        if create and extracted:
            Authenticator.objects.create(user=obj, type="totp", data={"secret": encrypt(TOTP_SECRET)})


class MembershipFactory(factory.django.DjangoModelFactory):
    """A role in force since a month on a commune; traits for those that are not."""

    class Meta:
        model = Membership

    class Params:
        expired = factory.Trait(
            ends_on=factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=1))
        )
        to_come = factory.Trait(
            starts_on=factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=1))
        )
        withdrawn = factory.Trait(withdrawn_at=factory.LazyFunction(timezone.now))

    user = factory.SubFactory(UserFactory)
    role = Role.ORGANISER
    territory = factory.SubFactory(TerritoryFactory)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=30))


def someone(role: Role | None = None, **traits: object) -> User:
    """A person, with a role when given: `someone(Role.DPO)`, `someone(Role.DPO, expired=True)`."""
    user: User = UserFactory()
    if role is not None:
        MembershipFactory(user=user, role=role, **traits)
    return user


class SignedInClient(Client):
    """Django's client, whose `force_login` proves a second factor too, as staff doors require."""

    def force_login(self, user: User, backend: str | None = None, *, second_factor: bool = True) -> None:
        super().force_login(user, backend or "allauth.account.auth_backends.AuthenticationBackend")
        session = self.session
        records = [{"method": "mfa", "type": "totp", "at": time.time()}] if second_factor else []
        session["account_authentication_methods"] = records
        session["account_authentication_methods_user"] = user_id_to_str(user)
        session.save()
