"""Services side by side: the same questions put to each."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory import words
from directory.codes import Access
from directory.finding.selectors import Hit, hit_of, services_of
from directory.models import Service

MOST = 4
LONGEST_KEY = 15


@dataclass(frozen=True)
class Line:
    """One question, and the answer of each service."""

    label: str
    told: tuple[tuple[Hit, str], ...]


@dataclass(frozen=True)
class Comparison:
    """What the page shows; `unknown` services were asked for and do not exist, `left_out` were too many."""

    hits: tuple[Hit, ...]
    lines: tuple[Line, ...]
    unknown: int
    left_out: int

    @property
    def status(self) -> int:
        return 404 if self.unknown and not self.hits else 200


def compared(asked: Iterable[str], now: datetime.datetime) -> Comparison:
    """The first four known services among those asked, by number or by the name in their address."""
    written = list(dict.fromkeys(asked))[:50]
    slugs = dict(Service.objects.public().filter(slug__in=written).values_list("slug", "pk"))
    keys = [slugs.get(one) or _number(one) for one in written]
    rows = services_of(key for key in keys if key)
    known = [rows[key] for key in dict.fromkeys(keys) if key in rows]
    hits = tuple(hit_of(service, None, now) for service in known[:MOST])
    lines = (Line(label, tuple((hit, answer(hit)) for hit in hits)) for label, answer in _questions())
    told = tuple(line for line in lines if any(answer for _hit, answer in line.told))
    return Comparison(hits, told, len(written) - len(known), max(0, len(known) - MOST))


def _number(written: str) -> int:
    """0 for what is not the number of a service."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= LONGEST_KEY else 0


def _questions() -> list[tuple[str, Callable[[Hit], str]]]:
    return [
        (_("Who offers it"), lambda hit: hit.service.organisation.name),
        (_("What it does"), lambda hit: hit.service.description),
        (_("For whom"), lambda hit: _for_whom(hit.service)),
        (_("How"), lambda hit: words.modes(hit.service)),
        (_("Where"), _where),
        (_("Hours"), lambda hit: hit.opening),
        (_("Price"), lambda hit: _price(hit.service)),
        (_("What remains to pay"), lambda hit: hit.service.remaining_words),
        (_("Waiting time"), lambda hit: words.delay(hit.service)),
        (_("Places left"), lambda hit: _places(hit.service)),
        (_("Languages spoken"), lambda hit: words.languages(hit.service)),
        (_("Accessibility"), lambda hit: _access(hit.service)),
        (_("Papers to bring"), lambda hit: _said(*hit.service.documents)),
        (_("Phone"), lambda hit: hit.service.phone),
    ]


def _said(*parts: str) -> str:
    """Short sentences, one after the other."""
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)


def _for_whom(service: Service) -> str:
    return _said(words.audiences(service), words.ages(service), service.eligibility)


def _where(hit: Hit) -> str:
    if hit.place is None:
        return ""
    if hit.place.is_hidden:
        return hit.place.hidden_reason
    return ", ".join(part for part in (*hit.place.lines, hit.place.town) if part)


def _price(service: Service) -> str:
    """The amount, then what the service says of it."""
    return _said(words.price(service), service.fee_words)


def _places(service: Service) -> str:
    return _said(*(f"{capfirst(one.unit)} : {words.places_left(one)}" for one in service.capacities.all()))


def _access(service: Service) -> str:
    said = {
        code for link in service.at_locations.all() for code, is_so in link.location.access.items() if is_so
    }
    return words.joined(said, Access)
