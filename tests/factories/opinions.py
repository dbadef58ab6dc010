"""Opinions of the reference council, brought to any state by the services."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Role, User
from consultations.councils.models import Council
from consultations.meetings.majority import Votes
from consultations.opinions.models import Opinion
from consultations.opinions.services import after, answering, life
from consultations.opinions.services.answering import Given
from tests.factories.councils import director_of, establishment_of, full_council, member_of, secretary_of
from tests.factories.days import days_ago
from tests.factories.meetings import with_account
from tests.factories.process import body, person

FOR = Votes(6, 1, 1)
S = Opinion.State


def given(kind: str = "accepted", **fields: Any) -> Given:
    """An answer of today, with reasons, and a day when it is under study."""
    values = {
        "text": "Le dîner sera servi à 19 heures, à l’essai.",
        "by_title": "La directrice",
        "reasons": "Le personnel du soir manque.",
        "decide_by": days_ago(-30) if kind == "under_study" else None,
    }
    return Given(**{"kind": kind, **values, **fields})


def proposed(council: Council | None = None, ago: int = 100, **fields: Any) -> Opinion:
    """An opinion proposed by the platform itself, unless fields say by whom."""
    values = {"actor": None, "title": "Dîner à 19 heures", "text": "Servir le dîner une heure plus tard."}
    return life.propose_opinion(
        council=council or full_council(), proposed_on=days_ago(ago), **{**values, **fields}
    )


def voted(council: Council | None = None, ago: int = 90, **fields: Any) -> Opinion:
    """Adopted by a vote on paper."""
    opinion = proposed(council, ago + 10, **fields)
    return life.record_vote(actor=None, opinion=opinion, on=days_ago(ago), votes=FOR, note="Relevé de séance")


def sent(council: Council | None = None, ago: int = 10, **fields: Any) -> Opinion:
    """Sent so many days ago to the establishment; the answer is due 60 days after."""
    opinion = voted(council, ago + 5, **fields)
    to = establishment_of(opinion.council)
    return life.send_opinion(
        actor=None, opinion=opinion, sent_to=to, on=days_ago(ago), to_title="La directrice"
    )


def answered(council: Council | None = None, kind: str = "accepted", ago: int = 10, **fields: Any) -> Opinion:
    """Sent so many days ago, answered today."""
    opinion = sent(council, ago, **fields)
    answering.answer_opinion(actor=None, opinion=opinion, given=given(kind))
    opinion.refresh_from_db()
    return opinion


def in_state(state: str, council: Council | None = None, **fields: Any) -> Opinion:
    """An opinion brought to this state."""
    if state == S.PROPOSED:
        return proposed(council, **fields)
    if state == S.DEBATED:
        return life.record_debate(actor=None, opinion=proposed(council, **fields), on=days_ago(60))
    if state == S.NOT_ADOPTED:
        opinion, no = proposed(council, **fields), Votes(2, 5, 0)
        return life.record_vote(actor=None, opinion=opinion, on=days_ago(50), votes=no, note="Relevé")
    if state == S.WITHDRAWN:
        return life.withdraw_opinion(actor=None, opinion=proposed(council, **fields), reason="Déjà fait.")
    if state == S.VOTED:
        return voted(council, **fields)
    return _after_sending(state, council, **fields)


def _after_sending(state: str, council: Council | None, **fields: Any) -> Opinion:
    if state == S.SENT:
        return sent(council, **fields)
    if state == S.ACKNOWLEDGED:
        return answering.acknowledge_opinion(actor=None, opinion=sent(council, **fields))
    if state == S.ANSWER_DUE:
        opinion = sent(council, ago=80, **fields)
        Opinion.objects.filter(pk=opinion.pk).update(state=state)
    elif state == S.UNDER_STUDY:
        opinion = answered(council, "under_study", **fields)
    else:
        opinion = answered(council, **fields)
        if state in {S.CARRIED_OUT, S.EVALUATED}:
            opinion = after.carry_out_opinion(actor=None, opinion=opinion, text="Fait depuis mai.")
        if state == S.EVALUATED:
            opinion = after.evaluate_opinion(actor=None, opinion=opinion, text="Tout le monde est content.")
    opinion.refresh_from_db()
    return opinion


@dataclass
class People:
    """Those who have something to do with the opinions of a council."""

    council: Council
    president: User
    secretary: User
    member: User
    director: User
    stranger: User


def people(council: Council | None = None) -> People:
    """A full council with accounts."""
    council = council or full_council()
    president = next(one for one in council.mandates.all() if one.offices.exists())
    council.mandates.filter(rank="full", constituency="families").first().delete()  # type: ignore[union-attr]
    return People(
        council,
        with_account(president),
        secretary_of(council),
        member_of(council, "families"),
        director_of(council),
        person(),
    )


def authority(council: Council) -> Any:
    """A body outside the establishment, with the official who speaks for it."""
    made = body(council.territory, "Département de la démo")
    return made, person(Role.OFFICIAL, on=made)
