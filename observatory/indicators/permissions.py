"""Who may publish figures, or take them back."""

from accounts.models import Role
from accounts.permissions import Visitor, has_role, is_member


def can_publish_release(user: Visitor) -> bool:
    """Organisers, analysts and administrators ask for a release; what it holds is not theirs to choose."""
    return is_member(user) and (
        user.is_superuser or has_role(user, Role.ORGANISER, Role.ANALYST, Role.ADMINISTRATOR)
    )


def can_withdraw_release(user: Visitor) -> bool:
    """Administrators and data-protection officers take back a release that should not have been made."""
    return is_member(user) and (user.is_superuser or has_role(user, Role.ADMINISTRATOR, Role.DPO))
