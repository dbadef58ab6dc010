"""What the page of a search shows, from its query string."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.finding.asked import Asked
from directory.finding.drawing import draw
from directory.finding.facet_counts import facet_counts
from directory.finding.forms import SearchForm
from directory.finding.outcomes import count_outcome
from directory.finding.places import Spot, spot_of
from directory.finding.saved import read_saved
from directory.finding.selectors import PAGE, Found, search
from directory.registries import links_of
from needs.models import Need
from territories.asked import PARAMETER, asked_territory

FRONT_NEEDS = (
    "1.3.2.2",
    "1.2.1.1",
    "1.1.10",
    "1.3.4.2",
    "1.E.2",
    "1.E.1",
    "1.3.1.1",
    "1.3.2.1",
    "1.3.5.1",
    "1.1.1",
    "1.3.3.2",
    "1.E.4",
)
"""Doors of the empty search, the most voiced first."""
DANGER = "1.2.1.4"
"""To be safe: the numbers to call come before any service."""
CHOICES = ("besoin", "mode", "acces", "public", "prix", "langue", "dispositif", "ouvert")


@dataclass(frozen=True)
class Chip:
    """Something that narrows the search, and the address of the search without it."""

    label: str
    without: str


class _Counted:
    """As many rows as were found, for the page numbers only."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, _wanted: slice) -> list[object]:
        return []


def search_page(request: HttpRequest, *, is_counted: bool = True) -> tuple[dict[str, Any], int]:
    """The context of the page and its status: 400 when a place is unknown or a facet was forged."""
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    asked = Asked(form.cleaned_data.get("q", "").strip(), _spot(request, form), form.facets())
    refused = bool(form.forged) or ("lieu" in form.errors and not form.place_is_to_choose)
    status = 400 if not is_valid and refused else 200
    context: dict[str, Any] = {"form": form, "saved": read_saved(request), "links": links_of()}
    if asked.is_empty:
        return context | {"front_needs": front_needs()}, status
    now = timezone.now()
    found = search(asked, page=_page_number(request), at=now)
    if is_counted:
        count_outcome(found)
    context |= _results(request, form, found)
    if found.index:
        form.tell(facet_counts(found.index, found.asked, found.understood.concepts, now, form.schemes))
    return context, status


def front_needs() -> list[Need]:
    """The needs shown before anything is asked."""
    rows = {need.code: need for need in Need.objects.current().filter(code__in=FRONT_NEEDS)}
    return [rows[code] for code in FRONT_NEEDS if code in rows]


def _results(request: HttpRequest, form: SearchForm, found: Found) -> dict[str, Any]:
    return {
        "found": found,
        "map": draw(found.hits, found.asked.spot),
        "numbers": _numbers(found),
        "chips": list(_chips(request.GET, form)),
        "asked_needs": list(form.needs.values()),
        "spot": found.asked.spot,
        "wider": _wider(request.GET, found),
        "here": request.get_full_path(),
        "chosen": found.asked.facets.count - len(found.asked.facets.needs),
        "in_danger": any(need.code == DANGER for need in found.understood.needs),
    }


def _spot(request: HttpRequest, form: SearchForm) -> Spot | None:
    """The place of the field, else the territory of a link: `?territory=epci:200068948`."""
    territory = form.cleaned_data.get("lieu")
    if territory is None and "lieu" not in form.errors:
        territory = asked_territory(request)
    return spot_of(territory) if territory else None


def _page_number(request: HttpRequest) -> int:
    written = request.GET.get("page", "1")
    return int(written) if written.isdecimal() and len(written) < 6 else 1


def _numbers(found: Found) -> Page:
    counted: Any = _Counted(min(found.total, found.pages * PAGE))
    return Paginator(counted, PAGE).get_page(found.page)


def _chips(query: QueryDict, form: SearchForm) -> Iterator[Chip]:
    """Each choice made, with its words and the way back from it."""
    for name in CHOICES:
        if name in form.errors:
            continue
        field = form.fields[name]
        words = {str(code): str(label) for code, label in getattr(field, "choices", ())}
        for value in query.getlist(name):
            label = str(field.label) if name == "ouvert" else words.get(value, "")
            if value and label:
                yield Chip(label, address(query, name, value))


def address(query: QueryDict, name: str = "", value: str = "") -> str:
    """The search without one value of a parameter, from its first page."""
    pairs = [
        (key, one)
        for key, values in query.lists()
        for one in values
        if key != "page" and one and (key, one) != (name, value)
    ]
    return _searching(pairs)


def _searching(pairs: list[tuple[str, str]]) -> str:
    return f"{reverse('directory:search')}?{urlencode(pairs, safe=':')}"


def _wider(query: QueryDict, found: Found) -> list[Chip]:
    """Ways to ask for more when too little is found."""
    words = [("q", str(query["q"]))] if query.get("q") else []
    place = [(key, str(query[key])) for key in ("lieu", "lieu_choice", PARAMETER) if query.get(key)]
    ways = []
    if found.asked.facets.count and (words or place):
        ways.append(Chip(_("The same search without the criteria"), _searching(words + place)))
    if place and words:
        ways.append(Chip(_("The same search in all places"), _searching(words)))
    return ways
