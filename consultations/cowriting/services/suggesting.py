"""Other wordings that readers propose, and what the team answers."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.cowriting.merging import Clash, merge
from consultations.cowriting.models import Manuscript, SharedText, Suggestion
from consultations.cowriting.permissions import can
from consultations.cowriting.registries import manuscript_kinds
from consultations.cowriting.services.telling import tell_author
from consultations.cowriting.services.writing import open_manuscript_room, rewrite
from consultations.live.models import Room
from core.services import record_audit


class Clashing(ValidationError):
    """The text changed in the same place since the suggestion was made: someone has to choose the words."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__(
            _("The text has changed in the same place since. Choose the words yourself, below."), code="clash"
        )
        self.clashes = clashes


@transaction.atomic
def suggest(*, actor: User, manuscript: Manuscript, name: str, proposed: str, why: str) -> Suggestion:
    """Propose another wording of one text. Raises PermissionDenied, or ValidationError when nothing changes."""
    if not can("suggest", actor, manuscript, name):
        raise PermissionDenied(_("Suggestions are not open on this text."))
    shared = SharedText.objects.get(manuscript=manuscript, name=name)
    words = proposed.replace("\r\n", "\n").replace("\r", "\n")
    limits = manuscript_kinds[manuscript.kind].field(name)
    if words == shared.text:
        raise ValidationError({"proposed": _("Change something in the text: it is the same as now.")})
    if limits is not None and len(words) > limits.most:
        message = _("This is too long: %(most)s characters at most.") % {"most": limits.most}
        raise ValidationError({"proposed": message})
    suggestion = Suggestion(shared_text=shared, before=shared.text, proposed=words, why=why, author=actor)
    suggestion.full_clean(exclude=["author"])
    suggestion.save()
    record_audit(actor=actor, verb="wording_suggested", target=manuscript, changes={"text": name})
    return suggestion


@transaction.atomic
def accept_suggestion(
    *, actor: User, suggestion: Suggestion, answer: str = "", text: str | None = None
) -> Suggestion:
    """Bring the suggestion into the text as it is now; the author is told.

    `text` is the wording chosen by hand where both changed the same place: without it, Clashing is raised.
    """
    locked, shared = _to_decide(actor, suggestion)
    manuscript = shared.manuscript
    if not can("write", actor, manuscript, shared.name):
        raise PermissionDenied(_("You may not write in this text now."))
    room = Room.objects.select_for_update().get(
        pk=open_manuscript_room(manuscript=manuscript, actor=actor).pk
    )
    shared.refresh_from_db()
    if text is None:
        merged = merge(before=locked.before, theirs=shared.text, mine=locked.proposed)
        if merged.clashes:
            raise Clashing(merged.clashes)
        text = merged.text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text != shared.text:
        rewrite(actor=locked.author or actor, room=room, shared=shared, text=text)
    return _answer(locked, Suggestion.State.ACCEPTED, actor, answer)


@transaction.atomic
def refuse_suggestion(*, actor: User, suggestion: Suggestion, answer: str) -> Suggestion:
    """Leave the text as it is, with a reason the author receives."""
    locked, _shared = _to_decide(actor, suggestion)
    if not answer.strip():
        raise ValidationError({"answer": _("Say why, in a sentence: the author will read it.")})
    return _answer(locked, Suggestion.State.REFUSED, actor, answer)


@transaction.atomic
def withdraw_suggestion(*, actor: User, suggestion: Suggestion) -> Suggestion:
    """The author thinks better of it, before it is answered."""
    locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if locked.author_id != actor.pk:
        raise PermissionDenied(_("Only its author withdraws a suggestion."))
    if locked.state != Suggestion.State.PROPOSED:
        raise ValidationError(_("This suggestion was already answered."))
    locked.state = Suggestion.State.WITHDRAWN
    locked.save(update_fields=["state"])
    return locked


def _to_decide(actor: User, suggestion: Suggestion) -> tuple[Suggestion, SharedText]:
    locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    shared = SharedText.objects.select_related("manuscript").get(pk=locked.shared_text_id)
    if not can("decide", actor, shared.manuscript, shared.name):
        raise PermissionDenied(_("You may not answer suggestions on this text."))
    if locked.state != Suggestion.State.PROPOSED:
        raise ValidationError(_("This suggestion was already answered."))
    return locked, shared


def _answer(suggestion: Suggestion, state: Suggestion.State, actor: User, answer: str) -> Suggestion:
    suggestion.state, suggestion.answer = state, answer.strip()
    suggestion.answered_by, suggestion.answered_on = actor, timezone.localdate()
    suggestion.full_clean(exclude=["author", "answered_by", "before", "proposed"])
    suggestion.save()
    changes = {"text": suggestion.shared_text.name, "state": str(state)}
    record_audit(
        actor=actor, verb="suggestion_answered", target=suggestion.shared_text.manuscript, changes=changes
    )
    tell_author(suggestion=suggestion)
    return suggestion
