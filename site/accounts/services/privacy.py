"""A person's rights over their data: take it away, or have it erased."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.models import Role, User
from accounts.permissions import Visitor, can_erase_account, can_export_personal_data, forget_memberships
from accounts.privacy import personal_data
from accounts.services.memberships import refuse_last_administrator, sync_wagtail_groups
from core.models import AuditEntry
from core.services import record_audit


@transaction.atomic
def export_personal_data(*, actor: Visitor, user: User) -> dict[str, Any]:
    """Everything held about the person, one entry per source, as JSON values."""
    if not can_export_personal_data(actor, user):
        raise PermissionDenied
    record_audit(actor=actor, verb="personal_data_exported", target=user)
    return {source.name: source.export(user) for source in personal_data}


@transaction.atomic
def erase_account(*, actor: Visitor, user: User) -> User:
    """Close the account and remove what identifies the person, everywhere.

    Roles keep their kind and dates, and the audit log keeps what was done and when, for their stated
    retention, without the name. The caller has made the person sign in again. It cannot be undone.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not can_erase_account(actor, user):
        raise PermissionDenied
    if user.is_superuser or user.memberships.active_on(timezone.localdate()).filter(role=Role.ADMINISTRATOR):
        refuse_last_administrator(user)
    for source in personal_data:
        source.erase(user)
    _pseudonymise(user)
    is_self = isinstance(actor, User) and actor.pk == user.pk
    record_audit(actor=user if is_self else actor, verb="account_erased", target=user)
    return user


def _pseudonymise(user: User) -> None:
    user.email = f"erased-{uuid.uuid4().hex[:12]}@erased.invalid"
    user.display_name = ""
    user.is_active = user.is_superuser = False
    user.last_login = None
    user.erased_at = timezone.now()
    user.set_unusable_password()  # also ends every open session
    user.save()
    user.user_permissions.clear()
    forget_memberships(user)
    sync_wagtail_groups(user)
    AuditEntry.objects.filter(actor=user).update(actor_label=str(user))
    AuditEntry.objects.filter(target_kind=user._meta.label_lower, target_id=str(user.pk)).update(
        target_label=str(user)
    )


def export_account(user: User) -> dict[str, Any]:
    """The account itself: address, name, roles, agreements, ways of signing in (never their secrets)."""
    return {
        "email": user.email,
        "display_name": user.display_name,
        "language": user.language,
        "joined_on": user.joined_at.date().isoformat(),
        "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        "has_password": user.has_usable_password(),
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_factors": [
            {"kind": factor.type, "added_on": factor.created_at.date().isoformat()}
            for factor in Authenticator.objects.filter(user=user).order_by("pk")
        ],
        "roles": [
            {
                "role": membership.role,
                "place": str(membership.place),
                "starts_on": membership.starts_on.isoformat(),
                "ends_on": membership.ends_on.isoformat() if membership.ends_on else None,
            }
            for membership in user.memberships.select_related("territory", "organisation")
        ],
        "agreements": [
            {
                "purpose": consent.purpose,
                "wording": consent.wording,
                "version": consent.wording_version,
                "given_at": consent.given_at.isoformat(),
                "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
            }
            for consent in user.consents.all()
        ],
    }


def erase_account_data(user: User) -> None:
    """Addresses, factors and preferences go; roles end today; agreements are withdrawn."""
    now = timezone.now()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    UserProfile.objects.filter(user=user).delete()
    user.consents.in_force().update(withdrawn_at=now)
    for membership in user.memberships.active_on(timezone.localdate()).select_for_update(of=("self",)):
        membership.withdrawn_at = now
        membership.ends_on = max(membership.starts_on, timezone.localdate())
        membership.save(update_fields=["withdrawn_at", "ends_on"])
    user.memberships.filter(starts_on__gt=timezone.localdate()).update(withdrawn_at=now)


def export_actions(user: User) -> list[dict[str, str]]:
    """What the person did as a member of staff, as the audit log keeps it."""
    entries = AuditEntry.objects.filter(actor=user)
    return [
        {"at": entry.at.isoformat(), "verb": entry.verb, "object": f"{entry.target_kind} {entry.target_id}"}
        for entry in entries
    ]


def keep_actions(user: User) -> None:
    """The audit log is kept by law; its names are replaced when the account is pseudonymised."""
