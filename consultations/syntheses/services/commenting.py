"""What participants say of a draft, read before it is shown, and answered."""

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.syntheses.models import Synthesis, SynthesisComment, SynthesisLine
from consultations.syntheses.participants import Commenter
from consultations.syntheses.services.writing import check
from consultations.syntheses.states import LIFE
from core.services import record_audit
from core.throttle import count_hit, is_over

COMMENTS_PER_MINUTE, MAX_COMMENTS = 120, 2_000


@transaction.atomic
def give_comment(
    *,
    by: Commenter,
    synthesis: Synthesis,
    text: str,
    client_uuid: uuid.UUID,
    line: SynthesisLine | None = None,
) -> SynthesisComment:
    """Keep a comment until it is read; sent twice, it is kept once. Only those who took part, in its days."""
    known = SynthesisComment.objects.filter(client_uuid=client_uuid).first()
    if known is not None:
        return known
    if not LIFE.can("comment", by.actor, synthesis):
        raise PermissionDenied(
            _("Only those who took part may comment, while the synthesis is open to comments.")
        )
    if not synthesis.takes_comments_on(timezone.localdate()):
        raise ValidationError(_("The days to comment are over."))
    version = synthesis.versions.order_by("-number").first()
    if (
        version is None
        or version.comments.count() >= MAX_COMMENTS
        or is_over("syntheses.comments", COMMENTS_PER_MINUTE)
    ):
        raise ValidationError(_("Too many comments are arriving: try again in a minute."))
    count_hit("syntheses.comments")
    comment = SynthesisComment(
        version=version,
        line=line if line and line.synthesis_id == synthesis.pk else None,
        text=text.strip(),
        college=by.college,
        author=by.user,
        client_uuid=client_uuid,
    )
    comment.quote = comment.line.text if comment.line else ""
    comment.full_clean()
    comment.save()
    return comment


@transaction.atomic
def moderate_comment(
    *, actor: User, comment: SynthesisComment, is_shown: bool, reason: str = ""
) -> SynthesisComment:
    """Show a comment, or not, with a reason its author would understand."""
    synthesis = comment.version.synthesis
    check("moderate", actor=actor, synthesis=synthesis)
    if not is_shown and not reason.strip():
        raise ValidationError({"reason": _("Write why it is not shown.")})
    comment.status = SynthesisComment.Status.SHOWN if is_shown else SynthesisComment.Status.HIDDEN
    comment.reason = "" if is_shown else reason.strip()
    comment.full_clean()
    comment.save(update_fields=["status", "reason"])
    record_audit(
        actor=actor,
        verb="comment_moderated",
        target=synthesis,
        changes={"comment": str(comment.pk), "status": comment.status},
    )
    return comment


@transaction.atomic
def answer_comment(*, actor: User, comment: SynthesisComment, answer: str) -> SynthesisComment:
    """Say what was done with a comment."""
    synthesis = comment.version.synthesis
    check("moderate", actor=actor, synthesis=synthesis)
    comment.answer = answer.strip()
    comment.full_clean()
    comment.save(update_fields=["answer"])
    record_audit(actor=actor, verb="comment_answered", target=synthesis, changes={"comment": str(comment.pk)})
    return comment
