"""Letters to members and to those who keep the papers of a council; none carries a secret."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.models import Council, Mandate
from core.qr import public_url


def write_to_member(mandate: Mandate) -> None:
    """How to open the pages of the council, in the person's language."""
    if mandate.user is None:
        return
    with translation.override(mandate.user.language):
        context = {
            "mandate": mandate,
            "council": mandate.council,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "sign_in": public_url(reverse("account_request_login_code")),
            "link": public_url(reverse("councils:members", args=[mandate.council.slug])),
        }
        subject = _("Your mandate: %(council)s") % {"council": mandate.council.name}
        send_mail(subject, render_to_string("councils/email/member.txt", context), None, [mandate.user.email])


def write_about_endings(council: Council, mandates: list[Mandate], readers: list[User]) -> int:
    """Mandates that end soon, to those who must prepare what follows; how many letters left."""
    for reader in readers:
        with translation.override(reader.language):
            context = {
                "council": council,
                "mandates": mandates,
                "link": public_url(reverse("councils:composition", args=[council.pk])),
            }
            subject = _("Mandates that end soon: %(council)s") % {"council": council.name}
            send_mail(subject, render_to_string("councils/email/endings.txt", context), None, [reader.email])
    return len(readers)
