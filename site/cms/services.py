"""Writes of the site: messages to its contact, and who may edit its pages."""

import logging
from smtplib import SMTPException

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from core.throttle import count_hit

logger = logging.getLogger(__name__)
MOST_PER_MINUTE = 20


def send_contact_message(*, recipient: str, sender_name: str, sender_email: str, message: str) -> None:
    """Send the message to the site's contact, answerable to its author; nothing is kept here.

    Raises ValidationError when too many messages came this minute, from anyone, or when the mail server refuses.
    """
    if count_hit("contact") > MOST_PER_MINUTE:
        raise ValidationError(
            _("Many messages are coming in. Try again in a minute, or call us."), "throttled"
        )
    email = EmailMessage(
        subject=_("Message from the contact page"),
        body=f"{message}\n\n-- \n{sender_name}\n{sender_email}",
        to=[recipient],
        reply_to=[sender_email],
    )
    try:
        email.send()
    except (SMTPException, OSError):
        logger.exception("The contact message could not be sent")
        raise ValidationError(
            _("The message could not be sent. It is still below: try again, or call us.")
        ) from None


PUBLISHER_PERMISSIONS = (
    ("cms", "menu", ("add", "change", "delete", "view")),
    ("cms", "siteidentity", ("change",)),
    ("wagtailredirects", "redirect", ("add", "change", "delete", "view")),
)


@transaction.atomic
def grant_page_roles() -> None:
    """What Wagtail's own groups may do besides pages: publishers keep menus, settings and redirects.

    Editors write and submit; publishers ("Moderators") also publish. Idempotent.
    """
    publishers, _created = Group.objects.get_or_create(name="Moderators")
    for app_label, model, verbs in PUBLISHER_PERMISSIONS:
        codenames = [f"{verb}_{model}" for verb in verbs]
        publishers.permissions.add(
            *Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames)
        )
    editing = Group.objects.filter(name__in=["Editors", "Moderators"])
    translating = Permission.objects.filter(codename="submit_translation")
    for group in editing:
        group.permissions.add(*translating)
