"""Who works with whom, on what: schemes and rights, agreements and groups in force, action sheets once adopted.

Bodies only, never people. A sheet that is still being written says nothing of its partners, as on its own page.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import tablib
from django.db.models import Q, TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.actions.models import ActionSheet, Agreement, CooperationGroup, State
from directory.models import Scheme, Service
from organisations.models import Organisation

AGREED = (State.ADOPTED, State.UNDER_WAY, State.SUSPENDED, State.DONE, State.EVALUATED)
TOGETHER = 2


class TieKind(TextChoices):
    """What brings organisations together."""

    SCHEME = "dispositif", gettext_lazy("scheme or right")
    AGREEMENT = "convention", gettext_lazy("agreement")
    GROUP = "groupement", gettext_lazy("cooperation group")
    SHEET = "fiche", gettext_lazy("action sheet")


@dataclass(frozen=True)
class Tie:
    """Something two organisations or more do together."""

    kind: TieKind
    label: str
    url: str
    bodies: frozenset[int]
    until: datetime.date | None = None


@dataclass(frozen=True)
class BodyLine:
    """An organisation, what it takes part in, and with whom: those it shares most with first."""

    organisation: Organisation
    ties: tuple[Tie, ...]
    partners: tuple[Organisation, ...]


@dataclass(frozen=True)
class Web:
    """Ties and the organisations in them, by name."""

    ties: tuple[Tie, ...]
    organisations: Mapping[int, Organisation]

    def named(self, tie: Tie) -> list[Organisation]:
        """The organisations of a tie, by name."""
        return _by_name(self.organisations[key] for key in tie.bodies)

    @cached_property
    def of_body(self) -> Mapping[int, tuple[Tie, ...]]:
        found: dict[int, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            for key in tie.bodies:
                found[key].append(tie)
        return {key: tuple(ties) for key, ties in found.items()}

    @cached_property
    def counts(self) -> Counter[TieKind]:
        return Counter(tie.kind for tie in self.ties)

    def line(self, organisation: Organisation) -> BodyLine:
        """One organisation and its partners."""
        ties = self.of_body[organisation.pk]
        shared = Counter(key for tie in ties for key in tie.bodies if key != organisation.pk)
        partners = sorted(shared, key=lambda key: (-shared[key], self.organisations[key].name, key))
        return BodyLine(organisation, ties, tuple(self.organisations[key] for key in partners))

    def lines(self) -> list[BodyLine]:
        return [self.line(one) for one in _by_name(self.organisations.values())]

    def kept(self, *, kind: str = "", organisation: str = "") -> "Web":
        """The ties of one kind, or of one organisation; everything when nothing is asked."""
        wanted = {key for key, one in self.organisations.items() if one.slug == organisation}
        ties = tuple(
            tie
            for tie in self.ties
            if (not kind or tie.kind == kind) and (not organisation or tie.bodies & wanted)
        )
        inside = {key for tie in ties for key in tie.bodies}
        return Web(ties, {key: one for key, one in self.organisations.items() if key in inside})


def partner_web(on: datetime.date) -> Web:
    """Everything organisations do together on a day; a fixed number of queries."""
    made = [*_schemes(), *_agreements(on), *_groups(on), *_sheets()]
    ties = tuple(tie for tie in made if len(tie.bodies) >= TOGETHER)
    keys = {key for tie in ties for key in tie.bodies}
    bodies = Organisation.objects.filter(pk__in=keys).select_related("territory").order_by("name", "pk")
    return Web(ties, {one.pk: one for one in bodies})


def works_with_others(organisation: Organisation) -> bool:
    """Whether its partners may be worth a look; the map itself says with whom."""
    known = Service.objects.public().filter(organisation=organisation, schemes__isnull=False)
    return (
        known.exists()
        or Agreement.objects.filter(parties=organisation).exists()
        or CooperationGroup.objects.filter(Q(members=organisation) | Q(convener=organisation)).exists()
    )


def partners_table(web: Web) -> tablib.Dataset:
    """One line for each organisation in each tie: a table a spreadsheet can turn round."""
    table = tablib.Dataset(
        headers=[_("Kind"), _("Together on"), _("Organisation"), _("Territory"), _("Until")]
    )
    for tie in web.ties:
        until = tie.until.isoformat() if tie.until else ""
        for one in web.named(tie):
            table.append([str(tie.kind.label), tie.label, one.name, one.territory.name, until])
    return table


def _by_name(bodies: Iterable[Organisation]) -> list[Organisation]:
    return sorted(bodies, key=lambda one: (one.name, one.pk))


def _schemes() -> Iterator[Tie]:
    """Organisations with public services in the same scheme."""
    found: dict[int, set[int]] = defaultdict(set)
    pairs = Service.objects.public().filter(schemes__isnull=False).order_by()
    for key, body in pairs.values_list("schemes", "organisation").distinct():
        found[key].add(body)
    for scheme in Scheme.objects.order_by("name", "slug"):
        url = reverse("directory:scheme", args=[scheme.slug])
        yield Tie(TieKind.SCHEME, scheme.name, url, frozenset(found[scheme.pk]))


def _agreements(on: datetime.date) -> Iterator[Tie]:
    for one in Agreement.objects.in_force_on(on).prefetch_related("parties"):
        url = reverse("actions:agreement", args=[one.pk])
        bodies = frozenset(body.pk for body in one.parties.all())
        yield Tie(TieKind.AGREEMENT, one.object, url, bodies, one.ends_on)


def _groups(on: datetime.date) -> Iterator[Tie]:
    current = CooperationGroup.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
    for one in current.prefetch_related("members"):
        bodies = {body.pk for body in one.members.all()} | ({one.convener_id} if one.convener_id else set())
        url = reverse("actions:group", args=[one.slug])
        yield Tie(TieKind.GROUP, one.name, url, frozenset(bodies), one.ends_on)


def _sheets() -> Iterator[Tie]:
    for one in ActionSheet.objects.public().filter(state__in=AGREED).prefetch_related("partners"):
        bodies = {partner.organisation_id for partner in one.partners.all()}
        bodies |= {key for key in (one.lead_id, one.co_lead_id) if key}
        yield Tie(TieKind.SHEET, one.title, reverse("actions:detail", args=[one.slug]), frozenset(bodies))
