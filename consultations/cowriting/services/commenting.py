"""What is said of a text: comments on some of its words, answers, and what is settled."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.cowriting.anchoring import quote
from consultations.cowriting.models import Comment, Manuscript, SharedText
from consultations.cowriting.permissions import can
from core.services import record_audit


@transaction.atomic
def comment_text(
    *, actor: User, manuscript: Manuscript, name: str, body: str, quotation: str = ""
) -> Comment:
    """Say something of a text, or of the words quoted from it.

    Raises PermissionDenied, or ValidationError when nothing is said or the words are not in the text any more.
    """
    if not can("comment", actor, manuscript, name):
        raise PermissionDenied(_("Comments are not open on this text."))
    shared = SharedText.objects.get(manuscript=manuscript, name=name)
    words = quotation.replace("\r\n", "\n").strip()
    start = shared.text.find(words) if words else 0
    if start < 0:
        message = _("These words are not in the text. Copy them from it exactly, or leave this empty.")
        raise ValidationError({"quotation": message})
    anchor = quote(shared.text, start, start + len(words))
    comment = Comment(
        shared_text=shared, quotation=anchor.exact, before=anchor.before, after=anchor.after,
        body=body.strip(), author=actor,
    )  # fmt: skip
    if not words:
        comment.before = comment.after = ""
    return _keep(comment, manuscript, actor)


@transaction.atomic
def answer_comment(*, actor: User, comment: Comment, body: str) -> Comment:
    """Answer a comment; an answer to an answer hangs under the same one."""
    shared = comment.shared_text
    if not can("comment", actor, shared.manuscript, shared.name):
        raise PermissionDenied(_("Comments are not open on this text."))
    first = comment.answers or comment
    reply = Comment(shared_text=shared, answers=first, body=body.strip(), author=actor)
    return _keep(reply, shared.manuscript, actor)


@transaction.atomic
def settle_comment(*, actor: User, comment: Comment, settled: bool = True) -> Comment:
    """Say that what a comment asked is done, or open it again: its author or the team."""
    shared = comment.shared_text
    if comment.answers_id is not None:
        raise ValidationError(_("An answer is settled with the comment it answers."))
    if comment.author_id != actor.pk and not can("decide", actor, shared.manuscript, shared.name):
        raise PermissionDenied(_("Only its author or the team settles a comment."))
    comment.resolved_by = actor if settled else None
    comment.resolved_at = timezone.now() if settled else None
    comment.save(update_fields=["resolved_by", "resolved_at"])
    return comment


def _keep(comment: Comment, manuscript: Manuscript, actor: User) -> Comment:
    if not comment.body:
        raise ValidationError({"body": _("Write your comment.")})
    comment.full_clean(exclude=["author"])
    comment.save()
    record_audit(
        actor=actor, verb="text_commented", target=manuscript, changes={"text": comment.shared_text.name}
    )
    return comment
