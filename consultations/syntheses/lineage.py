"""Lines, syntheses and action proposals in the stories that receipts tell."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Gap, Item, LineageKind, Milestone, lineage_checks, lineage_kinds
from consultations.lineage.selectors import compare
from consultations.syntheses.models import Proposal, Synthesis, SynthesisLine
from consultations.syntheses.selectors.proposals import PROPOSAL, line_anchor, proposal_anchor
from consultations.syntheses.selectors.versions import placed_lines
from consultations.syntheses.services.threading import LINE, SYNTHESIS


def resolve_lines(keys: Collection[str]) -> Mapping[str, Item]:
    """A line by its words, at its place on the public page."""
    lines = SynthesisLine.objects.filter(pk__in=_uuids(keys)).select_related("synthesis")
    return {str(line.pk): _line(line) for line in lines}


def _line(line: SynthesisLine) -> Item:
    is_public = line.synthesis.published_version_id is not None
    url = (
        f"{reverse('syntheses:detail', args=[line.synthesis.slug])}#{line_anchor(line.pk)}"
        if is_public
        else ""
    )
    words = _("“%(text)s”") % {"text": line.text}
    return Item(words, url=url, is_public=is_public)


def resolve_syntheses(keys: Collection[str]) -> Mapping[str, Item]:
    """A synthesis by its title, with the steps it went through."""
    return {str(one.pk): _synthesis(one) for one in Synthesis.objects.filter(pk__in=_uuids(keys))}


def _synthesis(synthesis: Synthesis) -> Item:
    is_public = synthesis.published_version_id is not None
    days = (
        (_("Workshop held"), synthesis.held_on),
        (_("Opened to comments"), synthesis.comments_from),
        (_("Synthesis adopted"), synthesis.adopted_on),
        (_("Synthesis published"), synthesis.published_on),
    )
    return Item(
        synthesis.title,
        url=reverse("syntheses:detail", args=[synthesis.slug]) if is_public else "",
        is_public=is_public,
        note=str(synthesis.get_status_display()),
        milestones=tuple(Milestone(label, "done", day) for label, day in days if day),
    )


def resolve_proposals(keys: Collection[str]) -> Mapping[str, Item]:
    """A proposal by its words, on the list of proposals."""
    rows = Proposal.objects.filter(pk__in=_uuids(keys)).select_related("line__synthesis")
    return {
        str(row.pk): Item(
            _("“%(text)s”") % {"text": row.text},
            url=_proposal_url(row),
            is_public=row.line.synthesis.published_version_id is not None,
            milestones=(Milestone(_("Proposed as an action"), "done", row.proposed_on),),
        )
        for row in rows
    }


def _proposal_url(row: Proposal) -> str:
    is_public = row.line.synthesis.published_version_id is not None
    return f"{reverse('syntheses:proposals')}#{proposal_anchor(row.pk)}" if is_public else ""


def _uuids(keys: Collection[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def synthesis_gaps() -> Iterable[Gap]:
    """Each published line leads to its synthesis, each proposal comes from its line."""
    published = Synthesis.objects.exclude(published_version=None).select_related("published_version")
    released = {
        ((LINE, key), str(Relation.RELEASED_IN), (SYNTHESIS, str(one.pk)))
        for one in published.iterator()
        for key, _placed in placed_lines(one.published_version.content if one.published_version else {})
    }
    known = set(
        Link.objects.filter(source_kind=LINE, relation=Relation.RELEASED_IN).values_list(
            "source_id", "target_id"
        )
    )
    yield from (Gap(*row) for row in sorted(released) if (row[0][1], row[2][1]) not in known)
    proposed = {
        ((LINE, str(line)), str(Relation.ANSWERED_BY), (PROPOSAL, str(pk)))
        for pk, line in Proposal.objects.values_list("pk", "line")
    }
    yield from compare(proposed, Link.objects.filter(source_kind=LINE, target_kind=PROPOSAL))


def register() -> None:
    """Called when the app is ready."""
    lineage_checks.register(SYNTHESIS, synthesis_gaps)
    for kind, icon, label, resolve, reached in (
        (
            LINE,
            "file-text",
            gettext_lazy("sentence of a synthesis"),
            resolve_lines,
            gettext_lazy("Part of a sentence of the synthesis"),
        ),
        (
            SYNTHESIS,
            "file-text",
            gettext_lazy("synthesis"),
            resolve_syntheses,
            gettext_lazy("The synthesis is published"),
        ),
        (
            PROPOSAL,
            "lightbulb",
            gettext_lazy("action proposal"),
            resolve_proposals,
            gettext_lazy("Proposed as an action"),
        ),
    ):
        lineage_kinds.register(kind, LineageKind(label, resolve, reached, icon=icon))
