"""The papers of an election: letters with codes, and the official record, made from what is recorded."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.councils.writing import Paper, Section, Table
from consultations.elections.models import Election
from consultations.elections.services import CodeLetter
from core.qr import public_url
from core.receipts import format_code


def hour(moment: object) -> str:
    """A day and an hour in words."""
    return date_format(timezone.localtime(moment), "l j F Y, H:i")  # type: ignore[arg-type]


def _demo(election: Election) -> tuple[str, ...]:
    return (_("Invented for the demo."),) if election.is_demo else ()


def letters(election: Election, codes: Iterable[CodeLetter]) -> list[Paper]:
    """A page for each elector; the codes exist nowhere else."""
    address = public_url(reverse("elections:door"))
    how = _("Vote from %(start)s to %(end)s. On a phone, a tablet or a computer: %(address)s")
    values = {"start": hour(election.opens_at), "end": hour(election.closes_at), "address": address}
    keep = _("This code is for you alone: it gives one vote. It says nothing of your choice.")
    standing = tuple(f"{one.number}. {one.name}" for one in election.candidates.all())
    paper = _("You may vote on paper instead: bring this letter.") if election.takes_paper else ""
    return [
        Paper(
            election.title,
            (election.council.name, one.name),
            (
                Section(_("Your code"), (format_code(one.code),)),
                Section("", tuple(filter(None, (how % values, keep, paper)))),
                Section(_("Candidates"), standing),
            ),
            _demo(election),
            is_large=True,
        )
        for one in codes
    ]


def record(election: Election) -> Paper:
    """The official record: hours, turnout, votes of each, ties and how they were decided, fingerprint."""
    state = election.get_state_display()
    hours = _("Vote from %(start)s to %(end)s, %(method)s.") % {
        "start": hour(election.opens_at), "end": hour(election.closes_at), "method": election.get_method_display(),
    }  # fmt: skip
    sections = [Section(_("The vote"), (hours, *_said(election))), _figures(election), _votes(election)]
    ties = tuple(_tie(election, one) for one in election.result.get("ties", []))
    if ties:
        ties += tuple(filter(None, [lots_words(election)]))
        sections.append(Section(_("Equal votes"), ties))
    mark = _(
        "Fingerprint of the ballots (SHA-256): %(hash)s. Counting the exported ballots gives this result again."
    )
    sections.append(Section(_("Checking"), (mark % {"hash": election.result["fingerprint"]},)))
    sections.append(
        Section(_("Signatures"), (_("The president of the polling station:"), _("The scrutineers:")))
    )
    return Paper(
        _("Record of the election"),
        (election.council.name, election.title, _("State: %(state)s") % {"state": state}),
        tuple(sections),
        _demo(election),
    )


def _said(election: Election) -> tuple[str, ...]:
    lines = []
    if election.discrepancy_reason:
        lines.append(
            _("Paper ballots and paper voters differ: %(reason)s") % {"reason": election.discrepancy_reason}
        )
    if election.state_reason:
        lines.append(_("Reason given: %(reason)s") % {"reason": election.state_reason})
    return tuple(lines)


def _figures(election: Election) -> Section:
    result = election.result
    rows = (
        (_("On the roll"), str(election.registered or 0)),
        (_("Voted"), str(election.voted)),
        (_("of which on paper"), str(election.voted_on_paper or 0)),
        (_("Ballots"), str(result["ballots"])),
        (_("Blank"), str(result["blank"])),
        (_("Void"), str(result["void"])),
        (_("Votes cast for someone"), str(result["expressed"])),
    )
    return Section(_("Turnout"), table=Table((_("Figure"), _("How many")), rows))


def _votes(election: Election) -> Section:
    result = election.result
    rows = tuple(
        (one.name, str(result["votes"].get(str(one.number), 0)), outcome(election, str(one.number)))
        for one in election.candidates.all()
    )
    return Section(_("Votes"), table=Table((_("Candidate"), _("Votes"), _("Result")), rows))


def outcome(election: Election, key: str) -> str:
    """Elected, substitute, or nothing."""
    if key in election.result.get("elected", []):
        return pgettext("someone", "elected")
    return pgettext("someone", "substitute") if key in election.result.get("substitutes", []) else ""


def lots_words(election: Election) -> str:
    """How the lots were drawn; empty when none were."""
    if not election.lots_drawn_on:
        return ""
    text = _("Lots %(way)s on %(day)s. Drawn by: %(who)s. Witnesses: %(witnesses)s.")
    return text % {
        "way": election.get_lots_way_display(), "day": date_format(election.lots_drawn_on, "j F Y"),
        "who": election.lots_drawn_by, "witnesses": election.lots_witnesses,
    }  # fmt: skip


def _tie(election: Election, tie: dict[str, object]) -> str:
    names = {str(one.number): one.name for one in election.candidates.all()}
    order = ", ".join(names[str(key)] for key in tie["keys"])  # type: ignore[attr-defined]
    if not tie["by"]:
        return _("%(names)s: %(votes)s votes each, lots are to be drawn.") % {
            "names": order,
            "votes": tie["votes"],
        }
    rule = Election.TieRule(str(tie["by"])).label
    return _("%(votes)s votes each: %(rule)s. In this order: %(names)s.") % {
        "votes": tie["votes"], "rule": rule, "names": order,
    }  # fmt: skip
