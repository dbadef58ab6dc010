"""Figures in words: numbers, shares, sentences that an easy reader follows. Pure text, no query."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

REASONS = ("small_count", "dominance", "difference", "earlier_release")


def number(value: float, decimals: int = 0) -> str:
    """A number as it is written in the reader's language."""
    rounded = Decimal(f"{value:.{decimals}f}")  # Django cuts decimals where it should round
    return number_format(rounded, decimal_pos=decimals, force_grouping=True).replace("-", "\u2212")


def amount(value: float, unit: str, decimals: int = 0) -> str:
    """A number and its unit."""
    return f"{number(value, decimals)}\u00a0{unit}" if unit else number(value, decimals)


def out_of_ten(share: float) -> str:
    """A share in per cent as people out of ten, for easy reading."""
    tenths = round(share / 10)
    if share == 0:
        return _("nobody")
    if share == 100:
        return _("everybody")
    if tenths == 0:
        return _("fewer than 1 person out of 10")
    if tenths == 10:
        return _("almost everybody")
    return ngettext("%(count)d person out of 10", "%(count)d people out of 10", tenths) % {"count": tenths}


def share_sentence(*, place: str, share: float, base: int, choice: str, came: bool = False) -> str:
    """One sentence: how many answered, what they chose; or how many came, as whom. In per cent and out of ten."""
    answered = _(
        "%(place)s: %(share)s of the %(base)s people who answered said “%(choice)s”, that is %(easy)s."
    )
    present = _(
        "%(place)s: %(share)s of the %(base)s people who came did so as “%(choice)s”, that is %(easy)s."
    )
    return (present if came else answered) % {
        "place": place,
        "share": amount(round(share), "%"),
        "base": number(base),
        "choice": choice,
        "easy": out_of_ten(share),
    }


def nobody_sentence(place: str) -> str:
    """One sentence for a question without any answer yet."""
    return _("%(place)s: nobody has answered this question yet.") % {"place": place}


def amount_sentence(*, place: str, text: str, period: str, choice: str = "") -> str:
    """One sentence for a figure that is not a share, or for one part of it."""
    if choice:
        return _("%(place)s: %(amount)s in %(period)s, “%(choice)s”.") % {
            "place": place, "amount": text, "period": period, "choice": choice,
        }  # fmt: skip
    return _("%(place)s: %(amount)s in %(period)s.") % {"place": place, "amount": text, "period": period}


def extremes_sentence(names: Sequence[tuple[str, str]]) -> str:
    """The highest and the lowest of places already sorted, each with its figure in words."""
    if len(names) < 2:
        return ""
    (first, high), (last, low) = names[0], names[-1]
    if high == low:
        return ""
    return _("Highest: %(first)s, %(high)s. Lowest: %(last)s, %(low)s.") % {
        "first": first, "high": high, "last": last, "low": low,
    }  # fmt: skip


def rank_sentence(rank: int, count: int) -> str:
    """Where a place stands among those published."""
    if rank == 1:
        return _("The highest of %(count)d.") % {"count": count}
    if rank == count:
        return _("The lowest of %(count)d.") % {"count": count}
    return _("Number %(rank)d out of %(count)d.") % {"rank": rank, "count": count}


def withheld_reason(reason: str) -> str:
    """Why a level is not shown, for anyone."""
    if reason == "difference":
        return _(
            "Statistical secret: by comparing these figures with others already shown, someone could learn what "
            "fewer than 11 people answered. So we show none of them at this level."
        )
    if reason == "earlier_release":
        return _(
            "Statistical secret: too few answers have come since the last publication. By comparing both, someone "
            "could learn what fewer than 11 people answered. We will publish again when more have come."
        )
    if reason == "dominance":
        return _(
            "Statistical secret: one body alone makes up most of a figure. So we show none of them at this level."
        )
    return _(
        "Statistical secret: in at least one of these places, an answer concerns fewer than 11 people. Someone "
        "could recognise them. So we show none of the places at this level."
    )


def left_out_reason(code: str) -> str:
    """Why a question has no figure, for anyone."""
    if code == "text":
        return _("Free answers, never published as they are.")
    if code == "territory":
        return _("It places the answers on the maps.")
    if code == "no_bands":
        return _("No bands were set with this question: an exact number could point at someone.")
    return _("No first and last day were set with this question: an exact date could point at someone.")


def status_words(status: str) -> str:
    """What is read in place of a figure that is not there."""
    if status == "V":
        return ""
    return _("not available") if status == "M" else _("statistical secret")
