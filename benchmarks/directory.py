"""Finding a service among 100,000: words as people say them, a commune and facets, in the order that is published.

Made-up services in the real communes of the demo's département: everything is within 100 km of everyone, the worst
case for a search by distance. One search is what a page asks: words understood, matches ordered and counted, the twenty
services of the page read. `DIRECTORY_SERVICES` makes it smaller.
"""

import datetime
import json
import os
import random
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from time import perf_counter

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from benchmarks.measuring import line  # noqa: E402
from demo import places  # noqa: E402
from directory.codes import Audience, Fee, Mode  # noqa: E402
from directory.finding.asked import Asked, Facets  # noqa: E402
from directory.finding.codes import AUDIENCES, FEES, MODES, bits  # noqa: E402
from directory.finding.models import SearchRow  # noqa: E402
from directory.finding.openings import pack  # noqa: E402
from directory.finding.places import Spot, spot_of  # noqa: E402
from directory.finding.selectors import search  # noqa: E402
from directory.finding.services import start_again  # noqa: E402
from directory.finding.words import words_of  # noqa: E402
from directory.hours import PARIS, Span  # noqa: E402
from directory.models import Location, Service, ServiceAtLocation  # noqa: E402
from needs.answers import above, needs_answered  # noqa: E402
from needs.models import Need  # noqa: E402
from organisations.models import Organisation  # noqa: E402
from territories.models import Territory  # noqa: E402
from territories.selectors import centres  # noqa: E402

COUNT = int(os.environ.get("DIRECTORY_SERVICES", "100000"))
ORGANISATIONS, VOCABULARY, SEARCHES, BATCH = 5000, 30_000, 200, 5000
LIMIT = {"sqlite": 100.0, "postgresql": 50.0}
SAID = (
    "je ne peux plus porter mes courses", "aide pour ma mère qui perd la tête", "repas à domicile", "téléassistance",
    "je suis seule toute la journée", "quelqu’un pour faire le ménage", "je n’ai plus de voiture", "dossier MDPH",
    "transport à la demande", "je suis épuisée je m’occupe de mon mari", "infirmière à domicile", "aide menajère",
    "place en EHPAD", "accueil de jour", "café des aidants", "travailler en ESAT", "je ne comprends rien à internet",
    "sortie d’hôpital", "payer mes factures", "visite d’un bénévole",
)  # fmt: skip
AUDIENCE_CHOICES = ("", "", Audience.SENIORS, Audience.DISABLED)
MODE_CHOICES = ((), (), (Mode.HOME,), (Mode.ON_SITE,), (Mode.REMOTE, Mode.MOBILE))


@dataclass(frozen=True)
class World:
    """What made-up services are made from."""

    bodies: list[Organisation]
    towns: list[Territory]
    areas: list[Territory]
    needs: list[Need]
    words: list[str]
    weights: list[float]  # cumulative


def main() -> None:
    """Print the lines of this bench as JSON."""
    prepare()
    translation.activate("fr")
    chance = random.Random(2)
    spots = [spot_of(place) for place in chance.sample(communes(), 20)]
    started = perf_counter()
    search(Asked(SAID[0], spots[0]))
    lines = [
        line(
            f"{COUNT} services: the first search of a process, which reads them",
            1000 * (perf_counter() - started),
            0,
        )
    ]
    for what, with_facets in (("words + place + facets", True), ("words + place", False)):
        times = sorted(one_search(chance, spots, with_facets=with_facets) for _ in range(SEARCHES))
        p95, median = 1000 * times[int(0.95 * SEARCHES)], 1000 * statistics.median(times)
        lines.append(line(f"{COUNT} services, {what}: p95", p95, 0, limit=LIMIT[connection.vendor]))
        lines.append(line(f"{COUNT} services, {what}: median", median, 0))
    print(json.dumps(lines))


def one_search(chance: random.Random, spots: list[Spot], *, with_facets: bool) -> float:
    """Seconds of one search, the best of three: the machine is rarely alone."""
    facets = Facets()
    if with_facets:
        facets = Facets(
            audience=chance.choice(AUDIENCE_CHOICES),
            modes=chance.choice(MODE_CHOICES),
            fee=chance.choice(("", "", Fee.FREE)),
            language=chance.choice(("", "", "es")),
            open_now=chance.random() < 0.3,
        )
    asked = Asked(chance.choice(SAID), chance.choice(spots), facets)
    return min(_seconds(asked) for _ in range(3))


def _seconds(asked: Asked) -> float:
    started = perf_counter()
    search(asked)
    return perf_counter() - started


def communes() -> list[Territory]:
    """Those with an outline."""
    known = centres("commune")
    rows = Territory.objects.current().at_level("commune").select_related("level").order_by("code")
    return [one for one in rows if one.code in known]


def prepare() -> None:
    """Territories and needs of the demo, then services and rows, in bulk."""
    call_command("migrate", verbosity=0)
    places.load()
    if Service.objects.exists():
        return
    chance, towns = random.Random(1), communes()
    bodies = Organisation.objects.bulk_create(
        Organisation(name=f"Organisme {number}", slug=f"organisme-{number}", territory=chance.choice(towns))
        for number in range(ORGANISATIONS)
    )
    world = World(
        bodies=bodies,
        towns=towns,
        areas=[*towns, *Territory.objects.current().filter(level__in=["epci", "departement", "canton"])],
        needs=list(Need.objects.exclude(family=Need.Family.INDIRECT).filter(code__contains=".")),
        words=[f"mot{number}" for number in range(VOCABULARY)],
        weights=list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY))),
    )
    for start in range(0, COUNT, BATCH):
        make_batch(range(start, min(COUNT, start + BATCH)), chance, world)
    start_again()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def make_batch(numbers: range, chance: random.Random, world: World) -> None:
    """Services, their places and their rows."""
    tagged = [chance.sample(world.needs, chance.choice((1, 2, 2, 3))) for _number in numbers]
    services = Service.objects.bulk_create(
        make_service(number, needs, chance, world) for number, needs in zip(numbers, tagged, strict=True)
    )
    locations = Location.objects.bulk_create(make_location(one, chance, world) for one in services)
    ServiceAtLocation.objects.bulk_create(
        ServiceAtLocation(service=service, location=where)
        for service, where in zip(services, locations, strict=True)
    )
    SearchRow.objects.bulk_create(
        make_row(service, where, needs, chance, world)
        for service, where, needs in zip(services, locations, tagged, strict=True)
    )


def make_service(number: int, needs: list[Need], chance: random.Random, world: World) -> Service:
    """Named after its first need."""
    return Service(
        slug=f"service-{number}",
        name=f"{needs[0].plain_label} {number}"[:150],
        description="Un service fait pour la mesure.",
        organisation=chance.choice(world.bodies),
        modes=chance.choice(([Mode.ON_SITE], [Mode.ON_SITE], [Mode.HOME], [Mode.ON_SITE, Mode.REMOTE])),
        fee=chance.choice(Fee.values),
        audiences=chance.choice(([], [Audience.SENIORS], [Audience.DISABLED], [Audience.EVERYONE])),
    )


def make_location(service: Service, chance: random.Random, world: World) -> Location:
    """Within two kilometres of the middle of a commune."""
    town = chance.choice(world.towns)
    latitude, longitude = (one + chance.uniform(-0.02, 0.02) for one in centres("commune")[town.code])
    return Location(
        name=town.name,
        organisation=service.organisation,
        commune=town,
        latitude=latitude,
        longitude=longitude,
    )


def make_row(
    service: Service, where: Location, needs: list[Need], chance: random.Random, world: World
) -> SearchRow:
    """Seven in ten are limited to an area."""
    said = chance.choices(world.words, cum_weights=world.weights, k=15)
    return SearchRow(
        service=service,
        location=where,
        latitude=where.latitude,
        longitude=where.longitude,
        territories=str(chance.choice(world.areas).pk) if chance.random() < 0.7 else "",
        modes=bits(service.modes, MODES),
        audiences=bits(service.audiences, AUDIENCES),
        fee=FEES.index(service.fee),
        terms=" ".join(sorted(set(terms_of(needs, said, chance)))),
        openings=pack(openings(chance)),
        spans_until=timezone.localdate(),
    )


def terms_of(tagged: Iterable[Need], said: Iterable[str], chance: random.Random) -> Iterator[str]:
    """As the index makes them: name, description, needs, language."""
    codes = {need.code for need in tagged}
    met = codes | needs_answered(codes)
    for need in tagged:
        yield from (f"n:{word}" for word in words_of(need.plain_label))
        yield from (f"t:{word}" for one in need.synonyms[:4] for word in words_of(one))
    yield from (f"t:{word}" for word in said)
    yield from (f"need:{code}" for code in met)
    yield from (f"under:{wider}" for code in met for wider in above(code))
    yield f"lang:{chance.choice(('fr', 'fr', 'fr', 'es', 'en'))}"


def openings(chance: random.Random) -> Iterator[Span]:
    """Mornings and afternoons of a week."""
    today = datetime.datetime.combine(timezone.localdate(), datetime.time(), PARIS)
    start = chance.choice((7, 8, 9))
    for day in range(7):
        for hour in (start, start + 5):
            opens = today + datetime.timedelta(days=day, hours=hour)
            yield Span(opens, opens + datetime.timedelta(hours=4))


if __name__ == "__main__":
    main()
