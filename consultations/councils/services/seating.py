"""What a new mandate must satisfy, each refusal naming what to do."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.councils.models import Constituency, Mandate
from consultations.councils.models.mandates import age_on
from consultations.councils.rules.seating import Span, last_day_of_term, most_at_once
from consultations.councils.selectors import Bylaws, bylaws, founding_act_on
from consultations.councils.selectors.composition import seats_of
from core.text import fold

PAUSE = datetime.timedelta(days=92)
"""Terms less than three months apart are said to be in a row (our choice)."""


def check_mandate(mandate: Mandate) -> None:
    """Raise every reason at once, by field."""
    rules = bylaws(mandate.council, mandate.starts_on)
    errors: dict[str, str] = {}
    for check in (_check_days, _check_term, _check_person, _check_guardian):
        check(mandate, rules, errors)
    if errors:
        raise ValidationError(errors)
    _refuse_second_seat(mandate)
    _refuse_too_many_in_a_row(mandate, rules)
    _refuse_too_many_delegates(mandate, rules)
    _refuse_too_many(mandate)


def _words(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def _check_days(mandate: Mandate, rules: Bylaws, errors: dict[str, str]) -> None:
    council = mandate.council
    if not council.is_alive_on(mandate.starts_on):
        errors["starts_on"] = _("The council did not exist on that day.")
    elif mandate.starts_on < timezone.localdate() and not mandate.late_reason.strip():
        errors["late_reason"] = _(
            "The first day is in the past: say why it is recorded today (report of an election, paper found…)."
        )
    if council.is_federation and not mandate.delegated_by_id:
        errors["delegated_by"] = _("Say which council sends this delegate.")


def _check_term(mandate: Mandate, rules: Bylaws, errors: dict[str, str]) -> None:
    months = int(rules.value("max_term_months"))
    if mandate.ends_on > last_day_of_term(mandate.starts_on, months):
        text = _("A mandate lasts %(term)s at most: until %(day)s.")
        day = _words(last_day_of_term(mandate.starts_on, months))
        errors["ends_on"] = text % {"term": rules["max_term_months"].words, "day": day}


def _check_person(mandate: Mandate, rules: Bylaws, errors: dict[str, str]) -> None:
    youngest = int(rules.value("minimum_age"))
    if mandate.born_on and mandate.born_on > mandate.starts_on:
        errors["born_on"] = _("This person was not born on the first day of the mandate.")
    elif mandate.born_on and age_on(mandate.born_on, mandate.starts_on) < youngest:
        errors["born_on"] = _("Members are at least %(age)s years old on their first day.") % {
            "age": youngest
        }
    months = int(rules.value("staff_seniority_months"))
    since = mandate.seniority_from if mandate.constituency == Constituency.STAFF and months else None
    if since and last_day_of_term(since, months) >= mandate.starts_on:
        text = _("Staff representatives have been there for %(term)s at least.")
        errors["seniority_from"] = text % {"term": rules["staff_seniority_months"].words}


def _check_guardian(mandate: Mandate, rules: Bylaws, errors: dict[str, str]) -> None:
    """A minor sits once a parent or guardian has agreed, before the first day."""
    limit = int(rules.value("guardian_consent_age"))
    if mandate.born_on is None or age_on(mandate.born_on, mandate.starts_on) >= limit:
        return
    if not mandate.guardian_name.strip():
        errors["guardian_name"] = _("Under %(age)s, give the name of the parent or guardian.") % {
            "age": limit
        }
    if mandate.guardian_consented_on is None:
        errors["guardian_consented_on"] = _("Give the day the parent or guardian agreed.")
    elif mandate.guardian_consented_on > mandate.starts_on:
        errors["guardian_consented_on"] = _("The parent or guardian agrees before the first day.")


def _is_same_person(one: Mandate, other: Mandate) -> bool:
    """The same account; without two accounts to compare, the same name and no different date of birth."""
    if one.user_id and other.user_id:
        return one.user_id == other.user_id
    same_birth = not (one.born_on and other.born_on) or one.born_on == other.born_on
    return bool(one.person_name) and fold(one.person_name) == fold(other.person_name) and same_birth


def _refuse_too_many_in_a_row(mandate: Mandate, rules: Bylaws) -> None:
    """Whole terms that follow one another, where the bylaws limit them; taking over a seat is not one."""
    most = int(rules.value("terms_in_a_row"))
    if not most or mandate.rank != Mandate.Rank.FULL or mandate.replaces_id:
        return
    earlier = mandate.council.mandates.full().filter(starts_on__lt=mandate.starts_on, replaces=None)
    first, count = mandate.starts_on, 1
    for other in earlier.exclude(pk=mandate.pk).order_by("-starts_on"):
        if _is_same_person(mandate, other) and first - other.last_day <= PAUSE:
            first, count = other.starts_on, count + 1
    if count > most:
        raise ValidationError(_("The bylaws allow %(most)s terms in a row at most.") % {"most": most})


def _refuse_too_many_delegates(mandate: Mandate, rules: Bylaws) -> None:
    """A council sends the number of delegates the federation's bylaws say, by constituency."""
    if not mandate.delegated_by_id:
        return
    most = int(rules.value("delegates_per_constituency"))
    sent = mandate.council.mandates.between(mandate.starts_on, mandate.ends_on).exclude(pk=mandate.pk)
    same = sent.filter(
        delegated_by=mandate.delegated_by_id, constituency=mandate.constituency, rank=mandate.rank
    )
    if same.count() >= most:
        raise ValidationError(
            _("A council sends %(most)s delegates by constituency (bylaws of the federation).")
            % {"most": most}
        )


def _refuse_second_seat(mandate: Mandate) -> None:
    """One person, one seat in a council at a time."""
    others = mandate.council.mandates.between(mandate.starts_on, mandate.ends_on).exclude(pk=mandate.pk)
    for other in others:
        if _is_same_person(mandate, other):
            text = _(
                "%(name)s already holds a seat of this council from %(first)s to %(last)s: end that mandate first."
            )
            values = {
                "name": other.person_name,
                "first": _words(other.starts_on),
                "last": _words(other.last_day),
            }
            raise ValidationError(text % values)


def _refuse_too_many(mandate: Mandate) -> None:
    """Never more members than seats, on any day of the mandate."""
    council = mandate.council
    act = founding_act_on(council, mandate.starts_on)
    if act is None:
        raise ValidationError(
            _("No founding act gives seats on %(day)s: record it first.") % {"day": _words(mandate.starts_on)}
        )
    count = seats_of(act).get(mandate.constituency)
    seats = count.of(mandate.rank) if count else 0
    same = council.mandates.between(mandate.starts_on, mandate.ends_on).filter(
        constituency=mandate.constituency, rank=mandate.rank
    )
    spans = [
        Span(max(one.starts_on, mandate.starts_on), min(one.last_day, mandate.ends_on))
        for one in same.exclude(pk=mandate.pk)
    ]
    most, day = most_at_once(spans)
    if most + 1 > seats:
        text = _(
            "“%(constituency)s” has %(seats)s seats (%(rank)s) and they are all taken on %(day)s: end a mandate first."
        )
        label = Constituency(mandate.constituency).label
        values = {"constituency": label, "seats": seats, "rank": mandate.get_rank_display()}
        raise ValidationError(text % {**values, "day": _words(day or mandate.starts_on)})
