"""What a record says, as a person reads it: price, ages, places left, area. Pure, in the language of the page."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.codes import Audience, Fee, Language, Mode, Reach, ReachedBy, Status
from directory.models import Capacity, Service


def labels(codes: Iterable[str], kind: type[TextChoices]) -> list[str]:
    """The words of stored codes, in the order of the list; a code we no longer know is left out."""
    known = dict(kind.choices)
    kept = set(codes)
    return [str(label) for value, label in known.items() if value in kept]


def joined(codes: Iterable[str], kind: type[TextChoices]) -> str:
    """The same on one line, as a sentence starts."""
    return str(capfirst(", ".join(labels(codes, kind))))


def modes(service: Service) -> str:
    return joined(service.modes, Mode)


def languages(service: Service) -> str:
    return joined(service.languages, Language)


def audiences(service: Service) -> str:
    return joined(service.audiences, Audience)


def reached_by(service: Service) -> str:
    return joined(service.reached_by, ReachedBy)


def reach(service: Service) -> list[str]:
    return labels(service.reach, Reach)


def euros(amount: Decimal) -> str:
    """8,50 € ; 12 €."""
    digits = 0 if amount == amount.to_integral_value() else 2
    return _("€%(amount)s") % {"amount": number_format(amount, digits, use_l10n=True, force_grouping=True)}


def price(service: Service) -> str:
    """The price on one line; empty when nobody said."""
    low, high = service.amount_min, service.amount_max
    if service.fee == Fee.FREE:
        return _("Free")
    if service.fee == Fee.UNKNOWN and low is None and high is None:
        return ""
    if low is not None and high is not None and low != high:
        amount = _("%(low)s to %(high)s") % {"low": euros(low), "high": euros(high)}
    elif (one := high if high is not None else low) is not None:
        amount = euros(one)
    else:
        amount = _("Paid")
    if service.fee == Fee.MEANS_TESTED:
        return _("%(amount)s, according to your income") % {"amount": amount}
    return amount


def ages(service: Service) -> str:
    """For whom by age; empty for every age."""
    low, high = service.age_min, service.age_max
    if low is not None and high is not None:
        return _("From %(low)d to %(high)d years old") % {"low": low, "high": high}
    if low is not None:
        return _("From %(low)d years old") % {"low": low}
    if high is not None:
        return _("Up to %(high)d years old") % {"high": high}
    return ""


def delay(service: Service) -> str:
    """The usual waiting time."""
    days = service.average_delay_days
    if days is None:
        return ""
    if days < 14:
        return ngettext("About %(days)d day", "About %(days)d days", days) % {"days": days}
    if days < 60:
        return _("About %(weeks)d weeks") % {"weeks": round(days / 7)}
    return _("About %(months)d months") % {"months": round(days / 30)}


def closure(service: Service) -> str:
    """Why nobody can come now, said before anything else; empty when it is open."""
    if service.status == Status.INACTIVE:
        return _("This service is suspended for now.")
    if service.status != Status.CLOSED:
        return ""
    if service.closed_until:
        day = date_format(service.closed_until, "j F Y")
        return _("This service is closed until %(day)s (included).") % {"day": day}
    return _("This service is closed for now. The day it opens again is not known.")


def places_left(capacity: Capacity) -> str:
    """The state and the numbers known, on one line."""
    parts = [str(capfirst(capacity.get_state_display()))]
    if capacity.available:
        parts.append(
            ngettext("%(count)d left", "%(count)d left", capacity.available) % {"count": capacity.available}
        )
    if capacity.waiting:
        parts.append(
            ngettext("%(count)d person waits", "%(count)d people wait", capacity.waiting)
            % {"count": capacity.waiting}
        )
    return ", ".join(parts)


def day(value: datetime.date) -> str:
    return date_format(value, "j F Y")
