"""What a search finds, and in which order."""

import datetime
from collections.abc import Iterator

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from directory.finding import ordering, places, services
from directory.finding.arrays import current
from directory.finding.asked import Asked, Facets, understand
from directory.finding.models import SearchRow
from directory.finding.places import Spot, commune_at, communes_of_postal_code, place_in, spot_of
from directory.finding.selectors import search
from directory.finding.services import index_everything, index_service, index_services, refresh_spans
from directory.finding.words import Correction, correct, sound, words_of
from directory.hours import PARIS
from directory.models import Service
from needs.answers import above, answered_by, needs_answered
from organisations.models import Organisation
from territories.models import Territory
from tests.factories import directory as make
from tests.factories.territories import inside, territory

pytestmark = pytest.mark.django_db
HERE, NEAR, FAR = (44.67, 0.18), (44.70, 0.18), (44.20, 0.62)
QUERIES = 30
"""What a search may cost whatever it finds: places, needs, words, one search, the services of the page."""


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    with translation.override("fr"):
        yield


@pytest.fixture
def duras(monkeypatch: pytest.MonkeyPatch) -> Territory:
    """A commune in a group of communes in a département, with the middle of it known."""
    commune, group, county = (
        territory("Duras", code="47086"),
        territory("Pays de Duras", "epci", code="244700449"),
        territory("Lot-et-Garonne", "departement", code="47"),
    )
    inside(commune, group), inside(group, county), inside(commune, county)
    territory("Agen", code="47001")
    points = {"47086": HERE, "47001": FAR}
    monkeypatch.setattr(places, "centres", lambda level: points)
    monkeypatch.setattr(services, "centres", lambda level: points)
    return commune


def body(place: Territory, name: str = "Une association") -> Organisation:
    return Organisation.objects.create(name=name, slug=f"o{Organisation.objects.count()}", territory=place)


def found_at(point: tuple[float, float] | None, place: Territory, **fields: object) -> Service:
    """A service indexed at a point."""
    lists = {
        name: fields.pop(name) for name in ("needs", "coverage", "eligible_territories") if name in fields
    }
    one = make.service(body(place), **fields)
    for name, rows in lists.items():
        getattr(one, name).set(rows)
    if point:
        make.at(one, make.location(one.organisation, commune=place, latitude=point[0], longitude=point[1]))
    index_service(one)
    return one


def names(asked: Asked, **options: object) -> list[str]:
    return [hit.service.name for hit in search(asked, **options).hits]


def test_near_comes_before_far_and_home_before_all(duras: Territory) -> None:
    found_at(FAR, duras, name="Loin", coverage=[duras])
    found_at(NEAR, duras, name="Près", coverage=[duras])
    found_at(FAR, duras, name="Chez vous", modes=["home"], coverage=[duras])
    found_at(None, duras, name="Au téléphone", modes=["remote"])
    spot = spot_of(duras)
    assert names(Asked(spot=spot)) == ["Chez vous", "Près", "Au téléphone", "Loin"]
    words = {hit.service.name: hit.distance for hit in search(Asked(spot=spot)).hits}
    assert words["Chez vous"] == "Vient chez vous."
    assert words["Près"] == "À Duras."
    assert words["Au téléphone"] == "Par téléphone ou en ligne."


def test_only_services_for_the_people_of_the_place(duras: Territory) -> None:
    """Far ones that say they serve it are shown; near ones that say they do not are left out."""
    agen = Territory.objects.get(code="47001")
    group = Territory.objects.get(code="244700449")
    found_at(FAR, agen, name="Sert le département", coverage=[Territory.objects.get(code="47")])
    found_at(FAR, agen, name="Sert l’intercommunalité", coverage=[group])
    found_at(FAR, agen, name="Loin, ne dit rien")
    found_at(NEAR, duras, name="Près, ne dit rien")
    found_at(NEAR, duras, name="Près, réservé à Agen", eligible_territories=[agen], coverage=[group])
    assert set(names(Asked(spot=spot_of(duras)))) == {
        "Sert le département",
        "Sert l’intercommunalité",
        "Près, ne dit rien",
    }


def test_equally_near_services_are_shuffled_each_day_the_same_for_all(duras: Territory) -> None:
    for number in range(8):
        found_at(NEAR, duras, name=f"Service {number}")
    asked, today = Asked(spot=spot_of(duras)), timezone.now()
    orders = {tuple(names(asked, at=today + datetime.timedelta(days=day))) for day in range(5)}
    assert len(orders) > 1
    assert names(asked, at=today) == names(asked, at=today)
    ids = dict(Service.objects.values_list("name", "pk"))
    day = timezone.localdate(today)
    assert names(asked, at=today) == sorted(ids, key=lambda name: ordering.shuffled(ids[name], day))


@given(st.dates(), st.lists(st.integers(1, 10**9), unique=True, max_size=30))
def test_the_shuffle_is_a_rank(day: datetime.date, keys: list[int]) -> None:
    """Every key has one, below the prime, and nobody is first for good."""
    assert all(0 <= ordering.shuffled(key, day) < ordering.PRIME for key in keys)
    assert ordering.shuffle(day) != ordering.shuffle(
        day.replace(year=2024 if day.year != 2024 else 2025, day=1)
    )


@given(st.floats(0, 500))
def test_bands_follow_distance(km: float) -> None:
    assert ordering.band_of(km) <= ordering.band_of(km + 1)


def test_each_facet_narrows(duras: Territory) -> None:
    meal = make.need("1.3.2.2")
    wanted = found_at(
        NEAR,
        duras,
        name="Tout",
        needs=[meal],
        audiences=["seniors"],
        modes=["home", "remote"],
        fee="free",
        languages=["es"],
    )
    where = wanted.at_locations.get().location
    where.access = {"step_free": True, "hearing_loop": True, "parking": False}
    where.save()
    index_service(wanted)
    found_at(NEAR, duras, name="Rien", audiences=["jeunes"], modes=["on_site"], fee="paid")
    for facets in (
        Facets(needs=("1.3.2.2",)),
        Facets(needs=("1.3",)),
        Facets(audience="seniors"),
        Facets(modes=("home", "mobile")),
        Facets(fee="free"),
        Facets(language="es"),
        Facets(access=("step_free", "hearing_loop")),
    ):
        assert names(Asked(facets=facets)) == ["Tout"], facets
    for facets in (
        Facets(access=("parking",)),
        Facets(language="de"),
        Facets(scheme="apa"),
        Facets(needs=("2.4",)),
    ):
        assert names(Asked(facets=facets)) == [], facets


def test_an_audience_includes_what_is_for_everyone(duras: Territory) -> None:
    found_at(None, duras, name="Tous", audiences=["tous-publics"])
    found_at(None, duras, name="Non dit")
    found_at(None, duras, name="Jeunes", audiences=["jeunes"])
    assert set(names(Asked(facets=Facets(audience="seniors")))) == {"Tous", "Non dit"}


def test_open_now_follows_hours_and_closures(duras: Territory) -> None:
    one = found_at(NEAR, duras, name="Matin", holidays="as_usual")
    morning = datetime.datetime.combine(timezone.localdate(), datetime.time(10), PARIS)
    make.opening(morning.weekday(), "09:00", "12:00", service=one)
    index_service(one)
    asked = Asked(facets=Facets(open_now=True))
    assert names(asked, at=morning) == ["Matin"]
    assert names(asked, at=morning + datetime.timedelta(hours=2)) == []
    one.status = "temporarily_closed"
    one.save()
    index_service(one)
    assert names(asked, at=morning) == []


def test_the_tick_computes_the_days_to_come(duras: Territory) -> None:
    one = found_at(NEAR, duras)
    make.opening(0, service=one)
    SearchRow.objects.update(spans_until=timezone.localdate() - datetime.timedelta(days=1))
    assert refresh_spans() == 1
    assert SearchRow.objects.get().openings
    assert refresh_spans() == 0


def test_a_hidden_address_has_no_point_and_no_distance(duras: Territory) -> None:
    one = make.service(body(duras), name="Secret", modes=["on_site"])
    make.at(
        one, make.location(one.organisation, commune=duras, address_hidden=True, hidden_reason="Sécurité")
    )
    index_service(one)
    row = SearchRow.objects.get()
    assert (row.latitude, row.longitude) == (None, None)
    hit = search(Asked(spot=spot_of(duras))).hits[0]
    assert (hit.distance, hit.place and hit.place.point) == ("", None)


def test_a_service_at_two_places_is_shown_once_at_the_nearest(duras: Territory) -> None:
    one = found_at(FAR, Territory.objects.get(code="47001"), name="Deux lieux", coverage=[duras])
    make.at(one, make.location(one.organisation, commune=duras, latitude=NEAR[0], longitude=NEAR[1]))
    index_service(one)
    found = search(Asked(spot=spot_of(duras)))
    assert (found.total, found.hits[0].distance) == (1, "À Duras.")


def test_what_is_no_longer_public_is_forgotten(duras: Territory) -> None:
    one = found_at(NEAR, duras, coverage=[duras])
    one.published = False
    one.save()
    index_service(one)
    assert not SearchRow.objects.exists()
    index_everything()
    assert not SearchRow.objects.exists()


def test_an_import_indexes_in_batches(
    duras: Territory, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        one = make.service(body(duras))
        make.at(one, make.location(one.organisation, commune=duras))
    with django_assert_max_num_queries(40):
        assert index_services(Service.objects.values_list("pk", flat=True)) == 12


def test_a_search_costs_the_same_whatever_it_finds(
    duras: Territory, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meal = make.need("1.3.2.2", plain_label="Tenir ma maison", synonyms=["courses"])
    for _ in range(15):
        found_at(NEAR, duras, needs=[meal])
    with django_assert_max_num_queries(QUERIES):
        assert len(search(Asked("mes courses à Duras")).hits) == 15


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("aide à domicile à Duras", "Duras"),
        ("duras repas", "Duras"),
        ("repas 47120", "Duras"),
        ("repas", None),
        ("un code 99999", None),
    ],
)
def test_a_place_is_read_in_a_sentence(duras: Territory, text: str, place: str | None) -> None:
    make.location(body(duras), commune=duras)  # its postal code is 47120
    found, rest = place_in(text)
    assert (found.name if found else None) == place
    assert place is None or "duras" not in rest.lower()


def test_a_name_that_is_also_a_need_counts_after_a_preposition(duras: Territory) -> None:
    assert place_in("duras fort", {"dura", "duras"})[0] is None
    assert place_in("un repas à duras", {"dura", "duras"})[0] == duras


def test_a_postal_code_is_known_from_the_addresses_of_the_directory(duras: Territory) -> None:
    make.location(body(duras), commune=duras, address_hidden=True, hidden_reason="Secret")
    assert communes_of_postal_code("47120") == []
    make.location(body(duras), commune=duras)
    assert communes_of_postal_code("47120") == [duras]


@pytest.mark.parametrize(
    "point", [(float("nan"), 0.0), (float("inf"), 0.0), (200.0, 0.0), (0.0, 999.0), (48.85, 2.35)]
)
def test_a_point_elsewhere_is_no_commune(point: tuple[float, float]) -> None:
    assert commune_at(*point) is None


def test_a_territory_wider_than_a_commune_serves_what_it_holds(duras: Territory) -> None:
    group = Territory.objects.get(code="244700449")
    spot = spot_of(group)
    assert isinstance(spot, Spot) and spot.point == HERE
    found_at(FAR, duras, name="Une commune", coverage=[duras])
    assert names(Asked(spot=spot)) == ["Une commune"]


def test_typing_errors_are_read_and_said(duras: Territory) -> None:
    make.need("1.3.2.2", plain_label="Tenir ma maison", synonyms=["ménage"])
    assert understand("menaje", current()).corrections == (Correction("menaje", "menage"),)
    assert understand("xyzw", current()).corrections == ()
    assert understand("", current()).concepts == ()


@pytest.mark.parametrize(
    ("word", "vocabulary", "read"),
    [
        ("alzeimer", {"alzheimer", "alizes"}, "alzheimer"),
        ("menaje", {"menage", "menace"}, "menage"),
        ("ortofoniste", {"orthophoniste", "orthopediste"}, "orthophoniste"),
        ("telealrme", {"telealarme"}, "telealarme"),
        ("abc", {"abd"}, ""),
        ("12345", {"12346"}, ""),
        ("piano", {"courses"}, ""),
    ],
)
def test_words_are_corrected_by_letters_then_by_sound(word: str, vocabulary: set[str], read: str) -> None:
    assert correct(word, vocabulary) == read


@given(st.text(max_size=60))
def test_any_text_becomes_words(text: str) -> None:
    words = words_of(text)
    assert len(words) == len(set(words))
    assert all(word.isascii() and word and sound(word) is not None for word in words)


def test_services_answer_needs() -> None:
    assert "2.E.6" in answered_by("1.3.2.2")
    assert needs_answered(["2.E.6", "inconnu"]) == {"1.3.2.2"}
    assert above("1.3.2.2") == ("1.3.2", "1.3")


def test_what_only_mentions_a_need_that_was_understood_never_answers_well(duras: Territory) -> None:
    meal = make.need("1.3.2.2", plain_label="Faire ses courses", synonyms=["courses"])
    found_at(NEAR, duras, name="Club", situations="On y parle de ses courses.")
    assert [hit.level for hit in search(Asked("mes courses")).hits] == [2]
    found_at(NEAR, duras, name="Portage", needs=[meal])
    assert [hit.service.name for hit in search(Asked("mes courses")).hits if hit.level == 0] == ["Portage"]
