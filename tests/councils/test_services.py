"""What gives a council legal life, and each refusal: named, explained, nothing lost."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from consultations.councils import services
from consultations.councils.models import Council, Mandate
from consultations.councils.rules.seating import SeatCount
from consultations.councils.selectors import bylaw, composition, federations_of, members, office_holder
from consultations.councils.services.alerts import alert_ending_mandates
from consultations.councils.services.retention import forget_old_names
from core.models import AuditEntry
from tests.factories.councils import (
    LONG_AGO,
    act,
    council,
    director_of,
    full_council,
    mandate,
    secretary_of,
)
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db
ONE_DAY = datetime.timedelta(days=1)


def today() -> datetime.date:
    return timezone.localdate()


def refusal(act: Any, **values: Any) -> str:
    """What the service answers."""
    before = Mandate.objects.count()
    with pytest.raises(ValidationError) as refused:
        act(**values)
    assert Mandate.objects.count() == before
    return " ".join(refused.value.messages)


def opening(of: Council, **values: Any) -> dict[str, Any]:
    given = {"actor": secretary_of(of), "council": of, "constituency": "families", "person_name": "Nadia B."}
    return {**given, "starts_on": today(), **values}


def test_a_mandate_lasts_the_term_of_the_bylaws() -> None:
    of = council()
    services.set_bylaw_values(
        actor=director_of(of), council=of, values={"term_months": 24}, valid_from=LONG_AGO, reason="Vote"
    )
    opened = services.open_mandate(**opening(of, starts_on=datetime.date(2027, 5, 1)))
    assert opened.ends_on == datetime.date(2029, 4, 30)
    assert AuditEntry.objects.filter(verb="mandate_opened").exists()
    assert "Nadia" not in str(AuditEntry.objects.get(verb="mandate_opened").changes)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "backdated": ({"starts_on": -5}, "dans le passé"),
    "before the council": ({"starts_on": -5000, "late_reason": "x"}, "n’existait pas"),
    "too long": ({"ends_on": 1200}, "au plus"),
    "last before first": ({"ends_on": -1}, "dernier jour"),
    "too young": ({"constituency": "supported_persons", "born_on": -365 * 9}, "11 ans"),
    "born after": ({"born_on": 10}, "pas né"),
    "minor alone": ({"constituency": "supported_persons", "born_on": -365 * 15}, "tuteur"),
    "minor agreed after": (
        {
            "constituency": "supported_persons",
            "born_on": -365 * 15,
            "guardian_name": "Une mère",
            "guardian_consented_on": 2,
        },
        "avant le premier jour",
    ),
    "new staff": ({"constituency": "staff", "seniority_from": -30}, "6 mois"),
    "no seat": ({"constituency": "volunteers"}, "0 siège"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_mandate_may_not_be(case: str) -> None:
    of = council()
    values, words = REFUSED[case]
    days = {
        name: today() + datetime.timedelta(days=value) if isinstance(value, int) else value
        for name, value in values.items()
    }
    assert words in refusal(services.open_mandate, **opening(of, **days))


def test_a_minor_sits_once_a_guardian_has_agreed() -> None:
    of = council()
    born = today() - datetime.timedelta(days=365 * 15)
    agreed = {"born_on": born, "guardian_name": "Une mère", "guardian_consented_on": today()}
    opened = services.open_mandate(**opening(of, constituency="supported_persons", **agreed))
    assert opened.is_minor_on(today())


def test_a_late_mandate_is_opened_with_its_reason() -> None:
    of = council()
    late = services.open_mandate(
        **opening(of, starts_on=today() - ONE_DAY, late_reason="Procès-verbal reçu ce matin")
    )
    assert late.is_held_on(today())


@pytest.mark.parametrize("same", ["name", "account"])
def test_one_person_holds_one_seat_at_a_time(same: str) -> None:
    of = council()
    user = person()
    mandate(of, "supported_persons", person_name="Nadia B.", user=user if same == "account" else None)
    values = {"user": user, "person_name": "Autre nom"} if same == "account" else {"person_name": "nadia  b"}
    assert "siège" in refusal(services.open_mandate, **opening(of, **values))


def test_the_day_after_the_end_the_same_person_may_sit_again() -> None:
    of = council()
    first = mandate(of, "families", person_name="Nadia B.")
    services.end_mandate(actor=secretary_of(of), mandate=first, ended_on=today(), reason="resigned")
    again = services.open_mandate(**opening(of, starts_on=today() + ONE_DAY))
    assert again.pk


def test_never_more_members_than_seats_even_later() -> None:
    of = council(
        seats={"supported_persons": (2, 0), "families": (1, 1), "staff": (1, 0), "management": (1, 0)}
    )
    mandate(of, "families", starts_on=today() + datetime.timedelta(days=90))
    text = refusal(services.open_mandate, **opening(of, ends_on=today() + datetime.timedelta(days=365)))
    assert "1 siège" in text
    before = services.open_mandate(**opening(of, ends_on=today() + datetime.timedelta(days=89)))
    substitute = services.open_mandate(**opening(of, person_name="Autre", rank="substitute"))
    assert before.pk and substitute.pk


def test_no_mandate_without_an_act() -> None:
    of = council(seats={})
    assert "acte" in refusal(services.open_mandate, **opening(of))


def test_a_substitute_takes_over_for_the_remaining_term() -> None:
    of = full_council()
    leaving = of.mandates.full().filter(constituency="families").first()
    substitute = of.mandates.substitutes().filter(constituency="families").first()
    actor = secretary_of(of)
    services.end_mandate(actor=actor, mandate=leaving, ended_on=today(), reason="left")
    made = services.promote_substitute(
        actor=actor, substitute=substitute, replaces=leaving, starts_on=today() + ONE_DAY
    ).mandate
    substitute.refresh_from_db()
    assert made.ends_on == leaving.ends_on and made.rank == "full"
    assert (substitute.ended_on, substitute.end_reason) == (today(), "promoted")
    tomorrow = composition(of, today() + ONE_DAY)
    families = next(line for line in tomorrow.lines if line.constituency == "families")
    assert (families.vacant, families.vacant_substitutes) == (0, 1)
    again = {"actor": actor, "replaces": leaving, "starts_on": today() + ONE_DAY}
    other = (
        of.mandates.substitutes().in_force(today()).filter(constituency="families").exclude(pk=substitute.pk)
    )
    assert "déjà" in refusal(services.promote_substitute, substitute=other.get(), **again)


@pytest.mark.parametrize("case", ["still there", "other constituency", "a full member"])
def test_who_may_not_take_over(case: str) -> None:
    of = full_council()
    leaving = of.mandates.full().filter(constituency="families").first()
    if case != "still there":
        services.end_mandate(actor=None, mandate=leaving, ended_on=today(), reason="left")
    constituency = "supported_persons" if case == "other constituency" else "families"
    rank = "full" if case == "a full member" else "substitute"
    substitute = of.mandates.filter(constituency=constituency, rank=rank).in_force(today() + ONE_DAY).first()
    values = {"actor": secretary_of(of), "replaces": leaving, "starts_on": today() + ONE_DAY}
    assert refusal(services.promote_substitute, substitute=substitute, **values)


def test_ending_twice_or_outside_its_days_is_refused() -> None:
    of = council()
    held = mandate(of)
    actor = secretary_of(of)
    outside = {"ended_on": held.ends_on + ONE_DAY, "reason": "resigned"}
    assert refusal(services.end_mandate, actor=actor, mandate=held, **outside)
    held.refresh_from_db()
    assert refusal(services.end_mandate, actor=actor, mandate=held, ended_on=today(), reason="")
    held.refresh_from_db()
    services.end_mandate(actor=actor, mandate=held, ended_on=today(), reason="resigned")
    assert "déjà" in refusal(services.end_mandate, actor=actor, mandate=held, ended_on=today(), reason="left")


@pytest.mark.parametrize("model", [Council, Mandate])
def test_nothing_with_legal_life_can_be_deleted_with_what_hangs_on_it(model: Any) -> None:
    of = full_council()
    with pytest.raises(Exception, match="protected"):
        of.delete()
    assert model.objects.exists()


def test_an_act_without_the_majority_of_users_is_refused_with_the_seats_to_add() -> None:
    of = council(seats={})
    seats = {"supported_persons": SeatCount(2), "staff": SeatCount(1), "management": SeatCount(1)}
    values = {
        "actor": director_of(of),
        "council": of,
        "signed_on": LONG_AGO,
        "signed_by_title": "La directrice",
    }
    text = refusal(services.record_founding_act, seats=seats, **values)
    assert "2" in text and "4" in text
    seats["families"] = SeatCount(1, 1)
    made = services.record_founding_act(seats=seats, **values)
    assert composition(of).majority.is_met and made.allocations.count() == 4
    assert "Un autre acte" in refusal(services.record_founding_act, seats=seats, **values)


def test_a_later_act_replaces_the_first_from_its_day_only() -> None:
    of = council()
    act(of, {"supported_persons": (5, 0), "staff": (1, 0), "management": (1, 0)}, today())
    assert composition(of, today() - ONE_DAY).full_seats == 9
    assert composition(of, today()).full_seats == 7


def test_a_vacancy_is_recorded_only_when_nobody_sits_and_changes_the_majority() -> None:
    of = council(
        seats={"supported_persons": (4, 0), "families": (3, 0), "staff": (1, 0), "management": (2, 0)}
    )
    held = mandate(of, "families")
    values = {
        "actor": director_of(of),
        "council": of,
        "constituency": "families",
        "recorded_on": today(),
        "reason": "Aucune candidature",
        "signed_by_title": "La directrice",
    }
    assert "siège" in refusal(services.record_vacancy, **values)
    services.end_mandate(actor=None, mandate=held, ended_on=today() - ONE_DAY, reason="resigned")
    record = services.record_vacancy(**values)
    majority = composition(of).majority
    assert (majority.users, majority.total, majority.is_met) == (4, 7, True)
    assert composition(of, today() - ONE_DAY).majority.total == 10
    services.lift_vacancy(actor=director_of(of), record=record, lifted_on=today())
    assert composition(of).majority.total == 10


def test_bylaws_keep_their_history_and_are_not_backdated() -> None:
    of = council()
    actor = director_of(of)
    first = datetime.date(2026, 1, 1)
    values = {"actor": actor, "council": of, "reason": "Séance d’installation"}
    services.set_bylaw_values(values={"agenda_notice_days": 21}, valid_from=first, **values)
    services.set_bylaw_values(values={"meetings_per_year": 4}, valid_from=today(), **values)
    before, now = bylaw(of, "agenda_notice_days", first - ONE_DAY), bylaw(of, "agenda_notice_days")
    assert (before.value, before.is_default, now.value, now.is_default) == (15, True, 21, False)
    assert bylaw(of, "meetings_per_year", first).value == 3
    assert refusal(services.set_bylaw_values, values={"meetings_per_year": 5}, valid_from=first, **values)
    services.set_bylaw_values(values={"agenda_notice_days": 15}, valid_from=today(), **values)
    assert bylaw(of, "agenda_notice_days").is_default


def test_one_president_at_a_time_and_a_deposed_one_stays_a_member() -> None:
    of = full_council()
    actor = secretary_of(of)
    first = office_holder(of, "president")
    second = of.mandates.full().filter(constituency="supported_persons").exclude(pk=first.pk).first()
    services.designate_office(actor=actor, mandate=second, office="president", starts_on=today())
    assert office_holder(of, "president") == second
    assert office_holder(of, "president", today() - ONE_DAY) == first
    assert first.pk in {one.mandate.pk for one in members(of)}
    services.end_mandate(actor=actor, mandate=second, ended_on=today(), reason="resigned")
    assert office_holder(of, "president", today() + ONE_DAY) is None


@pytest.mark.parametrize(
    ("constituency", "rank"), [("families", "full"), ("supported_persons", "substitute")]
)
def test_who_may_not_preside(constituency: str, rank: str) -> None:
    of = full_council()
    held = of.mandates.filter(constituency=constituency, rank=rank).first()
    values = {"actor": secretary_of(of), "office": "president", "starts_on": today()}
    assert refusal(services.designate_office, mandate=held, **values)


def test_bylaws_may_let_families_preside() -> None:
    of = full_council()
    values = {"president_from": "users_side"}
    services.set_bylaw_values(actor=None, council=of, values=values, valid_from=LONG_AGO, reason="Vote")
    held = of.mandates.full().filter(constituency="families").first()
    assert services.designate_office(actor=None, mandate=held, office="president", starts_on=today()).pk


def test_a_federation_joins_councils_and_refuses_loops() -> None:
    top, middle, low = (council(kind) for kind in ("federation", "federation", "cvs"))
    services.join_federation(actor=None, federation=middle, member=low, joined_on=today())
    services.join_federation(actor=None, federation=top, member=middle, joined_on=today())
    assert federations_of(low) == [middle]
    values = {"actor": None, "joined_on": today()}
    assert "boucle" in refusal(services.join_federation, federation=middle, member=top, **values)
    assert "boucle" in refusal(services.join_federation, federation=top, member=top, **values)
    assert "déjà" in refusal(services.join_federation, federation=top, member=middle, **values)
    assert "fédération" in refusal(services.join_federation, federation=low, member=middle, **values)
    delegate = mandate(top, "delegates", delegated_by=middle)
    services.leave_federation(actor=None, link=top.federated.get(), left_on=today())
    delegate.refresh_from_db()
    assert (delegate.ended_on, delegate.end_reason) == (today(), "revoked")
    assert services.join_federation(federation=middle, member=top, actor=None, joined_on=today() + ONE_DAY).pk


def test_a_delegate_says_which_council_sends_them() -> None:
    of = council("federation", {"delegates": (4, 0)})
    assert "conseil" in refusal(services.open_mandate, **opening(of, constituency="delegates"))


def test_bylaws_may_limit_terms_in_a_row_and_taking_over_is_not_one() -> None:
    of = council()
    values = {"terms_in_a_row": 1}
    services.set_bylaw_values(actor=None, council=of, values=values, valid_from=LONG_AGO, reason="Vote")
    mandate(of, "families", person_name="Nadia B.", ends_on=today() - ONE_DAY)
    assert "à la suite" in refusal(services.open_mandate, **opening(of))
    replaced = mandate(of, "families", ended_on=today() - ONE_DAY, end_reason="left")
    assert services.open_mandate(**opening(of, replaces=replaced)).pk


def test_a_council_sends_the_delegates_the_federation_allows() -> None:
    of, member = council("federation", {"delegates": (4, 0)}), council()
    sent = {"constituency": "delegates", "delegated_by": member}
    assert services.open_mandate(**opening(of, **sent)).pk
    assert "délégué" in refusal(services.open_mandate, **opening(of, person_name="Autre", **sent))


def test_creating_needs_the_right_places() -> None:
    territory = place()
    home, other = body(territory), body(territory)
    values = {"actor": None, "name": "CVS", "territory": territory, "created_on": LONG_AGO}
    assert refusal(services.create_council, kind="cvs", **values)
    assert refusal(services.create_council, kind="cvs", organisations=[home, other], **values)
    assert refusal(services.create_council, kind="common_body", organisations=[home], **values)
    first = services.create_council(kind="cvs", organisations=[home], **values)
    second = services.create_council(kind="common_body", organisations=[home, other], **values)
    assert (first.slug, second.slug) == ("cvs", "cvs-2")
    with pytest.raises(PermissionDenied):
        services.create_council(kind="cvs", organisations=[home], **{**values, "actor": person()})


def test_dissolving_closes_everything_and_deletes_nothing() -> None:
    of = full_council()
    services.dissolve_council(actor=director_of(of), council=of, dissolved_on=today())
    assert set(of.mandates.values_list("end_reason", flat=True)) == {"dissolved"}
    assert len(members(of, today())) == 14 and members(of, today() + ONE_DAY) == []
    with pytest.raises(PermissionDenied):
        services.update_council(actor=director_of(of), council=of, summary="x")


@override_settings(PUBLIC_URL="http://127.0.0.1:8000")
def test_inviting_opens_an_account_and_writes_once(django_capture_on_commit_callbacks: Any) -> None:
    of = full_council()
    held = of.mandates.full().first()
    with django_capture_on_commit_callbacks(execute=True):
        services.invite_member(actor=secretary_of(of), mandate=held, email="Nadia@exemple.fr ")
    assert held.user == User.objects.get(email="nadia@exemple.fr")
    assert mail.outbox[0].to == ["nadia@exemple.fr"] and of.slug in mail.outbox[0].body
    other = of.mandates.full().last()
    values = {"actor": secretary_of(of), "mandate": other, "email": "nadia@exemple.fr"}
    assert "siège" in refusal(services.invite_member, **values)


def test_endings_are_told_once_and_in_time(django_capture_on_commit_callbacks: Any) -> None:
    of = council()
    secretary = secretary_of(of)
    mandate(of, "families", ends_on=today() + datetime.timedelta(days=60))
    mandate(of, "families", ends_on=today() + datetime.timedelta(days=120))
    with django_capture_on_commit_callbacks(execute=True):
        assert alert_ending_mandates() == 1
        assert alert_ending_mandates() == 0
    assert [one.to for one in mail.outbox] == [[secretary.email]]
    assert "ending" in {alert.code for alert in composition(of).alerts}


def test_names_leave_after_six_years_and_dates_stay() -> None:
    of = council()
    long_over = mandate(of, starts_on=datetime.date(2015, 1, 1), ends_on=datetime.date(2018, 1, 1))
    still = mandate(of)
    assert (forget_old_names(), forget_old_names()) == (1, 0)
    long_over.refresh_from_db()
    assert long_over.person_name == "" and long_over.name and long_over.ends_on.year == 2018
    assert Mandate.objects.get(pk=still.pk).person_name


def test_seats_are_given_under_a_lock(django_assert_max_num_queries: Any) -> None:
    of = council()
    with django_assert_max_num_queries(30) as queries:
        services.open_mandate(**{**opening(of), "actor": None})
    if connection.features.has_select_for_update:
        assert any("FOR UPDATE" in one["sql"] for one in queries.captured_queries)
