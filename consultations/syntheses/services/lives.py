"""The life of a synthesis: opened to comments, adopted, published, taken up again; each step is frozen."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.process.models import Stage
from consultations.syntheses.document import hash_of
from consultations.syntheses.models import Proposal, Synthesis, SynthesisVersion
from consultations.syntheses.selectors.text import synthesis_problems
from consultations.syntheses.selectors.versions import commented_before_changes, version_content
from consultations.syntheses.services.threading import link_published_lines
from consultations.syntheses.services.writing import check, lock
from consultations.syntheses.states import LIFE
from consultations.workshops.models import Workshop
from core.services import record_audit

LONGEST_DAYS, SHORTEST_DAYS = 120, 1


def _freeze(
    actor: User | None, synthesis: Synthesis, *, changed_since: int | None = None
) -> SynthesisVersion:
    """The text as it stands; the last version again when nothing changed since.

    `changed_since` is the version that was commented, when another text is adopted. What is opened to comments is
    always a version of that step: a later adoption is compared with it.
    """
    content = version_content(synthesis)
    if changed_since is not None:
        content["changed_since"] = changed_since
    digest = hash_of(content)
    last = synthesis.versions.order_by("-number").first()
    opens = synthesis.status == Synthesis.Status.COMMENTS
    if last is not None and last.content_hash == digest and not (opens and last.step != synthesis.status):
        return last
    return SynthesisVersion.objects.create(
        synthesis=synthesis,
        number=last.number + 1 if last else 1,
        step=synthesis.status,
        content=content,
        content_hash=digest,
        made_on=timezone.localdate(),
        made_by=actor,
    )


def _refuse_incomplete(synthesis: Synthesis) -> None:
    if problems := synthesis_problems(synthesis):
        raise ValidationError(problems)


def _enter(synthesis: Synthesis, verb: str) -> None:
    """Follow the line of the table; who may was checked before."""
    line = LIFE.find(verb, synthesis.status)
    if line is not None and line.target is not None:
        synthesis.status = line.target


@transaction.atomic
def open_comments(*, actor: User, synthesis: Synthesis, until: datetime.date) -> SynthesisVersion:
    """Show the draft to everyone until the evening of `until`, for participants to comment."""
    synthesis = lock(synthesis)
    check("open_comments", actor=actor, synthesis=synthesis)
    _refuse_incomplete(synthesis)
    today = timezone.localdate()
    if not SHORTEST_DAYS <= (until - today).days <= LONGEST_DAYS:
        raise ValidationError(
            {
                "comments_until": _("Choose a day from tomorrow on, within %(count)s days.")
                % {"count": LONGEST_DAYS}
            }
        )
    _enter(synthesis, "open_comments")
    synthesis.comments_from, synthesis.comments_until = today, until
    synthesis.save(update_fields=["status", "comments_from", "comments_until"])
    version = _freeze(actor, synthesis)
    record_audit(actor=actor, verb="synthesis_opened", target=synthesis, changes={"until": until.isoformat()})
    return version


@transaction.atomic
def resume_writing(*, actor: User, synthesis: Synthesis) -> Synthesis:
    """Write again; the page anyone reads keeps the last published version meanwhile."""
    synthesis = lock(synthesis)
    check("resume", actor=actor, synthesis=synthesis)
    if synthesis.status == Synthesis.Status.COMMENTS and synthesis.comments_until:
        today = timezone.localdate()
        synthesis.comments_until = max(synthesis.comments_from or today, min(synthesis.comments_until, today))
    _enter(synthesis, "resume")
    synthesis.save(update_fields=["status", "comments_until"])
    record_audit(actor=actor, verb="synthesis_resumed", target=synthesis)
    return synthesis


def _refuse_too_early(synthesis: Synthesis, adopted_on: datetime.date) -> None:
    """Before the workshop or its comments, or a day to come."""
    today = timezone.localdate()
    if adopted_on > today or (synthesis.held_on and adopted_on < synthesis.held_on):
        raise ValidationError({"adopted_on": _("Choose a day after the workshop, today at the latest.")})
    if not synthesis.is_imported and synthesis.comments_from is None:
        raise ValidationError(
            _("Open it to comments first: those who took part read it before it is adopted.")
        )
    if synthesis.takes_comments_on(today) and synthesis.comments_until:
        raise ValidationError(
            _("Comments are open until %(day)s: wait, or go back to writing.")
            % {"day": formats.date_format(synthesis.comments_until, "j F Y")}
        )


@transaction.atomic
def adopt_synthesis(
    *,
    actor: User | None,
    synthesis: Synthesis,
    decision: str,
    adopted_on: datetime.date,
    confirms_changes: bool = False,
) -> SynthesisVersion:
    """Record who adopted it and how; after its comments, or at once for one imported from the past.

    Another text than the one that was commented is adopted only when the person says so; it is said to everyone.
    """
    synthesis = lock(synthesis)
    check("adopt", actor=actor, synthesis=synthesis)
    _refuse_incomplete(synthesis)
    if not decision.strip():
        raise ValidationError({"decision": _("Write who adopted it, and how.")})
    _refuse_too_early(synthesis, adopted_on)
    commented = commented_before_changes(synthesis)
    if commented is not None and not confirms_changes:
        raise ValidationError(
            {"confirms_changes": _("The text changed since the comments: say that you know it.")}
        )
    _enter(synthesis, "adopt")
    synthesis.decision, synthesis.adopted_on = decision.strip(), adopted_on
    synthesis.full_clean(exclude=["import_hash"])
    number = commented.number if commented else None
    synthesis.adopted_version = _freeze(actor, synthesis, changed_since=number)
    synthesis.save(update_fields=["status", "decision", "adopted_on", "adopted_version"])
    changes = {"changed_since_comments": number} if number else {}
    record_audit(actor=actor, verb="synthesis_adopted", target=synthesis, changes=changes)
    return synthesis.adopted_version


@transaction.atomic
def publish_synthesis(*, actor: User | None, synthesis: Synthesis) -> Synthesis:
    """Show the adopted version to everyone, at its own address, and tell those whose cards led to it."""
    synthesis = lock(synthesis)
    check("publish", actor=actor, synthesis=synthesis)
    _enter(synthesis, "publish")
    synthesis.published_version = synthesis.adopted_version
    synthesis.published_on = timezone.localdate()
    synthesis.save(update_fields=["status", "published_version", "published_on"])
    if synthesis.workshop_id:
        Workshop.objects.filter(pk=synthesis.workshop_id, status=Workshop.Status.CLOSED).update(
            status=Workshop.Status.SYNTHESIS
        )
    if synthesis.consultation_id and not synthesis.is_imported:
        Stage.objects.filter(consultation=synthesis.consultation_id, kind=Stage.Kind.DIAGNOSIS).exclude(
            status=Stage.Status.DONE
        ).update(status=Stage.Status.DONE, reached_on=synthesis.published_on)
    link_published_lines(actor=actor, synthesis=synthesis)
    record_audit(actor=actor, verb="synthesis_published", target=synthesis)
    return synthesis


@transaction.atomic
def delete_synthesis(*, actor: User, synthesis: Synthesis) -> None:
    """Forget a draft nobody was ever shown; refused once a version was."""
    synthesis = lock(synthesis)
    check("delete", actor=actor, synthesis=synthesis)
    if synthesis.versions.exists() or Proposal.objects.filter(line__synthesis=synthesis).exists():
        raise ValidationError(_("This synthesis was already shown: it can no longer be deleted."))
    record_audit(actor=actor, verb="synthesis_deleted", target=synthesis)
    synthesis.delete()
