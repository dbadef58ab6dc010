"""Telling the author of a suggestion what became of it."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from consultations.cowriting.models import Suggestion
from consultations.cowriting.registries import manuscript_kinds
from core.qr import public_url


def tell_author(*, suggestion: Suggestion) -> None:
    """Write to the author once the answer is committed; to nobody when the account is gone or has no address."""
    author = suggestion.author
    if author is not None and author.is_active and author.email and author.pk != suggestion.answered_by_id:
        transaction.on_commit(lambda: send_answer.enqueue(str(suggestion.pk)))


@task()
def send_answer(suggestion_id: str) -> None:
    """One letter about one suggestion, if its author still has an account."""
    rows = Suggestion.objects.select_related("author", "shared_text__manuscript")
    suggestion = rows.filter(pk=suggestion_id, author__is_active=True).first()
    if suggestion is None or suggestion.author is None:
        return
    manuscript = suggestion.shared_text.manuscript
    kind = manuscript_kinds[manuscript.kind]
    with translation.override(settings.LANGUAGE_CODE):
        title = kind.title(manuscript.key)
        context = {
            "suggestion": suggestion,
            "title": title,
            "is_accepted": suggestion.state == Suggestion.State.ACCEPTED,
            "page": public_url(kind.url(manuscript.key)),
        }
        body = render_to_string("cowriting/email/answer.txt", context)
        send_mail(_("Your suggestion: %(title)s") % {"title": title}, body, None, [suggestion.author.email])
