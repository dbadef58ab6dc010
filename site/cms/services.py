"""Writes of the site: messages to its contact, and who may edit its pages."""

import hashlib
import hmac
import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
HOUR, MOST_PER_HOUR, MOST_PER_BUCKET, BUCKETS = 3600, 200, 20, 4096


def send_contact_message(
    *, recipient: str, sender_name: str, sender_email: str, message: str, origin: str
) -> None:
    """Send the message to the site's contact, answerable to its author; nothing is kept here.

    `origin` only chooses one of 4,096 counters shared by many addresses, and is forgotten within the hour.
    Raises ValidationError when too many messages came, or when the mail server refuses.
    """
    if _is_too_much(origin):
        raise ValidationError(
            _("Many messages came in the last hour. Try again later, or call us."), "throttled"
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


def _is_too_much(origin: str) -> bool:
    hour = timezone.now().strftime("%Y%m%d%H")
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{hour} {origin}".encode(), hashlib.sha256).digest()
    bucket = int.from_bytes(digest[:4], "big") % BUCKETS
    return _count(f"contact:{hour}") > MOST_PER_HOUR or _count(f"contact:{hour}:{bucket}") > MOST_PER_BUCKET


def _count(key: str) -> int:
    cache.add(key, 0, HOUR)
    return cache.incr(key)


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
