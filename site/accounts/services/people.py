"""People come in: by themselves, or invited with a role."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Membership, Role, User
from accounts.permissions import Visitor, can_manage_memberships, is_member
from accounts.services.memberships import grant_membership
from core.services import record_audit


@transaction.atomic
def register_user(*, actor: Visitor = None, user: User) -> User:
    """Save a new person who signed up by themselves; they sign in by e-mailed code until they set more."""
    user.email = user.email.lower()
    user.language = (get_language() or settings.LANGUAGE_CODE)[:5]
    if not user.password:
        user.set_unusable_password()
    user.save()
    record_audit(actor=user, verb="account_registered", target=user)
    return user


@transaction.atomic
def change_profile(*, actor: Visitor, user: User, display_name: str) -> User:
    """Change the name others see; only one's own."""
    if not is_member(actor) or actor.pk != user.pk:
        raise PermissionDenied
    user.display_name = display_name.strip()
    user.full_clean(exclude=["password"])
    user.save(update_fields=["display_name"])
    record_audit(actor=actor, verb="profile_changed", target=user)
    return user


@transaction.atomic
def invite_user(*, actor: Visitor, email: str, display_name: str = "", **role: Any) -> Membership:
    """Give a role to the person behind `email`, creating their account when there is none.

    `role` holds the arguments of `grant_membership`. The e-mail sent carries no secret: the person signs
    in with a code sent to that same address, which proves that it is theirs.
    """
    if not can_manage_memberships(actor):
        raise PermissionDenied
    user = find_or_open_account(actor=actor, email=email, display_name=display_name)
    membership = grant_membership(actor=actor, user=user, **role)
    transaction.on_commit(lambda: _send_invitation(membership))
    return membership


@transaction.atomic
def find_or_open_account(*, actor: Visitor, email: str, display_name: str = "") -> User:
    """The account of an address, opened without any right when there is none.

    Called by services that have checked that the actor may invite this person; it sends nothing.
    """
    email = _clean_email(email)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, display_name=display_name)
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
        record_audit(actor=actor, verb="user_invited", target=user)
    return user


@transaction.atomic
def invite_first_administrator(*, email: str, display_name: str = "") -> User:
    """Open the first account of a new instance, from the command line; its e-mail carries no secret.

    Raises ValidationError when somebody administers it already: they invite the next ones, with their roles.
    """
    email = _clean_email(email)
    if _administrators().exists():
        raise ValidationError(_("This instance has an administrator, who invites the others."))
    user = User.objects.create_superuser(email, display_name=display_name)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    record_audit(actor=None, verb="user_invited", target=user)
    transaction.on_commit(lambda: _send_first_invitation(user))
    return user


def _administrators() -> QuerySet[User]:
    lasting = Membership.objects.active_on(timezone.localdate()).filter(role=Role.ADMINISTRATOR)
    return User.objects.filter(Q(is_superuser=True) | Q(memberships__in=lasting), is_active=True)


def _send_first_invitation(user: User) -> None:
    context = {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "link": settings.PUBLIC_URL + reverse("account_request_login_code"),
    }
    send_mail(
        _("You administer %(site)s") % {"site": settings.WAGTAIL_SITE_NAME},
        render_to_string("accounts/email/first_administrator.txt", context),
        None,
        [user.email],
    )


def _clean_email(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError(
            {"email": _("Write a complete address, such as prenom.nom@exemple.fr.")}
        ) from error
    return email


def _send_invitation(membership: Membership) -> None:
    context = {
        "membership": membership,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "link": settings.PUBLIC_URL + reverse("account_request_login_code"),
    }
    send_mail(
        _("You have a new role on %(site)s") % {"site": settings.WAGTAIL_SITE_NAME},
        render_to_string("accounts/email/invitation.txt", context),
        None,
        [membership.user.email],
    )
