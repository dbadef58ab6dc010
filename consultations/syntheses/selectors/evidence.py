"""Where each line comes from, in words and protected figures, for the audience that will read it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.syntheses.models import LineSource, Synthesis, SynthesisLine
from consultations.syntheses.selectors.ballots import StageVotes, VotesOf, votes_of
from consultations.syntheses.selectors.grids import GridPlace, GridsOf, grids_of
from consultations.workshops.models import Card, Group
from observatory.disclosure.rules import PUBLIC, Rule
from observatory.indicators.models import Release
from observatory.indicators.selectors import UnknownFigure, figure


@dataclass(frozen=True)
class SourceText:
    """One source in words, and where it can be read."""

    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class LineEvidence:
    """Everything a line rests on."""

    cards: int
    sources: tuple[SourceText, ...]
    votes: tuple[StageVotes, ...]
    grids: tuple[GridPlace, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """The whole in sentences, for exports and for readers."""
        told = [self.cards_sentence] if self.cards else []
        told += [source.text for source in self.sources]
        told += [vote.sentence for vote in self.votes]
        return told + [grid.sentence for grid in self.grids]

    @property
    def cards_sentence(self) -> str:
        return ngettext(
            "%(count)s card of the workshop says it.", "%(count)s cards of the workshop say it.", self.cards
        ) % {"count": self.cards}

    def as_json(self) -> dict[str, Any]:
        return {
            "cards": self.cards,
            "sources": [asdict(source) for source in self.sources],
            "votes": [vote.as_json() for vote in self.votes],
            "grids": [grid.as_json() for grid in self.grids],
            "sentences": self.sentences,
        }


def evidence_of(synthesis: Synthesis, *, rule: Rule = PUBLIC) -> Mapping[UUID, LineEvidence]:
    """The evidence of every line of the text; a constant number of queries, plus some by figure cited."""
    lines = SynthesisLine.objects.live().filter(synthesis=synthesis)
    by_line: dict[UUID, list[LineSource]] = defaultdict(list)
    for source in LineSource.objects.filter(line__in=lines).order_by("kind", "pk"):
        by_line[source.line_id].append(source)
    targets = {line: _targets(each) for line, each in by_line.items()}
    cards = cards_of(set().union(*targets.values()))
    votes = votes_of(synthesis, rule=rule) if synthesis.workshop_id else VotesOf({}, rule)
    grids = grids_of(synthesis, rule=rule) if synthesis.workshop_id else GridsOf({}, {}, rule)
    figures = _figures(source for each in by_line.values() for source in each)
    told = {}
    for line, each in by_line.items():
        said = {card for target in targets[line] for card in cards.get(target, ())}
        cited = tuple(figures[key] for one in each if (key := (one.kind, one.key)) in figures)
        whole = targets[line] | said
        told[line] = LineEvidence(len(said), cited, votes.on(whole), grids.on(whole))
    return told


def _targets(sources: Iterable[LineSource]) -> set[str]:
    """Keys of the cards and groups a line rests on."""
    kinds = {LineSource.Kind.CARD, LineSource.Kind.GROUP, LineSource.Kind.VOTE}
    return {source.key for source in sources if source.kind in kinds}


def cards_of(wanted: Collection[str]) -> Mapping[str, set[str]]:
    """The cards that count, by group (merged ones included) and by their own key."""
    if not wanted:
        return {}
    roots = _roots(set(wanted))
    found: dict[str, set[str]] = defaultdict(set)
    kept = Card.objects.kept()
    rows = kept.filter(pk__in=list(wanted)) | kept.filter(group__in=list(roots))
    for pk, group in rows.order_by("pk").values_list("pk", "group_id"):
        if str(pk) in wanted:
            found[str(pk)].add(str(pk))
        if str(group) in roots:
            found[roots[str(group)]].add(str(pk))
    return found


def _roots(wanted: set[str]) -> dict[str, str]:
    """Each group merged into one of these, and these themselves, by the group that stands for it."""
    roots = {key: key for key in wanted}
    level = wanted
    while level:
        merged = Group.objects.filter(merged_into__in=list(level)).order_by("pk")
        pairs = merged.values_list("pk", "merged_into_id")
        found = {str(pk): roots[str(into)] for pk, into in pairs if str(pk) not in roots}
        roots |= found
        level = set(found)
    return roots


def _figures(sources: Iterable[LineSource]) -> Mapping[tuple[str, str], SourceText]:
    """Indicators and surveys cited, as published; a withdrawn one keeps its title and no figure."""
    told: dict[tuple[str, str], SourceText] = {}
    for source in sources:
        if source.kind == LineSource.Kind.INDICATOR:
            told[source.kind, source.key] = _indicator(source)
        elif source.kind == LineSource.Kind.SURVEY:
            told[source.kind, source.key] = _survey(source)
    return told


def _indicator(source: LineSource) -> SourceText:
    try:
        found = figure(source.key)
    except UnknownFigure:
        return SourceText(source.kind, source.label)
    text = _("%(title)s: %(sentence)s") % {"title": found.title, "sentence": found.words.sentence}
    return SourceText(source.kind, text, _address("portal:indicator", source.key))


def _survey(source: LineSource) -> SourceText:
    release = Release.objects.filter(pk=source.key, withdrawn_on=None).first()
    if release is None:
        return SourceText(source.kind, source.label)
    text = _("%(title)s: results of %(count)s answers.") % {
        "title": release.title,
        "count": release.base_count,
    }
    return SourceText(source.kind, text, _address("portal:results", release.slug))


def _address(name: str, key: str) -> str:
    """The page of an app above, when it is there."""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""
