"""Writing a sheet, its lines, its life: what is kept, what is refused and why."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.services import erase_account
from consultations.actions import services
from consultations.actions.manuscripts import may
from consultations.actions.models import (
    CRITERIA,
    ActionSheet,
    Agreement,
    BeforeAfter,
    Funding,
    Indicator,
    Measure,
    Partner,
    State,
    Step,
)
from consultations.actions.services.rows import values_of
from consultations.actions.services.sheets import details_of
from consultations.actions.texts import approved_texts, texts_of, write_texts
from consultations.cowriting.models import Manuscript, Version
from consultations.lineage.models import Link
from core.models import AuditEntry
from core.states import RefusedTransition
from needs.models import Need
from tests.factories import actions as make
from tests.factories.days import DAY, dated, today
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db


def refused(act: Any, field: str | None = None) -> str:
    """The words of a refusal, at the field it names."""
    with pytest.raises(ValidationError) as caught:
        act()
    if field is None:
        return " ".join(caught.value.messages)
    return " ".join(caught.value.message_dict[field])


def test_a_sheet_is_numbered_after_the_last_of_its_programme_and_has_its_own_address() -> None:
    scheme = make.programme()
    first = make.sheet(programme=scheme, title="Répit")
    second = make.sheet(programme=scheme, title="Répit")
    assert (first.number, second.number) == (1, 2)
    assert (first.slug, second.slug) == ("repit", "repit-2")


def test_only_those_of_the_place_or_of_the_lead_create_a_sheet() -> None:
    here = place()
    lead = body(here)
    with pytest.raises(PermissionDenied):
        services.create_sheet(actor=person(), title="Répit", territory=here, lead=lead)
    made = services.create_sheet(actor=make.worker_of(lead), title="Répit", territory=here, lead=lead)
    assert not made.is_public and made.changes.get().state == State.PROPOSED
    assert AuditEntry.objects.filter(verb="action_sheet_created", target_id=made.pk).exists()


def test_an_axis_of_another_programme_is_refused() -> None:
    sheet = make.sheet(programme=make.programme())
    other = make.programme().axes.create(number=1, title="Vieillir")
    words = refused(lambda: services.set_details(actor=None, sheet=sheet, values={"axis": other}), "axis")
    assert words


def test_two_people_change_two_fields_and_both_stay() -> None:
    sheet = make.sheet()
    user, base = make.worker_of(sheet.lead), details_of(sheet)
    services.set_details(actor=user, sheet=sheet, base=base, values={"title": "Répit pour tous"})
    merged = services.set_details(
        actor=user, sheet=sheet, base=base, values={"title": base["title"], "number": 4}
    )
    sheet.refresh_from_db()
    assert merged.changed == ("number",) and not merged.conflicts
    assert (sheet.title, sheet.number) == ("Répit pour tous", 4)


def test_the_same_field_changed_twice_is_shown_and_the_other_fields_are_saved() -> None:
    sheet = make.sheet()
    user, base = make.worker_of(sheet.lead), details_of(sheet)
    services.set_details(actor=user, sheet=sheet, base=base, values={"title": "Leur titre"})
    merged = services.set_details(
        actor=user, sheet=sheet, base=base, values={"title": "Mon titre", "audiences": ["carers"]}
    )
    sheet.refresh_from_db()
    assert [(one.name, one.theirs, one.mine) for one in merged.conflicts] == [
        ("title", "Leur titre", "Mon titre")
    ]
    assert (sheet.title, sheet.audiences) == ("Leur titre", ["carers"])


def test_texts_are_written_together_by_those_who_may() -> None:
    sheet = make.sheet(texts=False)
    user = make.worker_of(sheet.lead)
    write_texts(actor=user, sheet=sheet, before={"finding": ""}, texts={"finding": "Constat"})
    written = write_texts(
        actor=user,
        sheet=sheet,
        before={"finding": "", "context": ""},
        texts={"finding": "Autre", "context": "Ici"},
    )
    assert "context" in written.changed and texts_of(sheet)["context"] == "Ici"
    assert "Constat" in texts_of(sheet)["finding"]
    with pytest.raises(PermissionDenied):
        write_texts(actor=person(), sheet=sheet, before={}, texts={"finding": "Piraté"})


def test_sheets_that_would_wait_for_each_other_are_refused() -> None:
    first, second, third = make.sheet(), make.sheet(), make.sheet()
    services.set_details(actor=None, sheet=second, values={"depends_on": [first]})
    services.set_details(actor=None, sheet=third, values={"depends_on": [second]})
    for wanted in ([third], [first]):
        assert refused(
            lambda wanted=wanted: services.set_details(
                actor=None, sheet=first, values={"depends_on": wanted}
            ),
            "depends_on",
        )
    assert not first.depends_on.exists()


def add(row: Any, actor: Any = None, **values: Any) -> Any:
    services.write_row(actor=actor, row=row, values=values)
    return row


def test_steps_that_would_wait_for_each_other_or_for_another_sheet_are_refused() -> None:
    sheet = make.sheet()
    first, second = make.step(sheet, "Convention"), make.step(sheet, "Séjours")
    add(second, depends_on=[first])
    assert refused(lambda: add(first, depends_on=[second]), "depends_on")
    assert refused(lambda: add(first, depends_on=[make.step(make.sheet())]), "depends_on")
    assert refused(lambda: services.remove_row(actor=None, row=first))


BAD_LINES: list[tuple[type[Any], dict[str, Any], str]] = [
    (Step, {"title": "Bilan", "starts_on": 0 * DAY, "ends_on": -DAY}, "__all__"),
    (Step, {"title": "Bilan", "ends_on": 0 * DAY, "done_on": DAY}, "done_on"),
    (Step, {"title": "", "ends_on": 0 * DAY}, "title"),
    (Step, {"title": "Bilan", "ends_on": None}, "ends_on"),
    (Funding, {"funder_words": "ARS", "year": 2026, "sought": Decimal(-1)}, "sought"),
    (Funding, {"funder_words": "ARS", "year": 20260}, "year"),
    (Funding, {"funder_words": " ", "year": 2026}, "funder"),
    (Indicator, {"title": "Séjours", "baseline_on": 0 * DAY, "target_on": -DAY}, "target_on"),
    (BeforeAfter, {"is_comparable": True, "before": Decimal(10)}, "is_comparable"),
    (BeforeAfter, {"before": Decimal(10), "after": Decimal(20)}, "why"),
]


@pytest.mark.parametrize(("model", "values", "field"), BAD_LINES)
def test_lines_refused_with_the_place_and_the_reason(model: Any, values: dict[str, Any], field: str) -> None:
    sheet = make.sheet()
    assert refused(lambda: add(model(sheet=sheet), make.worker_of(sheet.lead), **dated(values)), field)
    assert not model.objects.exists()


def test_a_funder_has_one_line_a_year() -> None:
    sheet = make.sheet()
    add(Funding(sheet=sheet), funder_words="ARS", year=2026, sought=Decimal(100))
    assert refused(lambda: add(Funding(sheet=sheet), funder_words="ARS", year=2026))
    add(Funding(sheet=sheet), funder_words="ARS", year=2027)


def test_a_partner_does_not_lead_and_its_agreement_is_one_it_signed() -> None:
    sheet = make.sheet()
    partner, other = body(sheet.territory, "Platform"), body(sheet.territory, "Transport")
    assert refused(lambda: add(Partner(sheet=sheet), organisation=sheet.lead), "organisation")
    agreement = services.write_agreement(
        actor=None,
        parties=[other, partner],
        object="Transport",
        starts_on=today(),
        territory=sheet.territory,
    )
    stranger = body(sheet.territory, "Autre")
    assert refused(lambda: add(Partner(sheet=sheet), organisation=stranger, agreement=agreement), "agreement")
    add(Partner(sheet=sheet), organisation=other, agreement=agreement)
    assert refused(lambda: add(Partner(sheet=sheet), organisation=other))


def test_a_figure_is_measured_once_a_day_and_never_tomorrow() -> None:
    indicator = add(Indicator(sheet=make.sheet()), title="Séjours réalisés", target=Decimal(20))
    add(Measure(indicator=indicator), value=Decimal(3), on=today())
    assert refused(lambda: add(Measure(indicator=indicator), value=Decimal(4), on=today()))
    assert refused(lambda: add(Measure(indicator=indicator), value=Decimal(4), on=today() + DAY), "on")


def test_two_people_change_the_same_line() -> None:
    sheet = make.sheet()
    line, user = make.step(sheet), make.worker_of(sheet.lead)
    base = values_of(line)
    services.write_row(actor=user, row=line, base=base, values={"title": "Signer la convention"})
    merged = services.write_row(
        actor=user, row=line, base=base, values={"title": "Rédiger", "owner_words": "Le CCAS"}
    )
    line.refresh_from_db()
    assert [one.name for one in merged.conflicts] == ["title"]
    assert (line.title, line.owner_words) == ("Signer la convention", "Le CCAS")


def test_once_adopted_what_was_promised_no_longer_changes_but_what_happens_does() -> None:
    sheet = make.sheet(State.UNDER_WAY)
    user, line = make.worker_of(sheet.lead), make.step(sheet, days=-3)
    services.write_row(actor=user, row=line, values={"done_on": today()})
    sheet.refresh_from_db()
    assert sheet.last_news_on == today()
    for values in ({"ends_on": today() + 30 * DAY}, {"title": "Autre chose"}):
        with pytest.raises(PermissionDenied):
            services.write_row(actor=user, row=line, values=values)
    with pytest.raises(PermissionDenied):
        add(Step(sheet=sheet), user, title="Une de plus", ends_on=today())
    with pytest.raises(PermissionDenied):
        services.remove_row(actor=user, row=line)


def live(sheet: ActionSheet, verb: str, actor: Any = None, **more: Any) -> ActionSheet:
    return services.move_sheet(actor=actor, sheet=sheet, verb=verb, **more)


def test_the_whole_life_of_a_sheet_is_dated_and_said_in_public() -> None:
    sheet = make.sheet()
    writer, steward = make.worker_of(sheet.lead), make.steward_of(sheet.territory)
    live(sheet, "start", writer)
    assert not live(sheet, "open_comments", writer).decision
    live(sheet, "adopt", steward, words="Commission permanente")
    assert approved_texts(sheet)["objective"] == make.TEXTS["objective"]
    version = Version.objects.get(is_approved=True)
    assert version.details["lead"] == str(sheet.lead) and not may(writer, "write", str(sheet.pk), "objective")
    live(sheet, "begin", writer)
    live(sheet, "suspend", writer, words="Le transporteur a fermé.")
    live(sheet, "take_again", writer)
    live(sheet, "finish", writer)
    assert refused(lambda: live(sheet, "evaluate", writer))
    services.score_sheet(actor=writer, sheet=sheet, marks=dict.fromkeys(CRITERIA.values, (4, "Tenu.")))
    made = live(sheet, "evaluate", writer)
    assert made.announced_on == today() and made.adopted_on == today() and made.reason_public == ""
    assert [one.state for one in made.changes.order_by("pk")] == [
        "proposed", "writing", "comments", "adopted", "under_way", "suspended", "under_way", "done", "evaluated",
    ]  # fmt: skip
    assert made.changes.get(state="suspended").words == "Le transporteur a fermé."


@pytest.mark.parametrize(
    ("state", "verb"), [("comments", "adopt"), ("under_way", "suspend"), ("writing", "abandon")]
)
def test_a_decision_or_a_reason_is_asked_for(state: str, verb: str) -> None:
    sheet = make.sheet(state)
    with pytest.raises(RefusedTransition):
        live(sheet, verb, make.steward_of(sheet.territory), words="  ")
    sheet.refresh_from_db()
    assert sheet.state == state


def test_two_approvals_at_once_the_second_is_told_where_the_sheet_stands() -> None:
    sheet = make.sheet(State.COMMENTS)
    first, second = make.steward_of(sheet.territory), make.steward_of(sheet.territory)
    stale = ActionSheet.objects.get(pk=sheet.pk)
    live(sheet, "adopt", first, words="Commission permanente")
    with pytest.raises(RefusedTransition):
        live(stale, "adopt", second, words="Autre décision")
    sheet.refresh_from_db()
    assert sheet.decision == "Commission permanente" and sheet.changes.filter(state="adopted").count() == 1


def test_a_sheet_is_not_opened_or_adopted_empty() -> None:
    assert refused(lambda: live(make.sheet(State.WRITING, texts=False), "open_comments"))
    sheet = make.sheet(State.COMMENTS)
    sheet.lead = None
    sheet.save()
    assert refused(lambda: live(sheet, "adopt", words="Commission"))


def test_days_of_a_life_follow_each_other_and_are_past() -> None:
    sheet = make.sheet()
    assert refused(lambda: live(sheet, "start", on=today() + DAY), "on")
    assert refused(lambda: live(sheet, "start", on=make.LONG_AGO - DAY), "on")
    assert live(sheet, "start", on=make.LONG_AGO + DAY).state_since == make.LONG_AGO + DAY


def test_the_person_in_charge_works_for_the_lead() -> None:
    sheet = make.sheet()
    steward, user = make.steward_of(sheet.territory), make.worker_of(sheet.lead)
    services.assign_sheet(actor=steward, sheet=sheet, lead=sheet.lead, email=user.email)
    sheet.refresh_from_db()
    assert sheet.lead_user == user
    for email in ("personne@example.org", person().email):
        assert refused(
            lambda email=email: services.assign_sheet(
                actor=steward, sheet=sheet, lead=sheet.lead, email=email
            ),
            "email",
        )
    assert refused(
        lambda: services.assign_sheet(actor=steward, sheet=sheet, lead=sheet.lead, co_lead=sheet.lead),
        "co_lead",
    )


def test_a_lead_who_erases_their_account_leaves_the_sheet_without_anyone_in_charge() -> None:
    sheet = make.sheet(State.UNDER_WAY)
    user = make.worker_of(sheet.lead)
    services.assign_sheet(actor=None, sheet=sheet, lead=sheet.lead, email=user.email)
    erase_account(actor=user, user=user)
    sheet.refresh_from_db()
    assert sheet.lead_user is None and sheet.state == State.UNDER_WAY


def test_a_need_of_a_sheet_is_tied_to_it_and_untied() -> None:
    sheet = make.sheet()
    needs = [
        Need.objects.create(code=code, family="need", official_label=code, plain_label=code, sort_key=code)
        for code in ("1.1", "1.2")
    ]
    services.set_details(actor=None, sheet=sheet, values={"needs": needs})
    services.set_details(actor=None, sheet=sheet, values={"needs": needs[1:]})
    assert [one.source_id for one in Link.objects.filter(target_kind="action_sheet")] == ["1.2"]


def test_a_proposal_nobody_worked_on_is_deleted_and_leaves_no_dead_link() -> None:
    sheet = make.sheet()
    services.delete_sheet(actor=make.worker_of(sheet.lead), sheet=sheet)
    assert not ActionSheet.objects.exists() and not Link.objects.exists() and not Manuscript.objects.exists()
    with pytest.raises(PermissionDenied):
        other = make.sheet(State.WRITING)
        services.delete_sheet(actor=make.worker_of(other.lead), sheet=other)


def test_an_agreement_joins_two_bodies_and_ends_after_it_starts() -> None:
    here = place()
    one, two = body(here), body(here)
    common: Any = {"object": "Transport", "territory": here, "starts_on": today()}
    assert refused(lambda: services.write_agreement(actor=None, parties=[one, one], **common), "parties")
    assert refused(
        lambda: services.write_agreement(actor=None, parties=[one, two], ends_on=today() - DAY, **common)
    )
    with pytest.raises(PermissionDenied):
        services.write_agreement(actor=make.worker_of(body(here)), parties=[one, two], **common)
    services.write_agreement(actor=make.worker_of(one), parties=[one, two], **common)
    assert Agreement.objects.get().parties.count() == 2


def test_an_axis_that_holds_sheets_is_not_taken_away() -> None:
    scheme = make.programme()
    services.set_axes(actor=None, programme=scheme, titles=["Repérer", "Soutenir"])
    make.sheet(programme=scheme, axis=scheme.axes.get(number=2))
    assert refused(lambda: services.set_axes(actor=None, programme=scheme, titles=["Repérer"]))
    services.set_axes(actor=None, programme=scheme, titles=["Repérer tôt", "Soutenir"])
    assert scheme.axes.get(number=1).title == "Repérer tôt"
