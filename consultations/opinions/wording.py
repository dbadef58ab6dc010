"""What happened to an opinion and what is expected now, in words anyone reads."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.councils.models import Constituency
from consultations.meetings.majority import total
from consultations.meetings.models.decision import read_votes
from consultations.opinions.models import Opinion

EVENTS = {
    "proposed": gettext_lazy("Proposed"),
    "changed": gettext_lazy("Its words were changed"),
    "debated": gettext_lazy("Debated by the council"),
    "no_quorum": gettext_lazy("The vote was not valid: too few representatives of users and families"),
    "tied": gettext_lazy("As many votes for as against: nothing is decided"),
    "voted": gettext_lazy("Voted by the council"),
    "not_adopted": gettext_lazy("Not adopted by the council"),
    "sent": gettext_lazy("Sent"),
    "acknowledged": gettext_lazy("Received by the body asked"),
    "studied": gettext_lazy("The body asked says that it is under study"),
    "reminded": gettext_lazy("The body asked was reminded"),
    "fell_due": gettext_lazy("The day passed without an answer"),
    "answered": gettext_lazy("Answered"),
    "allowed": gettext_lazy("The council let a federation have it"),
    "disallowed": gettext_lazy("The council took it back from a federation"),
    "forwarded": gettext_lazy("Passed up to the federation"),
    "joined": gettext_lazy("Joined with opinions of other councils"),
    "merged": gettext_lazy("Made from the opinions of several councils"),
    "relayed": gettext_lazy("The answer given to the federation came back"),
    "read_back": gettext_lazy("The answer was read to the council"),
    "carried_out": gettext_lazy("Carried out"),
    "evaluated": gettext_lazy("What it changed"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
ROLES = {
    "body": gettext_lazy("by the body asked"),
    "president": gettext_lazy("by the president"),
    "secretary": gettext_lazy("by the secretary"),
    "member": gettext_lazy("by a member"),
    "director": gettext_lazy("by the management"),
}
TONES = {"answered": "ok", "carried_out": "ok", "evaluated": "ok", "answer_due": "late"}


def event_words(verb: str) -> str:
    """What happened; a verb without words is shown as it was recorded."""
    return str(EVENTS.get(verb, verb))


def role_words(code: str) -> str:
    """As what someone acted; empty for the platform itself."""
    return str(ROLES.get(code, code))


def state_words(opinion: Opinion) -> str:
    """Where it stands in a few words: the answer when there is one, the day when one is awaited."""
    if opinion.is_overdue:
        days = opinion.days_late
        return ngettext("answer %(days)d day late", "answer %(days)d days late", days) % {"days": days}
    if opinion.state == Opinion.State.ANSWERED:
        return str(opinion.get_answer_kind_display())
    return str(opinion.get_state_display())


def tone_of(opinion: Opinion) -> str:
    """The tone of its badge: late, ok or neutral."""
    if opinion.is_overdue:
        return "late"
    if opinion.state == Opinion.State.ANSWERED and opinion.answer_kind == "refused":
        return "neutral"
    return TONES.get(opinion.state, "neutral")


def due_words(opinion: Opinion) -> str:
    """What is awaited and until when; empty when nothing is."""
    if opinion.state not in Opinion.WAITING or opinion.due_on is None:
        return ""
    values = {"body": opinion.sent_to, "day": day_words(opinion.due_on), "days": opinion.days_late}
    if opinion.is_overdue:
        words = ngettext(
            "%(body)s was to answer by %(day)s: %(days)d day late.",
            "%(body)s was to answer by %(day)s: %(days)d days late.",
            opinion.days_late,
        )
    elif opinion.due_on == timezone.localdate():
        words = _("%(body)s has to answer today.")
    else:
        words = _("%(body)s has to answer by %(day)s.")
    return words % values


def day_words(day: datetime.date) -> str:
    """A day as it is said."""
    return date_format(day, "j F Y")


def vote_words(opinion: Opinion) -> str:
    """The totals of the vote; empty before it."""
    if not opinion.counts:
        return ""
    votes = total(read_votes(one) for one in opinion.counts.values())
    values = {"for": votes.for_, "against": votes.against, "abstain": votes.abstain}
    return _("For: %(for)d. Against: %(against)d. Abstentions: %(abstain)d.") % values


def votes_by_constituency(opinion: Opinion) -> list[tuple[str, str]]:
    """Totals of each constituency, when the vote was open: a public act, whatever the number."""
    labels = dict(Constituency.choices)
    named = [(str(labels.get(code, code)), read_votes(kept)) for code, kept in opinion.counts.items() if code]
    return [
        (name, _("for %(for)d, against %(against)d, abstentions %(abstain)d")
         % {"for": votes.for_, "against": votes.against, "abstain": votes.abstain})
        for name, votes in sorted(named)
    ]  # fmt: skip


def validity_words(opinion: Opinion) -> str:
    """Why the vote counts: the quorum, the second meeting, or where a vote outside the platform is recorded."""
    if note := opinion.vote.get("note"):
        return _("Recorded from: %(note)s") % {"note": note}
    if opinion.decision is not None and opinion.decision.item.meeting.reconvened_from_id is not None:
        return _("Second meeting: the majority of the members present is enough.")
    if opinion.vote.get("quorum"):
        return _("The quorum was met.")
    return ""
