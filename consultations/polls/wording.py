"""Results in words: the figure that sums a poll up, and one sentence an easy reader follows. No query."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.metrics import by_band, summed_up
from consultations.polls.definition import ABSTAIN, BANDS, Definition, Kind
from consultations.polls.models import Poll
from consultations.polls.protection import EVERYONE, Group, Shown
from observatory.indicators.wording import amount, number, out_of_ten


@dataclass(frozen=True)
class Headline:
    """The figure of a satisfaction poll; `value` is None when joined answers keep it secret."""

    label: str
    value: str | None
    note: str
    figure: float | None = None


def banded(definition: Definition, shown: Shown) -> dict[int, int] | None:
    """Answers by one step of each band, or None when a group of answers shown together straddles bands."""
    scale = definition.scale
    if scale is None:
        return None
    asked = [group for group in shown.groups if group.codes != (ABSTAIN,)]
    if any(ABSTAIN in group.codes for group in asked):
        return None
    return by_band(scale, [(_steps(definition, group), group.chosen) for group in asked])


def _steps(definition: Definition, group: Group) -> list[int]:
    if definition.kind == Kind.NPS:
        return [{"bottom": 0, "middle": 7, "top": 9}[code] for code in group.codes if code in BANDS]
    return [int(code) for code in group.codes if code != ABSTAIN]


def headline_of(definition: Definition, shown: Shown) -> Headline | None:
    """The figure that sums up a scale; other kinds have none."""
    if definition.scale is None:
        return None
    counts = banded(definition, shown)
    base = sum(counts.values()) if counts else 0
    note = _("%(count)s people answered.") % {"count": number(base)} if base else ""
    if definition.kind == Kind.NPS:
        score = summed_up(definition.scale, counts) if counts else None
        text = None if score is None else f"{'+' if round(score) > 0 else ''}{number(score)}"
        return Headline(_("Recommendation score, from −100 to 100 (NPS)"), text, note, score)
    share = summed_up(definition.scale, counts) if counts else None
    label = (
        _("satisfied (very or rather)")
        if definition.kind == Kind.SATISFACTION
        else _("satisfied: 4 or 5 out of 5")
    )
    return Headline(label, None if share is None else amount(round(share), "%"), note, share)


def sentence_of(definition: Definition, shown: Shown) -> str:
    """What to remember, in one sentence."""
    if definition.scale is not None:
        return _scale_sentence(definition, shown)
    if not shown.groups:
        return _("Statistical secret: answers concern too few people to be shown.")
    labels = {option.code: option.label for option in definition.figures()}
    best = _best(definition, shown)
    names = " / ".join(labels[code] for group in best for code in group.codes)
    if len(best) > 1:
        return _("First together: %(names)s.") % {"names": names}
    if shown.count == 1:
        return _("One vote only: “%(name)s”.") % {"name": names}
    if definition.kind == Kind.RANKING:
        if shown.winners and set(shown.winners) != set(best[0].codes):
            rounds = " / ".join(labels[code] for code in shown.winners)
            return _("“%(name)s” has the most points; “%(other)s” wins when the last ones are removed in turn.") % {
                "name": names, "other": rounds,
            }  # fmt: skip
        return _("“%(name)s” comes first for the %(count)s people who voted.") % {
            "name": names,
            "count": number(shown.count),
        }
    if definition.kind == Kind.SCORE:
        mean = (best[0].points or 0) / (best[0].chosen or 1)
        return _("“%(name)s” has the best mean: %(mean)s out of %(most)d.") % {
            "name": names, "mean": number(mean, 1), "most": definition.points,
        }  # fmt: skip
    if definition.kind == Kind.DOTS:
        return _("“%(name)s” comes first with %(points)s points.") % {
            "name": names,
            "points": number(best[0].points or 0),
        }
    share = 100 * best[0].chosen / shown.count
    return _("“%(name)s” comes first: %(share)s of the %(count)s people who voted, that is %(easy)s.") % {
        "name": names, "share": amount(round(share), "%"), "count": number(shown.count), "easy": out_of_ten(share),
    }  # fmt: skip


def _best(definition: Definition, shown: Shown) -> list[Group]:
    def worth(group: Group) -> float:
        if definition.kind == Kind.SCORE:
            return (group.points or 0) / group.chosen if group.chosen else -1.0
        return float(group.chosen if group.points is None else group.points)

    most = max(worth(group) for group in shown.groups)
    return [group for group in shown.groups if worth(group) == most]


def _scale_sentence(definition: Definition, shown: Shown) -> str:
    found = headline_of(definition, shown)
    if found is None or found.figure is None:
        return _("Statistical secret: some answers are too few to be shown apart.")
    if definition.kind == Kind.NPS:
        return _("The recommendation score is %(score)s, from −100 (nobody would recommend) to 100 (everybody would).") % {
            "score": found.value,
        }  # fmt: skip
    return _("%(share)s of the people who answered are satisfied, that is %(easy)s.") % {
        "share": found.value, "easy": out_of_ten(found.figure),
    }  # fmt: skip


def method_of(poll: Poll) -> str:
    """Who answered, how the figure is computed, and what is not shown."""
    who = (
        _(
            "Poll open to anyone, one vote per device: the opinions of those who wished to answer, not of everyone."
        )
        if poll.access == Poll.Access.DEVICE
        else _("Poll of invited people, one vote per invitation: the opinions of those who answered.")
    )
    how = {
        Kind.SATISFACTION: _(
            "Satisfied: “very satisfied” or “rather satisfied”, among those who gave an opinion."
        ),
        Kind.CSAT: _("Satisfied: 4 or 5 on a scale from 1 to 5 (CSAT), among those who gave an opinion."),
        Kind.NPS: _("Recommendation score: share of 9 and 10 minus share of 0 to 6, in points (NPS)."),
        Kind.RANKING: _(
            "A ranking gives points: as many as there are options below it on each ballot (Borda). Then, to see who "
            "wins when votes are not split, the last option is removed in turn and its ballots go to their next choice."
        ),
        Kind.SCORE: _(
            "Mean of the scores given to each option; an option without a score is not counted as zero."
        ),
        Kind.DOTS: _("Each person shares out %(points)d points; those of each option are added up.")
        % {"points": poll.asked.points},
        Kind.MULTIPLE: _("Several answers were possible: each is counted on its own."),
    }.get(Kind(poll.kind), "")
    secret = _(
        "Nothing is shown about fewer than %(minimum)d people, nor can be deduced; rare answers are put together."
    ) % {"minimum": EVERYONE}
    return " ".join(part for part in (who, how, secret) if part)
