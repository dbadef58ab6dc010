"""Lines, syntheses and action proposals in the stories that receipts tell."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.lineage.registries import Item, LineageKind, Milestone, lineage_kinds
from consultations.syntheses.models import Proposal, Synthesis, SynthesisLine
from consultations.syntheses.selectors.proposals import PROPOSAL, line_anchor, proposal_anchor
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


def register() -> None:
    """Called when the app is ready."""
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
