"""Rules put into plain words: the quorum, the notice, a vote."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.meetings.majority import Base, Result, Votes
from consultations.meetings.notice import Notice
from consultations.meetings.quorum import Ground, Rule, Verdict


def quorum_words(verdict: Verdict) -> list[str]:
    """Sentences that an 82-year-old member can check by counting heads."""
    counts = verdict.presence
    words = {
        "members": counts.members,
        "needed": verdict.needed,
        "here": verdict.counted,
        "present": counts.present,
    }
    if verdict.ground == Ground.NOBODY:
        return [_("Nobody who may vote is there: nothing can be decided.")]
    if verdict.ground == Ground.NOT_ASKED:
        return [_("This council asks for no quorum: those who are there may decide.")]
    return [*_condition(verdict, words), _outcome(verdict, words)]


def _condition(verdict: Verdict, words: dict[str, int]) -> list[str]:
    seats = (
        ngettext("%(members)d seat may vote.", "%(members)d seats may vote.", verdict.presence.members)
        % words
    )
    if verdict.rule == Rule.TWO_STEP:
        asked = (
            _("To decide, at least %(needed)d representatives of users and families must be there.") % words
        )
    else:
        asked = _("To decide, at least %(needed)d members must be there.") % words
    found = ngettext("There is %(here)d.", "There are %(here)d.", verdict.counted) % words
    return [seats, asked, found]


def _outcome(verdict: Verdict, words: dict[str, int]) -> str:
    if verdict.ground == Ground.REACHED:
        return _("The council may decide.")
    if verdict.ground == Ground.RECONVENED:
        return _(
            "This is the second meeting: the majority of those present is enough. The council may decide."
        )
    missing = ngettext("%(count)d is missing.", "%(count)d are missing.", verdict.missing)
    return (
        missing % {"count": verdict.missing}
        + " "
        + _("The council may talk, but not decide: opinions and votes go to a second meeting.")
    )


def quorum_title(verdict: Verdict) -> str:
    """The verdict in a few words."""
    if verdict.ground == Ground.RECONVENED:
        return _("Quorum: second meeting, the majority of those present is enough")
    return _("Quorum reached") if verdict.is_valid else _("Quorum not reached")


def voices_words(held: int, seats: int) -> str:
    """For the big screen."""
    return ngettext("%(held)d voice of %(seats)d", "%(held)d voices of %(seats)d", held) % {
        "held": held,
        "seats": seats,
    }


def notice_words(found: Notice) -> str:
    """Whether a sending today is in time."""
    words = {
        "days": found.days,
        "required": found.required,
        "last": date_format(found.last_day, "l j F Y"),
    }
    if found.days < 0:
        return _("The day of the meeting is past.")
    if found.is_late:
        return _(
            "Sent today, the notice leaves %(days)d days: the bylaws ask for %(required)d. "
            "The last day was %(last)s."
        ) % words  # fmt: skip
    return _("Sent today, the notice leaves %(days)d days: the bylaws ask for %(required)d.") % words


def votes_words(votes: Votes) -> str:
    """For, against, abstentions."""
    said = ngettext(
        "%(for)d for, %(against)d against, %(abstain)d abstention",
        "%(for)d for, %(against)d against, %(abstain)d abstentions",
        votes.abstain,
    )
    return said % votes.as_json()


def result_words(result: str) -> str:
    """What a vote decided."""
    return {
        Result.ADOPTED: _("Adopted"),
        Result.REJECTED: _("Not adopted"),
        Result.TIED: _("Tie: nothing is decided"),
        "no_quorum": _("Not valid: the quorum was lost"),
    }.get(result, "")


def majority_words(result: str, votes: Votes, *, base: str, present: int) -> str:
    """How many votes it took, said of what was refused: abstaining while present weighs as a vote against."""
    if result != Result.REJECTED or votes.for_ <= votes.against:
        return ""
    counted = present if base == Base.PRESENT else votes.cast
    said = _("It took %(needed)d votes for: more than half of the %(counted)d members who could vote.")
    return said % {"needed": counted // 2 + 1, "counted": counted}
