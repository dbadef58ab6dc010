"""Who may stand, by the bylaws on the first day of the mandate: age, time in the establishment, guardian.

Sources: CASF D311-11 (supported persons over 11), D311-13 and following (staff: six months), D311-9 (the president
comes from the representatives of supported persons, which the bylaws may widen). See `councils.rules.catalogue`.
"""

import datetime

from django.utils.translation import gettext as _

from consultations.councils.models import Constituency, Council, Mandate, Office
from consultations.councils.models.mandates import age_on
from consultations.councils.rules.seating import last_day_of_term
from consultations.councils.selectors import Bylaws, bylaws
from consultations.elections.models import Candidate, Election

PRESIDENT_FROM = {
    "supported_persons": (Constituency.SUPPORTED_PERSONS,),
    "users_side": (
        Constituency.SUPPORTED_PERSONS,
        Constituency.FAMILIES,
        Constituency.LEGAL_REPRESENTATIVES,
    ),
}


def why_not_eligible(candidate: Candidate) -> dict[str, str]:
    """What forbids this candidacy, by field; empty when nothing does."""
    election = candidate.election
    rules = bylaws(election.council, election.term_starts_on)
    if election.office:
        return _why_not_office(candidate, election)
    return _why_not_age(candidate, rules, election.term_starts_on) | _why_not_staff(
        candidate, rules, election
    )


def _why_not_age(candidate: Candidate, rules: Bylaws, day: datetime.date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if candidate.born_on is None:
        return errors
    age = age_on(candidate.born_on, day)
    if age < int(rules.value("minimum_age")):
        errors["born_on"] = _("Members are at least %(age)s years old on their first day.") % {
            "age": rules.value("minimum_age")
        }
    if age < int(rules.value("guardian_consent_age")):
        limit = {"age": rules.value("guardian_consent_age")}
        if not candidate.guardian_name.strip():
            errors["guardian_name"] = _("Under %(age)s, give the name of the parent or guardian.") % limit
        if candidate.guardian_consented_on is None:
            errors["guardian_consented_on"] = _("Give the day the parent or guardian agreed.")
    return errors


def _why_not_staff(candidate: Candidate, rules: Bylaws, election: Election) -> dict[str, str]:
    months = int(rules.value("staff_seniority_months"))
    if election.constituency != Constituency.STAFF or not months:
        return {}
    since = candidate.seniority_from
    if since is None:
        return {"seniority_from": _("Say since when this person has worked here: the bylaws ask for it.")}
    if last_day_of_term(since, months) >= election.term_starts_on:
        text = _("Staff representatives have been there for %(term)s at least.")
        return {"seniority_from": text % {"term": rules["staff_seniority_months"].words}}
    return {}


def _why_not_office(candidate: Candidate, election: Election) -> dict[str, str]:
    held = candidate.mandate
    if held is None or held not in electors_of_office(election):
        return {"mandate": _("Only a full member who may hold this office by the bylaws can stand.")}
    return {}


def electors_of_office(election: Election) -> list[Mandate]:
    """Full members by and among whom the office is elected, on its first day."""
    return electors_among(election.council, election.office, election.term_starts_on)


def electors_among(council: Council, office: str, day: datetime.date) -> list[Mandate]:
    """The same for a council, an office and a day; offices other than the president are elected by all."""
    held = council.mandates.in_force(day).full().order_by("constituency", "person_name")
    rule = bylaws(council, day).value("president_from") if office == Office.PRESIDENT else ""
    if rule in PRESIDENT_FROM:
        held = held.filter(constituency__in=PRESIDENT_FROM[rule])
    return list(held)


def tie_rule_of(council: Council, constituency: str, day: datetime.date) -> str:
    """What the bylaws say of a tie: staff have their own rule."""
    key = "tie_rule_staff" if constituency == Constituency.STAFF else "tie_rule_members"
    return str(bylaws(council, day).value(key))
