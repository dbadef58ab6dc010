"""The number said beside a choice is the number found once it is chosen."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from directory.finding.arrays import current
from directory.finding.asked import Asked, Facets, understand
from directory.finding.facet_counts import facet_counts
from directory.finding.forms import SearchForm
from directory.finding.places import spot_of
from directory.finding.selectors import search
from directory.models import Scheme
from territories.models import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_directory")]
FIELDS = {"public": "audience", "prix": "fee", "langue": "language", "dispositif": "scheme"}


def changed(name: str, value: str) -> dict[str, Any]:
    """The facets a choice adds to nothing."""
    if name == "ouvert":
        return {"open_now": True}
    if name in {"mode", "acces"}:
        return {"modes" if name == "mode" else "access": (value,)}
    return {FIELDS[name]: value}


@pytest.mark.parametrize("words", ["", "aide à domicile", "repas"])
@pytest.mark.parametrize("place", ["", "47086"])
def test_the_number_said_is_the_number_found(words: str, place: str) -> None:
    spot = spot_of(Territory.objects.current().at_level("commune").get(code=place)) if place else None
    now = timezone.now()
    asked = Asked(words, spot, Facets())
    schemes = list(Scheme.objects.values_list("slug", flat=True))
    index = current()
    counts = facet_counts(index, asked, understand(words, index).concepts if words else (), now, schemes)

    assert counts
    for name, said in counts.items():
        for value, count in said.items():
            found = search(Asked(words, spot, Facets(**changed(name, value))), at=now)
            assert found.total == count, (name, value)


def test_other_choices_are_kept_and_access_adds_up() -> None:
    now = timezone.now()
    asked = Asked("", None, Facets(fee="free", access=("step_free",)))
    counts = facet_counts(current(), asked, (), now, [])
    assert counts
    for code, count in counts["acces"].items():
        both = tuple({"step_free", code})
        assert search(Asked("", None, Facets(fee="free", access=both)), at=now).total == count
    assert counts["prix"]["paid"] == search(Asked("", None, Facets(fee="paid", access=("step_free",)))).total


def test_choices_that_would_leave_nothing_are_not_offered() -> None:
    form = SearchForm(QueryDict("public=femmes"))
    assert form.is_valid()
    form.tell({"public": {"femmes": 0, "seniors": 3}, "langue": {}, "ouvert": {"on": 2}})
    assert form.fields["public"].choices == [
        ("", "Tous"),
        ("femmes", "femmes (0)"),
        ("seniors", "personnes âgées (3)"),
    ]
    assert len(form.fields["langue"].choices) > 1
    assert form["ouvert"].label == "Ouvert maintenant (2)"


def test_counts_are_on_the_page_and_not_on_the_chips(client: Client) -> None:
    response = client.get("/annuaire/", {"q": "repas", "prix": "paid"})
    assert f"payant ({response.context['found'].total})" in response.content.decode()
    assert "payant" in [chip.label for chip in response.context["chips"]]


def test_counting_asks_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    index = current()
    with django_assert_num_queries(0):
        facet_counts(index, Asked(), (), timezone.now(), ["apa"])
