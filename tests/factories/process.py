"""Consultations, the people who run them and the places they are about."""

import datetime
import itertools
from collections.abc import Callable

import factory
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Membership, Role, User
from consultations.process.models import Consultation, Stage
from organisations.models import Organisation
from territories.models import Territory, TerritoryLevel, TerritoryRelation
from territories.names import search_key

_numbers = itertools.count(1)


def place(name: str = "Duras", level: str = "commune", *, within: Territory | None = None) -> Territory:
    """A current territory, wholly in another one when given."""
    TerritoryLevel.objects.get_or_create(
        code=level, defaults={"rank": 5, "name": level, "name_plural": level + "s"}
    )
    territory = Territory.objects.create(
        level_id=level, code=f"T{next(_numbers):05}", name=name, search_name=search_key(name)
    )
    if within:
        TerritoryRelation.objects.create(parent=within, child=territory)
    return territory


def body(territory: Territory, name: str = "Conseil de Duras") -> Organisation:
    """An organisation seated in a territory."""
    return Organisation.objects.create(name=name, slug=f"body-{next(_numbers)}", territory=territory)


def person(
    role: Role | None = None,
    *,
    on: Territory | Organisation | None = None,
    ended: bool = False,
    superuser: bool = False,
) -> User:
    """A member, with a role on a place when given; `ended` makes it a role of yesterday."""
    user = User.objects.create(email=f"person{next(_numbers)}@example.org", is_superuser=superuser)
    if role and on:
        today = timezone.localdate()
        Membership.objects.create(
            user=user,
            role=role,
            territory=on if isinstance(on, Territory) else None,
            organisation=on if isinstance(on, Organisation) else None,
            starts_on=today - datetime.timedelta(days=30),
            ends_on=today - datetime.timedelta(days=1) if ended else None,
        )
    return user


def an_actor(name: str, consultation: Consultation) -> User | AnonymousUser:
    """Who the tables of permissions speak of, around one consultation."""
    here = consultation.territory
    makers: dict[str, Callable[[], User | AnonymousUser]] = {
        "visitor": AnonymousUser,
        "organiser": lambda: person(Role.ORGANISER, on=here),
        "organiser elsewhere": lambda: person(Role.ORGANISER, on=ConsultationFactory().territory),
        "former organiser": lambda: person(Role.ORGANISER, on=here, ended=True),
        "analyst": lambda: person(Role.ANALYST, on=here),
        "editor": lambda: person(Role.EDITOR, on=here),
    }
    return makers[name]()


class ConsultationFactory(factory.django.DjangoModelFactory):
    """A complete draft with its stages."""

    class Meta:
        model = Consultation
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Vieillir chez soi {n}")
    slug = factory.Sequence(lambda n: f"vieillir-{n}")
    summary = "Ce dont vous avez besoin pour rester chez vous."
    purpose = "Choisir les aides à créer l'an prochain."
    territory = factory.LazyFunction(place)
    organisation = factory.LazyAttribute(lambda o: body(o.territory))
    audiences = factory.LazyFunction(lambda: ["residents"])
    legal_basis = Consultation.LegalBasis.PUBLIC_INTEREST
    data_categories = "Réponses anonymes, commune, tranche d'âge."
    recipients = "Les agents chargés de la démarche."
    contact = "05 53 00 00 00"
    starts_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def stages(obj: Consultation, create: bool, extracted: object, **_kwargs: object) -> None:
        if create:
            Stage.objects.bulk_create(
                Stage(consultation=obj, kind=kind, order=order)
                for order, kind in enumerate(Stage.Kind.values, start=1)
            )
