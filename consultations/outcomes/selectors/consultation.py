"""What became of one consultation: voices, needs, sentences, demands and actions, what is done, what waits.

Figures on people come from published cells and releases only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from consultations.actions.models import ActionSheet, State
from consultations.lineage.models import Link, Relation
from consultations.lineage.selectors import Entry, consequences
from consultations.outcomes.selectors.needs import REACHED, answered_codes, is_answered, named
from consultations.process.models import Consultation
from consultations.surveys.models import Survey
from needs.models import Need
from observatory.disclosure import PUBLIC
from observatory.indicators.models import Release
from observatory.indicators.selectors import voices_of_needs

MOST_LINES, MOST_NEEDS, MOST_SHEETS = 8, 12, 20
SPOKEN = ("survey", "workshop", "poll")


@dataclass(frozen=True)
class Voice:
    """Where people spoke; `people` is the published number of answers, none while it is not published."""

    entry: Entry
    people: int | None
    url: str


@dataclass(frozen=True)
class Voiced:
    """A need heard there: how many answers voice it at least, and whether an action answers it."""

    need: Need
    voices: int
    is_answered: bool


@dataclass(frozen=True)
class Sheet:
    """An action that came of it, where it stands and its latest figure."""

    entry: Entry
    is_done: bool
    is_stopped: bool
    measured: str


@dataclass(frozen=True)
class Outcome:
    """The whole way of one consultation, part by part."""

    voices: tuple[Voice, ...]
    needs: tuple[Voiced, ...]
    lines: tuple[Entry, ...]
    more_lines: int
    quotations: tuple[Entry, ...]
    syntheses: tuple[Entry, ...]
    opinions: tuple[Entry, ...]
    sheets: tuple[Sheet, ...]
    waiting: tuple[Entry, ...]

    @property
    def people(self) -> int:
        """Published answers, added up: a person who answered twice is in it twice."""
        return sum(one.people or 0 for one in self.voices)

    @property
    def concluded(self) -> int:
        """How many syntheses and opinions of councils came of it."""
        return len(self.syntheses) + len(self.opinions)

    @property
    def done(self) -> tuple[Sheet, ...]:
        return tuple(one for one in self.sheets if one.is_done)

    @property
    def measured(self) -> tuple[Sheet, ...]:
        return tuple(one for one in self.sheets if one.measured)

    @property
    def unanswered(self) -> tuple[Voiced, ...]:
        return tuple(one for one in self.needs if not one.is_answered)


def outcome_of(consultation: Consultation) -> Outcome:
    """Everything public that followed from it; a fixed number of queries."""
    _item, entries = consequences("consultation", str(consultation.pk))
    surveys = [
        str(key) for key in Survey.objects.filter(consultation=consultation).values_list("pk", flat=True)
    ]
    lines = _of(entries, "synthesis_line")
    return Outcome(
        voices=_voices(entries, consultation),
        needs=_needs(surveys, consultation.territory_id),
        lines=lines[:MOST_LINES],
        more_lines=max(0, len(lines) - MOST_LINES),
        quotations=_of(entries, "verbatim")[:MOST_LINES],
        syntheses=_of(entries, "synthesis"),
        opinions=_of(entries, "opinion"),
        sheets=_sheets(entries),
        waiting=_waiting(entries),
    )


def _of(entries: Iterable[Entry], kind: str) -> tuple[Entry, ...]:
    return tuple(one for one in entries if one.kind == kind)


def _voices(entries: tuple[Entry, ...], consultation: Consultation) -> tuple[Voice, ...]:
    """The surveys, workshops and polls, with what their last release counts."""
    spoken = [one for one in entries if one.kind in SPOKEN]
    shown = Release.objects.shown().filter(subject_id__in=[one.key for one in spoken])
    counts = {(one.subject_kind, one.subject_id): one for one in shown}
    urls = {one.key: one.item.url for one in entries if one.kind == "release"}
    found = []
    for one in spoken:
        release = counts.get((one.kind, one.key))
        people = release.base_count if release and release.base_count >= PUBLIC.minimum else None
        url = urls.get(str(release.pk), "") if release else ""
        found.append(Voice(one, people, url or one.item.url))
    return tuple(found)


def _needs(surveys: list[str], territory_id: int) -> tuple[Voiced, ...]:
    voices = voices_of_needs(subjects=surveys) if surveys else {}
    kept = sorted(((count, code) for code, count in voices.items() if count >= PUBLIC.minimum), reverse=True)
    answered, _given_up = answered_codes(territory_id)
    needs = named(code for _count, code in kept[:MOST_NEEDS])
    return tuple(
        Voiced(needs[code], count, is_answered(code, answered))
        for count, code in kept[:MOST_NEEDS]
        if code in needs
    )


def _sheets(entries: tuple[Entry, ...]) -> tuple[Sheet, ...]:
    found = _of(entries, "action_sheet")[:MOST_SHEETS]
    states = dict(
        ActionSheet.objects.filter(pk__in=[UUID(one.key) for one in found]).values_list("pk", "state")
    )
    return tuple(
        Sheet(one, states[key] in REACHED, states[key] == State.ABANDONED, _measured(one))
        for one in found
        if (key := UUID(one.key)) in states
    )


def _measured(entry: Entry) -> str:
    """The latest figure among its days, in words."""
    figures = [one for one in entry.item.milestones if one.is_measure and one.day]
    return f"{figures[-1].label} : {figures[-1].note}" if figures else ""


def _waiting(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What was proposed and that no action carries out."""
    proposals = _of(entries, "action_proposal")
    links = Link.objects.filter(
        source_kind="action_proposal",
        source_id__in=[one.key for one in proposals],
        relation=Relation.IMPLEMENTED_BY,
    )
    carried = set(links.values_list("source_id", flat=True))
    return tuple(one for one in proposals if one.key not in carried)
