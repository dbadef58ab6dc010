"""Where an election stands, in words: its steps, what waits for those who keep its papers, who may vote now."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from consultations.councils.models import Council
from consultations.councils.permissions import is_clerk, worked_on_by
from consultations.councils.rules.seating import SeatCount
from consultations.councils.selectors import seats_on
from consultations.elections.models import Election, RollEntry

S = Election.State
MOST_WAITING = 12
STEPS: tuple[tuple[str, Promise], ...] = (
    (S.DRAFT, gettext_lazy("Draft")),
    (S.CANDIDACIES, gettext_lazy("Candidates and roll")),
    (S.ROLL_FROZEN, gettext_lazy("Letters")),
    (S.OPEN, gettext_lazy("The vote")),
    (S.CLOSED, gettext_lazy("Count")),
    (S.COUNTED, gettext_lazy("Result")),
    (S.OFFICIAL, gettext_lazy("Official")),
)
ORDER = {str(state): place for place, (state, _label) in enumerate(STEPS)}


@dataclass(frozen=True)
class ElectionStep:
    """One step of an election, as the thread draws it."""

    label: str
    status: str
    date: str = ""
    figure: str = ""
    note: str = ""


@dataclass(frozen=True)
class WaitingElection:
    """An election that waits for the person, in words."""

    election: Election
    detail: str
    is_late: bool = False


def steps_of(election: Election) -> list[ElectionStep]:
    """The seven steps; none when it was called off, and a contested one waits at its result."""
    if election.state == S.CANCELLED:
        return []
    here = ORDER[S.COUNTED if election.state == S.CONTESTED else election.state]
    is_over = election.state == S.OFFICIAL
    return [
        ElectionStep(str(label), _status(place, here, is_over=is_over))
        for place, (_state, label) in enumerate(STEPS)
    ]


def _status(place: int, here: int, *, is_over: bool) -> str:
    if place < here or is_over:
        return "done"
    return "under_way" if place == here else "to_come"


def has_issued_codes(election: Election) -> bool:
    """True once letters were made: codes exist on paper."""
    return election.roll.exclude(code_hash="").exists()


def can_open_now(election: Election) -> bool:
    """True when its hour has come and every elector without an account may have a letter."""
    now = timezone.now()
    if election.state != S.ROLL_FROZEN or not election.opens_at <= now < election.closes_at:
        return False
    return not election.takes_online or has_issued_codes(election)


def waiting_elections(user: User) -> list[WaitingElection]:
    """Those not finished in the councils whose papers this person keeps, what is late first."""
    mine = Council.objects.filter(worked_on_by(user))
    found = Election.objects.filter(council__in=mine).exclude(state__in=[S.OFFICIAL, S.CANCELLED])
    rows = found.select_related("council").order_by("closes_at")[:MOST_WAITING]
    kept = [_waiting(one) for one in rows if is_clerk(user, one.council)]
    return sorted(kept, key=lambda one: not one.is_late)


def _waiting(election: Election) -> WaitingElection:
    now, hours = timezone.now(), {"start": _day(election.opens_at), "end": _day(election.closes_at)}
    is_past = {S.DRAFT: election.opens_at < now, S.CANDIDACIES: election.opens_at < now}
    words = {
        S.DRAFT: _("Draft: the vote is to open on %(start)s. Call for candidates."),
        S.CANDIDACIES: _("Candidates and roll are to be written before %(start)s."),
        S.ROLL_FROZEN: _("The vote opens on %(start)s. The letters must be given before."),
        S.OPEN: _("People are voting until %(end)s."),
        S.CLOSED: _("The vote is closed: count the ballots."),
        S.COUNTED: _("Counted: make the result official."),
        S.CONTESTED: _("Contested: keep the result or cancel the election."),
    }
    state = S(election.state)
    return WaitingElection(election, words[state] % hours, is_past.get(state, False))


def _day(moment: object) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")  # type: ignore[arg-type]


def votes_open_to(user: User) -> list[Election]:
    """The elections under way whose roll names this account, and in which it has not voted."""
    entries = RollEntry.objects.filter(user=user, mark=RollEntry.Mark.NONE, election__state=S.OPEN)
    found = [one.election for one in entries.select_related("election__council")]
    return [one for one in found if one.is_taking_votes and one.takes_online]


def readings_words(election: Election) -> str:
    """How many people have read the paper ballots, and whether they agree."""
    sheets = [one.ballots for one in election.sheets.all()]
    if not sheets:
        return _("Nobody has read them yet.")
    if len(sheets) > 1 and not any(sheets.count(one) > 1 for one in sheets):
        return _("The readings differ: read the ballots again, each on your own account.")
    return ngettext("%(n)d person has read them.", "%(n)d people have read them.", len(sheets)) % {
        "n": len(sheets)
    }


@dataclass(frozen=True)
class Balance:
    """Whether the box holds as many ballots as there are people marked as having voted, without saying how many."""

    is_open: bool
    is_even: bool
    reason: str = ""


def balance_of(election: Election) -> Balance:
    """While people vote, the online urn; from the count on, everything together. In between it is being read."""
    is_open = election.state == S.OPEN
    if is_open:
        marked = election.roll.filter(mark=RollEntry.Mark.ONLINE).count()
        return Balance(True, election.urn.count() == marked)
    expected = (election.voted_online or 0) if election.state == S.CLOSED else election.voted
    return Balance(False, election.ballots.count() == expected, election.discrepancy_reason)


def shortage_words(election: Election) -> str:
    """What is missing for those elected to sit on their first day, and the remedy; empty when all is well.

    A warning, not a refusal: mandates may still end before that day. Making the result official refuses.
    """
    is_over = election.state in {S.OFFICIAL, S.CANCELLED}
    if not election.constituency or is_over:
        return ""
    day = election.term_starts_on
    count = seats_on(election.council, day).get(election.constituency, SeatCount(0, 0))
    held = election.council.mandates.in_force(day).filter(constituency=election.constituency)
    wanted = (
        (election.seats, count.full, held.full()),
        (election.substitute_seats, count.substitute, held.substitutes()),
    )
    if all(asked <= max(0, total - sitting.count()) for asked, total, sitting in wanted):
        return ""
    text = _(
        "On %(day)s this constituency has %(full)d free seats and %(substitute)d free seats of substitutes. Choose a "
        "later first day for the mandates, or end the mandates of those who have left."
    )
    free = [max(0, total - sitting.count()) for _asked, total, sitting in wanted]
    return text % {"day": date_format(day, "j F Y"), "full": free[0], "substitute": free[1]}
