"""People and the log in Wagtail's admin."""

import pytest
from django.urls import reverse

from accounts.models import Membership, Role, User
from core.models import AuditEntry
from core.services import record_audit
from tests.factories.accounts import (
    MembershipFactory,
    SignedInClient,
    TerritoryFactory,
    UserFactory,
    someone,
)

pytestmark = pytest.mark.django_db
PAGES = ["people", "people_results", "invite", "audit", "audit_results"]


@pytest.fixture
def administrator(client: SignedInClient) -> User:
    user = someone(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        (Role.ADMINISTRATOR, set(PAGES)),
        (Role.DPO, set(PAGES) - {"invite"}),
        (Role.EDITOR, set()),
        (Role.PUBLISHER, set()),
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_who_opens_which_page(client: SignedInClient, role: Role, opened: set[str], page: str) -> None:
    client.force_login(someone(role))
    response = client.get(reverse(f"accounts_admin:{page}"))
    assert (response.status_code == 200) is (page in opened)


def test_the_log_is_filtered_by_verb_actor_object_and_day(
    client: SignedInClient, administrator: User
) -> None:
    someone_else = UserFactory(display_name="Rédactrice")
    record_audit(actor=someone_else, verb="survey_published", target=UserFactory(display_name="Cible A"))
    record_audit(actor=administrator, verb="consent_given", target=UserFactory(display_name="Cible B"))
    url = reverse("accounts_admin:audit")
    for query, seen in [
        ("verb=survey_published", "A"),
        (f"actor={administrator.pk}", "B"),
        (f"target_id={AuditEntry.objects.get(verb='survey_published').target_id}", "A"),
        ("at_to=2000-01-01", ""),
    ]:
        page = client.get(f"{url}?{query}").content.decode()
        assert ("Cible A" in page) is (seen == "A"), query
        assert ("Cible B" in page) is (seen == "B"), query


@pytest.mark.parametrize("query", ["verb=inconnu", "actor=abc", "at_from=hier", "p=9999", "p=x"])
def test_a_strange_filter_is_no_error(client: SignedInClient, administrator: User, query: str) -> None:
    assert client.get(f"{reverse('accounts_admin:audit')}?{query}").status_code in {200, 404}


def test_the_log_is_exported_without_formulas(client: SignedInClient, administrator: User) -> None:
    record_audit(actor=administrator, verb="user_invited", target=UserFactory(display_name="=cmd|x"))
    response = client.get(reverse("accounts_admin:audit") + "?export=csv")
    text = b"".join(response.streaming_content).decode()
    assert "'=cmd|x" in text
    assert ",=cmd" not in text


def test_the_log_costs_the_same_whatever_its_length(
    client: SignedInClient, administrator: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(60):
        record_audit(actor=administrator, verb="consent_given", target=administrator)
    with django_assert_max_num_queries(24):
        assert client.get(reverse("accounts_admin:audit")).status_code == 200


def test_people_cost_the_same_whatever_their_number(
    client: SignedInClient, administrator: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(20):
        MembershipFactory()
    with django_assert_max_num_queries(24):
        assert client.get(reverse("accounts_admin:people")).status_code == 200


def test_a_role_is_granted_and_ended_from_the_page_of_a_person(
    client: SignedInClient, administrator: User
) -> None:
    user, territory = UserFactory(), TerritoryFactory()
    page = reverse("accounts_admin:person", args=[user.pk])
    fields = {"role": Role.ORGANISER, "place": f"territory:{territory.pk}", "starts_on": "2026-01-01"}
    assert client.post(page, fields).status_code == 302
    membership = user.memberships.get()
    assert membership.territory == territory
    assert client.post(reverse("accounts_admin:end_role", args=[membership.pk])).status_code == 302
    membership.refresh_from_db()
    assert membership.withdrawn_at


def test_bad_input_keeps_what_was_typed(client: SignedInClient, administrator: User) -> None:
    page = reverse("accounts_admin:invite")
    fields = {"email": "pas une adresse", "role": "roi", "place": "territory:999999", "starts_on": "demain"}
    response = client.post(page, fields)
    assert response.status_code == 422
    assert "pas une adresse" in response.content.decode()
    assert not Membership.objects.exclude(user=administrator).exists()


def test_the_dpo_reads_but_changes_nothing(client: SignedInClient) -> None:
    client.force_login(someone(Role.DPO))
    membership = MembershipFactory()
    end = client.post(reverse("accounts_admin:end_role", args=[membership.pk]))
    grant = client.post(reverse("accounts_admin:person", args=[membership.user_id]), {"role": "dpo"})
    membership.refresh_from_db()
    assert membership.withdrawn_at is None
    assert {end.status_code, grant.status_code} <= {302, 403}
    assert membership.user.memberships.count() == 1


@pytest.mark.parametrize("path", ["users/", "users/1/delete/", "users/new/", "groups/", "groups/1/"])
def test_wagtails_own_forms_for_people_are_closed(client: SignedInClient, path: str) -> None:
    client.force_login(UserFactory(is_superuser=True))
    response = client.get(f"/gestion/{path}")
    assert response.status_code == 302
    assert response["Location"] == reverse("accounts_admin:people")


def test_the_admin_has_its_own_content_policy_and_the_site_a_strict_one(
    client: SignedInClient, administrator: User
) -> None:
    admin = client.get("/gestion/")["Content-Security-Policy"]
    account = client.get("/compte/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in admin
    assert "default-src 'none'" in admin
    assert "unsafe-inline" not in account
