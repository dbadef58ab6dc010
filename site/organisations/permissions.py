"""Who may write organisations. Denied unless said otherwise."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin


def can_edit_organisations(user: AbstractBaseUser | AnonymousUser | None) -> bool:
    """People whose group may change organisations in the admin."""
    return (
        isinstance(user, PermissionsMixin)
        and bool(user.is_active)
        and user.has_perm("organisations.change_organisation")
    )
