"""Rights in Wagtail's admin, computed at each request from the roles in force that day.

Nothing is stored: a role that ended yesterday gives nothing today. Rights on pages, images and documents
are rows of Wagtail's own groups, which `sync_wagtail_groups` keeps in step at the door of the admin.
"""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model

from accounts.permissions import can_enter_admin, is_administrator, is_member

ENTER = "wagtailadmin.access_admin"
# People, roles, agreements and the audit log are changed through services only, never through a bare form.
SEALED_APPS = frozenset({"accounts", "auth", "account", "mfa", "sessions", "contenttypes"})
SEALED_MODELS = frozenset({"auditentry", "receipt", "userprofile"})
WRITES = ("add_", "change_", "delete_")


def grants(*, administers: bool, enters_admin: bool, permission: str) -> bool:
    """Whether a role gives a Wagtail permission: the rule itself, without a query."""
    app, _dot, action = permission.partition(".")
    if permission == ENTER:
        return enters_admin
    if not administers or app in SEALED_APPS:
        return False
    return not (action.startswith(WRITES) and action.rpartition("_")[2] in SEALED_MODELS)


class MembershipBackend(BaseBackend):
    """Gives permissions; never signs anyone in."""

    def has_perm(
        self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Model | None = None
    ) -> bool:
        if not is_member(user_obj):
            return False
        return grants(
            administers=is_administrator(user_obj), enters_admin=can_enter_admin(user_obj), permission=perm
        )

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        return is_administrator(user_obj) and app_label not in SEALED_APPS
