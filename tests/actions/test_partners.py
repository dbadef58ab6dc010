"""Who works with whom: what counts as working together, who is drawn, what a page costs."""

import csv
import datetime
import io

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.actions import services
from consultations.actions.models import Partner, State
from consultations.actions.partner_map import draw_partners
from consultations.actions.selectors.partnership import TieKind, Web, partner_web, works_with_others
from directory.models import Scheme
from organisations.models import Organisation
from tests.factories import actions as make
from tests.factories import directory
from tests.factories.process import body, place

pytestmark = pytest.mark.django_db
HOME = "/actions/partenaires/"


def web() -> Web:
    return partner_web(timezone.localdate())


def scheme(*bodies: Organisation, slug: str = "apa", **fields: object) -> Scheme:
    made, _is_new = Scheme.objects.get_or_create(slug=slug, defaults={"name": slug.upper()})
    for one in bodies:
        directory.service(one, **fields).schemes.add(made)
    return made


def agreement(*bodies: Organisation, until: datetime.date | None = None) -> None:
    services.write_agreement(
        actor=None, parties=bodies, object="Transport", starts_on=make.LONG_AGO, ends_on=until,
        territory=bodies[0].territory,
    )  # fmt: skip


def three() -> list[Organisation]:
    here = place("Duras")
    return [body(here, name) for name in ("Le Conseil", "Le Relais", "Taxi")]


def told(found: Web) -> dict[str, set[str]]:
    return {tie.kind.value: {one.name for one in found.named(tie)} for tie in found.ties}


def test_each_kind_of_tie() -> None:
    council, relay, taxi = three()
    scheme(council, relay)
    agreement(relay, taxi)
    services.write_group(
        actor=None, members=[relay, taxi], name="GCSMS", kind="gcsms", object="Un véhicule", convener=council,
        starts_on=make.LONG_AGO, territory=council.territory,
    )  # fmt: skip
    sheet = make.sheet(State.UNDER_WAY, lead=council)
    Partner.objects.create(sheet=sheet, organisation=taxi)
    assert told(web()) == {
        "dispositif": {"Le Conseil", "Le Relais"},
        "convention": {"Le Relais", "Taxi"},
        "groupement": {"Le Conseil", "Le Relais", "Taxi"},
        "fiche": {"Le Conseil", "Taxi"},
    }
    line = web().line(council)
    assert {one.name for one in line.partners} == {"Le Relais", "Taxi"}
    assert [tie.kind for tie in line.ties] == [TieKind.SCHEME, TieKind.GROUP, TieKind.SHEET]
    assert works_with_others(council)


def test_what_is_over_hidden_or_alone_does_not_count() -> None:
    council, relay, taxi = three()
    scheme(council, slug="aah")
    scheme(council, relay, slug="pch", published=False)
    agreement(relay, taxi, until=timezone.localdate() - datetime.timedelta(days=1))
    for state in (State.WRITING, State.ABANDONED):
        Partner.objects.create(sheet=make.sheet(state, lead=council), organisation=taxi)
    assert web().ties == ()
    assert draw_partners(web()) is None


def test_a_choice_keeps_its_ties_and_those_in_them() -> None:
    council, relay, taxi = three()
    scheme(council, relay)
    agreement(relay, taxi)
    assert told(web().kept(kind="convention")) == {"convention": {"Le Relais", "Taxi"}}
    assert told(web().kept(organisation=council.slug)) == {"dispositif": {"Le Conseil", "Le Relais"}}


def test_the_page_its_choices_and_its_file(client: Client) -> None:
    council, relay, taxi = three()
    scheme(council, relay)
    text = client.get(HOME).content.decode()
    assert "2 organisations travaillent ensemble" in text
    assert f"?organisation={council.slug}" in text
    text = client.get(HOME, {"organisation": relay.slug}).content.decode()
    assert "Le Relais travaille avec 1 autre organisation" in text
    response = client.get(HOME, {"organisation": taxi.slug})
    assert response.status_code == 200
    assert "rien que cette organisation fasse avec d’autres" in response.content.decode()
    response = client.get("/actions/partenaires.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["Le Conseil", "Le Relais"]
    assert client.get("/actions/partenaires.exe").status_code == 404


@pytest.mark.parametrize(
    "query", [{"organisation": "x" * 5000}, {"sur": "'--"}, {"organisation": "<script>"}]
)
def test_what_was_forged_is_said(client: Client, query: dict[str, str]) -> None:
    response = client.get(HOME, query)
    assert response.status_code == 400
    assert "Un choix n’existe pas" in response.content.decode()


def test_the_directory_leads_there(client: Client) -> None:
    council, relay, taxi = three()
    made = scheme(council, relay)
    directory.service(taxi)
    assert HOME in client.get("/annuaire/dispositifs/").content.decode()
    assert f"{HOME}?sur=dispositif" in client.get(f"/annuaire/dispositif/{made.slug}/").content.decode()
    pages = [client.get(f"/annuaire/organisation/{one.slug}/").content.decode() for one in (council, taxi)]
    assert [HOME in page for page in pages] == [True, False]


def test_a_page_costs_the_same_whatever_it_shows(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bodies = three()
    scheme(*bodies)
    client.get(HOME)
    for number in range(5):
        more = [body(place(f"Commune {number}"), f"Organisation {number}{letter}") for letter in "ab"]
        scheme(*more, slug=f"droit-{number}")
        agreement(*more)
    with django_assert_max_num_queries(30):
        client.get(HOME)
