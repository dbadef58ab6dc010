"""Reasons of matching, in plain and in easy words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from directory.codes import Audience
from orientation.matching import Reason, Why


def reason_words(reason: Reason, needs: Mapping[str, str], *, place: str = "", easy: bool = False) -> str:
    """One reason as a sentence; `needs` gives the wording of each code."""
    if reason.why == Why.NEED:
        labels = " · ".join(needs.get(one, one) for one in reason.codes)
        return (_("It helps with: %(needs)s") if easy else _("It answers: %(needs)s")) % {"needs": labels}
    if reason.why == Why.AUDIENCE:
        labels = ", ".join(str(Audience(one).label) for one in reason.codes)
        return _("It is for: %(audiences)s") % {"audiences": labels}
    if reason.why == Why.SERVES:
        if not place:
            return _("It works where you live.")
        return _("It works where you live: %(place)s.") % {"place": place}
    if reason.why in {Why.NEAR, Why.FAR}:
        return _distance(reason, easy=easy)
    plain, simple = PLAIN[reason.why]()
    return simple if easy else plain


def _distance(reason: Reason, *, easy: bool) -> str:
    if reason.why == Why.FAR:
        return _("It is far: about %(km)d km away.") % {"km": reason.km}
    if not reason.km:
        return _("It is in your commune or next to it.")
    if easy:
        return _("It is %(km)d km away.") % {"km": reason.km}
    return _("It is about %(km)d km away as the crow flies.") % {"km": reason.km}


PLAIN = {
    Why.HOME: lambda: (_("It can come to your home."), _("Someone comes to your home.")),
    Why.REMOTE: lambda: (_("It can help by phone or online."), _("It can help on the phone.")),
    Why.AGE: lambda: (_("It takes people of this age."), _("It is for your age.")),
    Why.WAITING: lambda: (_("There is a waiting list."), _("You will have to wait.")),
    Why.FULL: lambda: (_("No place is left at this moment."), _("There is no place now.")),
    Why.CLOSED: lambda: (_("It is closed at this moment."), _("It is closed now.")),
}
